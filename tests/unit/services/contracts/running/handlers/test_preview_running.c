/* PreviewRunning: what would come of a list, part after part; nothing is stored. */
#include "tests/unit/services/contracts/running/steps.h"

static void test_nothing_is_stored(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportRunning *list = a_school(f);
        (void)add_running(f, list, "2025-9|" BUYER_SIRET "|Voirie||15/03/2025||1|" PAINTER "|04/2024|10|||A.B.||");
        const Contracts__PreviewRunningReply *shown = preview_running(f, list);
        assert_int_equal(shown->report->created, 3);
        assert_int_equal(shown->report->rejected, 1);
        assert_null(shown->report->batch_id);
        assert_int_equal(engine_position(f->engine), 0);

        const Types__ListReport *taken =
                take_running(f, list); /* the same verdicts, but for the ids of new contracts */
        for (size_t i = 0; i < taken->n_rows; i++) {
                taken->rows[i]->id = NULL;
                assert_true(slice_equal(pb_encode(taken->rows[i], &f->arena),
                                        pb_encode(shown->report->rows[i], &f->arena)));
        }
        shown = preview_running(f, list);
        assert_int_equal(shown->report->unchanged, 3);
        assert_non_null(shown->report->rows[0]->id);
}

static void test_a_part_goes_on_with_the_contract_of_the_one_before(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportRunning *second = a_running_list(f, RUNNING_HEADER);
        const Contracts__PreviewRunningReply *first = preview_running(f, a_school(f));
        assert_int_equal(first->n_above, 1);
        (void)add_running(f, second, SCHOOL_AGAIN "|||||06/2025|12|||A.B.||");
        Contracts__PreviewRunningRequest query = CONTRACTS__PREVIEW_RUNNING_REQUEST__INIT;
        query.running = second;
        const Contracts__PreviewRunningReply *reply = fixture_get(f, facilitator(f), "PreviewRunning", &query);
        assert_int_equal(reply->report->rejected, 1);
        query.above = first->above;
        query.n_above = first->n_above;
        reply = fixture_get(f, facilitator(f), "PreviewRunning", &query);
        assert_int_equal(reply->report->created, 1);
        assert_int_equal(reply->report->n_rows, 1);
        assert_int_equal(reply->n_above, 1); /* for the third */
}

static void test_without_a_list(void **state)
{
        struct fixture *f = *state;
        Contracts__PreviewRunningRequest query = CONTRACTS__PREVIEW_RUNNING_REQUEST__INIT;
        (void)fixture_refused(f, facilitator(f), "PreviewRunning", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_nothing_is_stored, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_part_goes_on_with_the_contract_of_the_one_before, setup,
                                                fixture_close),
                cmocka_unit_test_setup_teardown(test_without_a_list, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
