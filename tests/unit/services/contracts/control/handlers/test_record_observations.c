/* RecordObservations: what the company answers, in time or not, before the decision. */
#include "tests/unit/services/contracts/control/steps.h"

static void test_in_time_and_late(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, SLOW, NULL);
        (void)fixture_refused(f, contractor(f), "RecordObservations", observations_on(f, case_id),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        to_notice(f, case_id);
        days_pass(f, 15); /* the last day */
        const Contracts__RecordObservationsReply *reply =
                fixture_get(f, contractor(f), "RecordObservations", observations_on(f, case_id));
        assert_true(reply->in_time);
        days_pass(f, 1);
        reply = fixture_get(f, facilitator(f), "RecordObservations", observations_on(f, case_id));
        assert_false(reply->in_time);
        assert_int_equal(see_case(f, case_id)->n_observations, 2);
        assert_string_equal(see_case(f, case_id)->observations[0]->text,
                            "Le chantier a été arrêté par les intempéries.");
}

static void test_there_is_an_end_to_it(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, SLOW, NULL);
        to_notice(f, case_id);
        for (int i = 0; i < 20; i++)
                (void)fixture_get(f, contractor(f), "RecordObservations", observations_on(f, case_id));
        (void)fixture_refused(f, contractor(f), "RecordObservations", observations_on(f, case_id),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, SLOW, NULL);
        to_notice(f, case_id);
        Contracts__RecordObservations *command = observations_on(f, case_id);
        command->text = arena_text(&f->arena, "");
        (void)fixture_refused(f, contractor(f), "RecordObservations", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = observations_on(f, case_id);
        command->received_on = a_day(f, 2026, 11, 7); /* before the notice */
        (void)fixture_refused(f, contractor(f), "RecordObservations", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, OTHER), "RecordObservations",
                              observations_on(f, case_id), TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_in_time_and_late, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_there_is_an_end_to_it, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
