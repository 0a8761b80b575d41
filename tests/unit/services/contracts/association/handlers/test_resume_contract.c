/* ResumeContract: the buyer made good, the contract goes on from where it stood. */
#include "tests/unit/services/contracts/association/association_fixture.h"

static void test_it_stands_where_it_stood(void **state)
{
        struct fixture *f = *state;
        Contracts__OpenContract open = CONTRACTS__OPEN_CONTRACT__INIT;
        open.is_another = true;
        open.record = a_record(f);
        const Contracts__OpenContractReply *opened = fixture_get(f, facilitator(f), "OpenContract", &open);
        decline(f, opened->contract_id);
        (void)fixture_get(f, facilitator(f), "ResumeContract", resuming(f, opened->contract_id));
        const Contracts__ContractFile *file = facts_of(f, opened->contract_id)->file;
        assert_int_equal(file->stage, CONTRACTS__CONTRACT_STAGE__IN_PREPARATION);
        assert_int_equal(file->association->association, CONTRACTS__ASSOCIATION__ASSOCIATED);
        assert_int_equal(file->association->at, CONTRACTS__ASSOCIATION_STAGE__AT_REGULARISATION);
        assert_string_equal(file->association->resumed_text, "Volet social repris par avenant.");
        (void)put_clause(f, clause_on(f, opened->contract_id));
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        (void)fixture_refused(f, facilitator(f), "ResumeContract", resuming(f, contract),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        decline(f, contract);
        Contracts__ResumeContract *command = resuming(f, contract);
        command->regularised_on = a_day(f, 2026, 10, 19); /* tomorrow */
        (void)fixture_refused(f, facilitator(f), "ResumeContract", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "ResumeContract",
                              resuming(f, contract), TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_it_stands_where_it_stood, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
