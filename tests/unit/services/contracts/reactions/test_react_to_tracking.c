/* Tracking tells more than concerns the ledger: all of it is taken in, little of it leads to anything. */
#include "tests/unit/services/contracts/fixture.h"

static void test_passed_over(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        uint64_t position = engine_position(f->engine);

        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__HoursSubmitted submitted = TRACKING__HOURS_SUBMITTED__INIT;
        submitted.hours = whole_hours(f, 100);
        event.body_case = TRACKING__EVENT__BODY_HOURS_SUBMITTED;
        event.hours_submitted = &submitted;
        assert_int_equal(engine_feed(f->engine, "tracking-1", 1, &event.base), 0);

        Tracking__PlacementEnded ended = TRACKING__PLACEMENT_ENDED__INIT;
        ended.obligation_id = obligation;
        event.body_case = TRACKING__EVENT__BODY_PLACEMENT_ENDED;
        event.placement_ended = &ended;
        assert_int_equal(engine_feed(f->engine, "tracking-1", 2, &event.base), 0);

        Tracking__Event from_the_future = TRACKING__EVENT__INIT; /* a body that this version does not know */
        assert_int_equal(engine_feed(f->engine, "tracking-1", 3, &from_the_future.base), ERR_NOT_FOUND);

        assert_int_equal(engine_position(f->engine), position);
        assert_int_equal(engine_source_position(f->engine, "tracking-1"), 2);
        assert_int_equal(see_obligation(f, obligation)->n_entries, 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_passed_over, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
