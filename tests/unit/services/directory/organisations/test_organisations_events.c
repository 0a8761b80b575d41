/* What the directory's events do to its rows. (Every fixture_close() also replays the log.) */
#include "tests/unit/services/directory/fixture.h"

static void test_a_change_moves_the_index_rows(void **state)
{
        struct fixture *f = *state;
        Directory__Organisation *o = structure(f, "13002526500013", KIND(ACI));
        (void)put(f, o);
        o->territory = arena_text(&f->arena, "09");
        (void)put(f, o);
        assert_int_equal(list(f, "", "31", KIND(ORGANISATION_KIND_UNKNOWN))->n_organisations, 0);
        assert_int_equal(list(f, "", "09", KIND(ACI))->n_organisations, 1);
        assert_int_equal(list(f, "", "", KIND(ACI))->n_organisations, 1);
        assert_int_equal(list(f, "13002526500013", "", KIND(ACI))->n_organisations, 1);
        assert_int_equal(counts(f, "31")->n_counts, 0);
        assert_int_equal(counts(f, "09")->counts[0]->open, 1);
}

static void test_closed_stays_closed(void **state)
{
        struct fixture *f = *state;
        Directory__Organisation *o = structure(f, "13002526500013", KIND(ACI));
        const Directory__PutOrganisationReply *reply = put(f, o);
        close_organisation(f, reply->organisation_id);
        o->city = arena_text(&f->arena, "Foix");
        assert_int_equal(put(f, o)->outcome, DIRECTORY__PUT_OUTCOME__CHANGED);

        const Directory__OrganisationView *row = list(f, "", "31", KIND(ACI))->organisations[0];
        assert_true(row->closed);
        assert_int_equal(row->closed_on->days, day_number(day_of_civil((struct civil){2026, 9, 30})));
        assert_string_equal(row->organisation->city, "Foix");
        assert_int_equal(counts(f, "31")->counts[0]->open, 0);
        assert_int_equal(counts(f, "31")->counts[0]->closed, 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_change_moves_the_index_rows, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_closed_stays_closed, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
