/* Hours validated by tracking: DUE -> DONE, each figure counted once. */
#include "tests/unit/services/contracts/fixture.h"

static void test_counted_once(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        hours_validated(f, 1, obligation, 1, 15167);
        hours_validated(f, 2, obligation, 2, 10000); /* another placement */
        const Contracts__ObligationView *view = see_obligation(f, obligation);
        assert_int_equal(view->done->hundredths, 25167);
        assert_int_equal(view->remaining->hundredths, 83300 - 25167);
        assert_int_equal(view->n_entries, 3);
        assert_string_equal(view->entries[1]->cause, "Heures validées");
        assert_non_null(view->entries[1]->month);

        uint64_t position = engine_position(f->engine);
        hours_validated(f, 3, obligation, 1, 15167); /* the same figure validated anew: nothing to post */
        assert_int_equal(engine_position(f->engine), position);
}

static void test_validated_anew(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        hours_validated(f, 1, obligation, 1, 15167);
        hours_validated(f, 2, obligation, 1, 14000);
        hours_validated(f, 3, obligation, 1, 14550);
        hours_validated(f, 4, obligation, 1, 0);
        hours_validated(f, 5, obligation, 1, 700);
        const Contracts__ObligationView *view = see_obligation(f, obligation);
        static const int64_t posted[] = {83300, 15167, -1167, 550, -14550, 700};
        assert_int_equal(view->n_entries, ARRAY_SIZE(posted));
        for (size_t i = 0; i < ARRAY_SIZE(posted); i++)
                assert_int_equal(view->entries[i]->hours->hundredths, posted[i]);
        assert_int_equal(view->done->hundredths, 700);
        assert_int_equal(ledger_sum(f, obligation), 0);
}

static void test_more_than_was_owed(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        hours_validated(f, 1, obligation, 1, 90000);
        assert_int_equal(see_obligation(f, obligation)->remaining->hundredths, 83300 - 90000);
}

static void test_without_a_month(void **state)
{
        struct fixture *f = *state;
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__HoursValidated validated = TRACKING__HOURS_VALIDATED__INIT;
        validated.obligation_id = an_obligation(f);
        validated.hours = whole_hours(f, 10);
        event.body_case = TRACKING__EVENT__BODY_HOURS_VALIDATED;
        event.hours_validated = &validated;
        uint64_t position = engine_position(f->engine);
        assert_int_equal(engine_feed(f->engine, "tracking-1", 1, &event.base), 0);
        assert_int_equal(engine_position(f->engine), position);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_counted_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_validated_anew, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_more_than_was_owed, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_without_a_month, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
