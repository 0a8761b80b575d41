/* What a company may look for, without a store. Today is 18 October 2026. */
#include "tests/unit/services/contracts/fixture.h"

#include "services/contracts/needs/need.h"

static const struct civil now = {2026, 10, 18};

static void refused(const Contracts__DeclareNeed *command, const char *field)
{
        char territory[TERRITORY_TEXT_SIZE] = "-";
        struct refusal refusal;
        assert_false(need_check(command, day_of_civil(now), territory, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal.field, field);
        assert_string_equal(territory, "-");
}

static void accepted(const Contracts__DeclareNeed *command, const char *expected)
{
        char territory[TERRITORY_TEXT_SIZE];
        struct refusal refusal;
        assert_true(need_check(command, day_of_civil(now), territory, &refusal));
        assert_string_equal(territory, expected);
}

static void test_start(void **state)
{
        struct fixture f = {0};
        (void)state;
        Contracts__DeclareNeed *command = need_for(&f, NULL);
        command->starts_on = a_day(&f, 2026, 9, 16); /* 32 days ago */
        refused(command, "startsOn");
        command->starts_on = a_day(&f, 2026, 9, 17);
        accepted(command, "31");
        command->starts_on = a_day(&f, 2028, 10, 18);
        accepted(command, "31");
        command->starts_on = a_day(&f, 2028, 10, 19);
        refused(command, "startsOn");
        arena_fini(&f.arena);
}

static void test_commune(void **state)
{
        struct fixture f = {0};
        (void)state;
        Contracts__DeclareNeed *command = need_for(&f, NULL);
        command->commune = arena_text(&f.arena, "2A004");
        accepted(command, "2A");
        command->commune = arena_text(&f.arena, "97411");
        accepted(command, "974");
        arena_fini(&f.arena);
}

static void test_end(void **state)
{
        struct fixture f = {0};
        (void)state;
        Contracts__DeclareNeed *command = need_for(&f, NULL);
        command->ends_on = a_day(&f, 2026, 11, 1);
        refused(command, "endsOn");
        command->ends_on = a_day(&f, 2036, 11, 3);
        refused(command, "endsOn");
        command->ends_on = a_day(&f, 2026, 11, 2); /* a day's work */
        accepted(command, "31");
        arena_fini(&f.arena);
}

static void test_partner(void **state)
{
        struct fixture f = {0};
        (void)state;
        Contracts__DeclareNeed *command = need_for(&f, NULL);
        command->partner = pb_new(&contracts__need_partner__descriptor, &f.arena);
        accepted(command, "31"); /* not told */
        command->partner->choice = CONTRACTS__PARTNER_CHOICE__PARTNER_CHOSEN;
        command->partner->name = arena_text(&f.arena, "ETTI du Lauragais");
        refused(command, "partner"); /* a direct hire has none */
        command->modality = TYPES__MODALITY__STAFF_PROVIDED;
        accepted(command, "31");
        command->partner->siret = arena_text(&f.arena, "38012986646850");
        accepted(command, "31");
        command->partner->name = arena_text(&f.arena, "");
        refused(command, "partner.name");
        command->partner->choice = CONTRACTS__PARTNER_CHOICE__PARTNER_WANTED;
        accepted(command, "31");
        arena_fini(&f.arena);
}

/* Fiche D1, I.2.a: the three ways, and whether the company has a partner. */
static void test_who_does_what_now(void **state)
{
        struct fixture f = {0};
        (void)state;
        Contracts__DeclareNeed *command = need_for(&f, NULL);
        assert_non_null(strstr(need_next_step(command, &f.arena), "propose des personnes éligibles"));
        command->modality = TYPES__MODALITY__STAFF_PROVIDED;
        assert_non_null(strstr(need_next_step(command, &f.arena), "Dites si vous avez déjà"));
        command->partner = pb_new(&contracts__need_partner__descriptor, &f.arena);
        command->partner->choice = CONTRACTS__PARTNER_CHOICE__PARTNER_WANTED;
        assert_non_null(strstr(need_next_step(command, &f.arena), "à titre indicatif"));
        command->partner->choice = CONTRACTS__PARTNER_CHOICE__PARTNER_CHOSEN;
        command->partner->name = arena_text(&f.arena, "ETTI du Lauragais");
        const char *step = need_next_step(command, &f.arena);
        assert_non_null(strstr(step, "Votre choix est respecté"));
        assert_non_null(strstr(step, "ETTI du Lauragais"));
        command->modality = TYPES__MODALITY__SUBCONTRACTING;
        assert_non_null(strstr(need_next_step(command, &f.arena), "converties en heures"));
        arena_fini(&f.arena);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_start),   cmocka_unit_test(test_commune),           cmocka_unit_test(test_end),
                cmocka_unit_test(test_partner), cmocka_unit_test(test_who_does_what_now),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
