/* What can be said, what a lot takes from all lots, and what is missing. */
#include "tests/unit/services/contracts/drafting/drafting_fixture.h"

#include "services/contracts/drafting/items.h"

static struct arena arena;

static int load(void **state)
{
        (void)state;
        arena_init(&arena);
        return 0;
}

static int unload(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

static void accepted(const Contracts__DraftItems *items)
{
        struct refusal refusal;
        if (!draft_items_check(items, &refusal))
                fail_msg("%s: %s", refusal.field, refusal.text);
}

static void refused(const Contracts__DraftItems *items, const char *field)
{
        struct refusal refusal;
        assert_false(draft_items_check(items, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal.field, field);
}

static void test_what_can_be_said(void **state)
{
        Contracts__DraftItems *items = complete_items(&arena);
        (void)state;
        accepted(items);
        accepted(pb_new(&contracts__draft_items__descriptor, &arena)); /* nothing yet is no fault */
        items->facilitator->mail = arena_text(&arena, "camille@example.org");
        items->penalty_per_hour = money_to(&arena, money_of_cents(1));
        items->penalty_per_day = money_to(&arena, money_of_cents(1000000));
        accepted(items);
}

static void test_what_cannot(void **state)
{
        (void)state;
        refused(NULL, "items");
        Contracts__DraftItems *items = complete_items(&arena);
        add_public(items, "B_RSA", &arena);
        refused(items, "items.publics"); /* twice */
        items = complete_items(&arena);
        items->penalty_per_hour = money_to(&arena, money_of_cents(0));
        refused(items, "items.penaltyPerHour");
        items->penalty_per_hour->cents = 1000001;
        refused(items, "items.penaltyPerHour");
        items = complete_items(&arena);
        items->reservation = CONTRACTS__DRAFT_RESERVATION__TO_PRISON;
        refused(items, "items.reservation");
        items->lever = CONTRACTS__DRAFT_LEVER__RESERVED_LEVER;
        accepted(items);
        Types__Modality unknown[] = {TYPES__MODALITY__MODALITY_UNKNOWN};
        items->modalities = unknown;
        items->n_modalities = 1;
        refused(items, "items.modalities");
}

static void test_weights(void **state)
{
        Contracts__DraftItems *items = complete_items(&arena);
        (void)state;
        items->criterion_weight = share_to(&arena, share_of_millionths(0));
        refused(items, "items.criterionWeight");
        items->criterion_weight->millionths = 100000;
        accepted(items);
        (void)add_subcriterion(items, "Tutorat", 60000, &arena);
        refused(items, "items.subcriteria"); /* 6 % of 10 % */
        Contracts__DraftSubcriterion *one = add_subcriterion(items, "Formation", 40000, &arena);
        accepted(items);
        one->label = arena_text(&arena, " ");
        refused(items, "items.subcriteria");
        one->label = arena_text(&arena, "Formation");
        items->criterion_weight = NULL;
        refused(items, "items.subcriteria");
}

static void test_a_lot_and_all_lots(void **state)
{
        Contracts__DraftItems *all = complete_items(&arena);
        Contracts__DraftItems *lot = pb_new(&contracts__draft_items__descriptor, &arena);
        (void)state;
        lot->perimeter = arena_text(&arena, "le lot 2 seulement");
        lot->lever = CONTRACTS__DRAFT_LEVER__BOTH_LEVERS;
        lot->criterion_weight = share_to(&arena, share_of_millionths(100000));
        const Contracts__DraftItems *both = draft_items_merge(lot, all, &arena);
        assert_string_equal(both->perimeter, "le lot 2 seulement");
        assert_string_equal(both->facilitator->name, "Camille Exemple");
        assert_int_equal(both->n_publics, 2);
        assert_int_equal(both->lever, CONTRACTS__DRAFT_LEVER__BOTH_LEVERS);
        assert_int_equal(both->criterion_weight->millionths, 100000);
        assert_string_equal(draft_items_merge(NULL, all, &arena)->perimeter, all->perimeter);
        assert_string_equal(draft_items_merge(NULL, NULL, &arena)->perimeter, "");
        all->lever = CONTRACTS__DRAFT_LEVER__RESERVED_LEVER;
        all->reservation = CONTRACTS__DRAFT_RESERVATION__TO_PRISON;
        both = draft_items_merge(lot, all, &arena);
        assert_int_equal(both->reservation, CONTRACTS__DRAFT_RESERVATION__DRAFT_RESERVATION_UNKNOWN);
}

static void test_what_is_missing(void **state)
{
        Contracts__DraftItems *items = complete_items(&arena);
        struct refusal refusal;
        (void)state;
        struct missing missing = draft_missing(items, true, &arena);
        assert_int_equal(missing.count, 0);
        assert_true(draft_is_complete(&missing, &arena, &refusal));
        assert_string_equal(draft_missing(items, false, &arena).texts[0], "volume d'heures de ce lot (PutClause)");
        items->facilitator->phone = arena_text(&arena, ""); /* a name alone cannot be called */
        assert_int_equal(draft_missing(items, true, &arena).count, 1);
        items->facilitator->mail = arena_text(&arena, "camille@example.org");
        assert_int_equal(draft_missing(items, true, &arena).count, 0);
        items->lever = CONTRACTS__DRAFT_LEVER__CRITERION_LEVER;
        assert_non_null(strstr(draft_missing(items, true, &arena).texts[0], "criterionWeight"));
        items->lever = CONTRACTS__DRAFT_LEVER__RESERVED_LEVER;
        assert_non_null(strstr(draft_missing(items, true, &arena).texts[0], "reservation"));
}

/* All at once, to the end: nobody is sent back five times. */
static void test_all_that_is_missing_is_named(void **state)
{
        static const char *const named[] = {"perimeter", "facilitator",     "(publics)",
                                            "PutClause", "criterionWeight", "le reste de PutDraftItems."};
        Contracts__DraftItems *items = pb_new(&contracts__draft_items__descriptor, &arena);
        struct refusal refusal;
        (void)state;
        items->lever = CONTRACTS__DRAFT_LEVER__BOTH_LEVERS;
        struct missing missing = draft_missing(items, false, &arena);
        assert_int_equal(missing.count, 5);
        assert_false(draft_is_complete(&missing, &arena, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__WRONG_STATE);
        for (size_t i = 0; i < ARRAY_SIZE(named); i++)
                if (strstr(refusal.text, named[i]) == NULL)
                        fail_msg("« %s » does not name « %s »", refusal.text, named[i]);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_what_can_be_said), cmocka_unit_test(test_what_cannot),
                cmocka_unit_test(test_weights),          cmocka_unit_test(test_a_lot_and_all_lots),
                cmocka_unit_test(test_what_is_missing),  cmocka_unit_test(test_all_that_is_missing_is_named),
        };
        return cmocka_run_group_tests(tests, load, unload);
}
