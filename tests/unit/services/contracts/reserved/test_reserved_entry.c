/* A reserved lot: what it must say, its place among the others, and what the store adds to its check. */
#include "tests/unit/services/contracts/reserved/reserved_fixture.h"

#include "services/contracts/reserved/reserved_entry.h"

static void assert_no(Contracts__ReservedEntry *entry, const char *field)
{
        struct refusal refusal = {0};
        assert_false(reserved_entry_check(entry, "entry.", &refusal));
        assert_string_equal(refusal.field, field);
}

static void test_what_it_must_say(void **state)
{
        struct fixture *f = *state;
        struct refusal refusal;
        Contracts__ReservedEntry *entry = an_entry(f, NULL, IN_GROUND(IAE))->entry;
        assert_true(reserved_entry_check(entry, "entry.", &refusal));
        add_ground(f, &entry->grounds, &entry->n_grounds, IN_GROUND(IAE)); /* twice the same */
        assert_no(entry, "entry.grounds");
        entry = an_entry(f, NULL, CONTRACTS__RESERVATION_GROUND__RESERVATION_GROUND_UNKNOWN)->entry;
        assert_no(entry, "entry.ground");
        entry = an_entry(f, NULL, IN_GROUND(IAE))->entry;
        entry->follows_persons = true;
        entry->involvement = CONTRACTS__INVOLVEMENT__SOURCING;
        assert_no(entry, "entry.followsPersons");
        entry->involvement = CONTRACTS__INVOLVEMENT__SOURCING_AND_FOLLOW_UP;
        assert_true(reserved_entry_check(entry, "entry.", &refusal));
}

static Contracts__ReservedState *with(struct fixture *f, const Contracts__ReservedState *old, uint32_t lot)
{
        Contracts__ReservedEntry *entry = an_entry(f, NULL, IN_GROUND(IAE))->entry;
        entry->lot = lot;
        return reserved_state_with(old, lot, entry, &f->arena);
}

static void test_the_lots_stay_in_order(void **state)
{
        struct fixture *f = *state;
        Contracts__ReservedState *lots = with(f, with(f, with(f, NULL, 3), 1), 2);
        assert_int_equal(lots->n_entries, 3);
        for (uint32_t i = 0; i < 3; i++)
                assert_int_equal(lots->entries[i]->lot, i + 1);
        assert_int_equal(with(f, lots, 2)->n_entries, 3); /* put anew */
        lots = reserved_state_with(lots, 2, NULL, &f->arena);
        assert_int_equal(lots->n_entries, 2);
        assert_int_equal(lots->entries[1]->lot, 3);
}

/* The same holder won another contract of this buyer on the ground of the social economy: the store knows. */
static void test_an_earlier_award(void **state)
{
        struct fixture *f = *state;
        Contracts__EnterReserved *command = five_fields(f);
        command->ground = IN_GROUND(ESS);
        command->notified_on = a_day(f, 2024, 5, 2);
        (void)enter(f, facilitator(f), command);
        command->object = arena_text(&f->arena, "Crèche associative");
        command->notified_on = a_day(f, 2026, 9, 1);
        const Contracts__ReservationCheckReply *check = enter(f, facilitator(f), command)->check;
        assert_int_equal(check->verdict, CONTRACTS__RESERVATION_VERDICT__RESERVATION_INVALID);
        assert_non_null(strstr(check->text, "2 mai 2024"));
        command->object = arena_text(&f->arena, "Aide à domicile");
        command->holder_siret = arena_text(&f->arena, "35600000000048"); /* somebody else */
        assert_int_equal(enter(f, facilitator(f), command)->check->verdict,
                         CONTRACTS__RESERVATION_VERDICT__RESERVATION_TO_CHECK);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_what_it_must_say, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_lots_stay_in_order, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_an_earlier_award, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
