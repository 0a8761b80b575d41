/* ContractFacts: one page, for those whose contract it is, without what is not theirs. */
#include "tests/unit/services/contracts/file/opening.h"

static void test_the_whole_page(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = open_it(f, opening(f));
        Types__Id *obligation =
                record_obligation(f, obligation_on(f, put_clause(f, clause_on(f, contract))->clause_id))->obligation_id;
        hours_validated(f, 1, obligation, 1, 10000);
        const Contracts__ContractFactsReply *facts = facts_of(f, facilitator(f), contract);
        assert_int_equal(facts->contract->n_clauses, 1);
        assert_int_equal(facts->contract->clauses[0]->obligations[0]->remaining->hundredths, 73300);
        assert_int_equal(facts->n_history, 4);
        assert_string_equal(facts->history[0]->event, "LedgerPosted"); /* newest first */
        assert_string_equal(facts->history[3]->event, "ContractOpened");
}

static void test_the_last_twenty(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        for (int i = 1; i <= 30; i++) {
                Contracts__AmendContract *command = amendment(f, contract);
                command->record->amount = euros(f, 1000 * i);
                (void)fixture_get(f, facilitator(f), "AmendContract", command);
        }
        assert_int_equal(facts_of(f, facilitator(f), contract)->n_history, 20);
}

/* A contractor sees its own obligation; not the facilitator's file, the history, or the other members of the group. */
static void test_a_company_sees_its_part(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = open_it(f, opening(f));
        Types__Id *clause = put_clause(f, clause_on(f, contract))->clause_id;
        (void)record_obligation(f, obligation_on(f, clause));
        Contracts__RecordObligation *other = obligation_on(f, clause);
        other->contractor_siret = arena_text(&f->arena, "35600000000048");
        other->contractor_organisation = id_to(&f->arena, id_numbered(2));
        other->hours = whole_hours(f, 100);
        (void)record_obligation(f, other);

        const Contracts__ContractFactsReply *facts = facts_of(f, of_organisation(f, TYPES__ROLE__COMPANY, 2), contract);
        assert_null(facts->file);
        assert_int_equal(facts->n_history, 0);
        assert_int_equal(facts->contract->clauses[0]->n_obligations, 1);
        assert_string_equal(facts->contract->clauses[0]->obligations[0]->contractor_siret, "35600000000048");
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractFactsRequest query = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        (void)fixture_refused(f, facilitator(f), "ContractFacts", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        query.contract_id = a_contract(f);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 7), "ContractFacts", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_whole_page, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_last_twenty, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_company_sees_its_part, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
