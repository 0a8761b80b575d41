#include "tests/unit/services/reporting/fixture.h"

static uint32_t organisations(struct fixture *f)
{
        return consolidation(f, 0, "")->organisations;
}

static void test_organisations_count_once(void **state)
{
        struct fixture *f = *state;
        tell_organisation(f, 1, BUYER_SIRET);
        tell_organisation(f, 2, "");
        tell_organisation(f, 1, "13002526500013"); /* put again: it changed */
        assert_int_equal(organisations(f), 2);
}

/* As the directory keeps it: last year's file, imported again, must not reopen it. */
static void test_a_closed_organisation_stays_closed(void **state)
{
        struct fixture *f = *state;
        tell_organisation(f, 1, BUYER_SIRET);
        tell_organisation(f, 2, "");
        tell_closed(f, 1);
        assert_int_equal(organisations(f), 1);
        tell_organisation(f, 1, BUYER_SIRET);
        assert_int_equal(organisations(f), 1);
}

static void test_one_that_was_taken_back_counts_no_more(void **state)
{
        struct fixture *f = *state;
        tell_organisation(f, 1, BUYER_SIRET);
        tell_taken_back(f, 1);
        assert_int_equal(organisations(f), 0);
        tell_organisation(f, 1, BUYER_SIRET); /* the right list, later */
        assert_int_equal(organisations(f), 1);
}

static void test_an_event_of_a_later_version_changes_nothing(void **state)
{
        struct fixture *f = *state;
        Directory__Event later = DIRECTORY__EVENT__INIT;
        tell_unknown(f, "directory-1", &later);
        assert_int_equal(organisations(f), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_organisations_count_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_closed_organisation_stays_closed, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_one_that_was_taken_back_counts_no_more, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_an_event_of_a_later_version_changes_nothing, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
