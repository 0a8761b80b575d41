/* PutAppraisalGrid: free until the first offer, then frozen but for readers who have not marked. */
#include "tests/unit/services/contracts/consultation/appraisal_fixture.h"

static void test_frozen_by_the_first_offer(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_appraisal(f);
        Contracts__PutAppraisalGrid *command = grid_of(f, contract);
        command->scale = 10;
        const Contracts__PutAppraisalGridReply *reply = fixture_get(f, facilitator(f), "PutAppraisalGrid", command);
        assert_non_null(strstr(reply->advice, "un critère social reste facultatif"));
        assert_int_equal(see_appraisal(f, anne(f), contract)->scale, 10);
        assert_false(see_appraisal(f, anne(f), contract)->frozen);
        (void)fixture_get(f, facilitator(f), "PutAppraisalGrid", grid_of(f, contract));

        Types__Id *offer = an_offer(f, contract);
        assert_true(see_appraisal(f, anne(f), contract)->frozen);
        (void)fixture_refused(f, anne(f), "PutAppraisalGrid", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_get(f, anne(f), "MarkOffer", marks_of(f, offer, 150, 100));
        command = grid_of(f, contract);
        command->readers[0] = reader_of(f, "chloe"); /* anne has marked */
        (void)fixture_refused(f, anne(f), "PutAppraisalGrid", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        command = grid_of(f, contract);
        command->readers[1] = reader_of(f, "chloe");
        /* who is no reader does not become one by oneself */
        (void)fixture_refused(f, named(f, facilitator(f), "chloe"), "PutAppraisalGrid", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_get(f, anne(f), "PutAppraisalGrid", command);
        (void)see_appraisal(f, named(f, facilitator(f), "chloe"), contract);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *before = a_contract_of_ours(f);
        (void)fixture_refused(f, facilitator(f), "PutAppraisalGrid", grid_of(f, before),
                              TYPES__REFUSAL_CODE__WRONG_STATE); /* no consultation */
        Types__Id *contract = a_consultation(f);
        Contracts__PutAppraisalGrid *command = grid_of(f, contract);
        command->criteria[0]->weight = a_share(f, 50);
        assert_string_equal(
                fixture_refused(f, facilitator(f), "PutAppraisalGrid", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "criteria.weight");
        command = grid_of(f, contract);
        command->lot = 0;
        (void)fixture_refused(f, facilitator(f), "PutAppraisalGrid", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, the_buyer(f), "PutAppraisalGrid", grid_of(f, contract),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "PutAppraisalGrid",
                              grid_of(f, contract), TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_frozen_by_the_first_offer, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
