/* Control of a private contract: those who may not see the contract see nothing of its control, by whatever query, and
 * do nothing in it. */
#include "tests/unit/services/contracts/control/relief.h"

enum { CLIENT = 5 };

struct scene {
        Types__Id *contract, *clause, *obligation, *case_id;
};

static struct scene begin(struct fixture *f)
{
        struct scene scene;
        Contracts__OpenContract open = CONTRACTS__OPEN_CONTRACT__INIT;
        open.record = a_record(f);
        open.record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        const Contracts__OpenContractReply *opened = fixture_get(f, facilitator(f), "OpenContract", &open);
        scene.contract = opened->contract_id;
        scene.clause = put_clause(f, clause_on(f, scene.contract))->clause_id;
        (void)put_plan(f, plan_on(f, scene.clause, ""));
        scene.obligation = record_obligation(f, obligation_on(f, scene.clause))->obligation_id;
        scene.case_id = open_case(f, scene.obligation, SLOW, NULL);
        directory_tells(f, 1, CLIENT, BUYER_SIRET);
        directory_tells(f, 2, OTHER, "21340172201787");
        return scene;
}

static size_t lines_of_lists(struct fixture *f, const Wire__Passport *actor)
{
        Contracts__ProgressRequest progress = CONTRACTS__PROGRESS_REQUEST__INIT;
        Contracts__LateStatementsRequest late = CONTRACTS__LATE_STATEMENTS_REQUEST__INIT;
        Contracts__CasesRequest cases = CONTRACTS__CASES_REQUEST__INIT;
        const Contracts__ProgressReply *p = fixture_get(f, actor, "Progress", &progress);
        const Contracts__LateStatementsReply *l = fixture_get(f, actor, "LateStatements", &late);
        const Contracts__CasesReply *c = fixture_get(f, actor, "Cases", &cases);
        return p->n_lines + l->n_lines + c->n_cases;
}

static void test_strangers_see_nothing(void **state)
{
        struct fixture *f = *state;
        struct scene scene = begin(f);
        const Wire__Passport *strangers[] = {fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"), stranger(f),
                                             of_organisation(f, TYPES__ROLE__BUYER, OTHER),
                                             of_organisation(f, TYPES__ROLE__COMPANY, OTHER)};
        Contracts__CaseById by_id = CONTRACTS__CASE_BY_ID__INIT;
        Contracts__FinalStatementRequest balance = CONTRACTS__FINAL_STATEMENT_REQUEST__INIT;
        by_id.case_id = scene.case_id;
        balance.contract_id = scene.contract;
        for (size_t i = 0; i < ARRAY_SIZE(strangers); i++) {
                assert_int_equal(lines_of_lists(f, strangers[i]), 0);
                (void)fixture_refused(f, strangers[i], "CaseById", &by_id, TYPES__REFUSAL_CODE__NOT_FOUND);
                (void)fixture_refused(f, strangers[i], "FinalStatement", &balance, TYPES__REFUSAL_CODE__NOT_FOUND);
        }
}

static void test_its_own_see_it(void **state)
{
        struct fixture *f = *state;
        struct scene scene = begin(f);
        const Wire__Passport *own[] = {facilitator(f), coordinator(f), of_organisation(f, TYPES__ROLE__BUYER, CLIENT),
                                       contractor(f)};
        Contracts__FinalStatementRequest balance = CONTRACTS__FINAL_STATEMENT_REQUEST__INIT;
        balance.contract_id = scene.contract;
        for (size_t i = 0; i < ARRAY_SIZE(own); i++) {
                assert_int_equal(lines_of_lists(f, own[i]), 1 + 3 + 1);
                (void)fixture_get(f, own[i], "FinalStatement", &balance);
        }
}

static void test_strangers_do_nothing(void **state)
{
        struct fixture *f = *state;
        struct scene scene = begin(f);
        (void)fixture_refused(f, stranger(f), "RecordReminder", reminder_in(f, scene.case_id),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, stranger(f), "PutControlPlan", plan_on(f, scene.clause, "mensuel"),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, stranger(f), "EndContract",
                              end_of(f, scene.contract, CONTRACTS__CONTRACT_END_KIND__END_COMPLETED),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, OTHER), "DecideRelief",
                              relief_of(f, scene.obligation, CONTRACTS__RELIEF__RELIEF_CANCEL),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_strangers_see_nothing, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_its_own_see_it, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_strangers_do_nothing, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
