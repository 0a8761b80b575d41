/* PutGroupBuyers: who buys by a contract besides its buyer, and what that opens to it. */
#include "tests/unit/services/contracts/corrections/withdrawing.h"
#include "tests/unit/services/contracts/obligations/several_buyers.h"

static size_t contracts_listed(struct fixture *f, const Wire__Passport *actor)
{
        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        return ((const Contracts__ContractsReply *)fixture_get(f, actor, "Contracts", &query))->n_contracts;
}

static size_t obligations_listed(struct fixture *f, const Wire__Passport *actor)
{
        Contracts__ObligationsRequest query = CONTRACTS__OBLIGATIONS_REQUEST__INIT;
        return ((const Contracts__ObligationsReply *)fixture_get(f, actor, "Obligations", &query))->n_obligations;
}

static size_t ranked(struct fixture *f, const Wire__Passport *actor)
{
        Contracts__ProgressRequest query = CONTRACTS__PROGRESS_REQUEST__INIT;
        return ((const Contracts__ProgressReply *)fixture_get(f, actor, "Progress", &query))->n_lines;
}

static void test_a_member_finds_the_contract(void **state)
{
        struct fixture *f = *state;
        struct several_buyers s = buy_together(f);
        assert_int_equal(contracts_listed(f, other_buyer(f)), 1);
        assert_int_equal(obligations_listed(f, other_buyer(f)), 2);
        assert_int_equal(ranked(f, other_buyer(f)), 2);
        Contracts__ContractFactsRequest query = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        query.contract_id = s.contract;
        const Contracts__ContractFactsReply *facts = fixture_get(f, other_buyer(f), "ContractFacts", &query);
        assert_string_equal(facts->group_buyers->group->buyers[0]->name, "Ville de Foix");
        assert_string_equal(facts->history[0]->text,
                            "Groupement de commandes (Convention 4) : avec l'acheteur du contrat achètent Ville de "
                            "Foix (SIRET 21090122900018).");
        /* who owes hours later is in its lists too */
        Contracts__PutClause *put = clause_on(f, s.contract);
        put->lot = 2;
        (void)owes(f, put_clause(f, put)->clause_id, CONTRACTOR_SIRET, 1, 10);
        assert_int_equal(obligations_listed(f, other_buyer(f)), 3);
        Contracts__PutGroupBuyers *none = buyers_of(f, s.contract, OTHER_BUYER_SIRET);
        none->n_buyers = 0;
        none->seen = facts->group_buyers->version;
        (void)fixture_get(f, facilitator(f), "PutGroupBuyers", none);
        assert_int_equal(contracts_listed(f, other_buyer(f)), 0);
        assert_int_equal(obligations_listed(f, other_buyer(f)), 0);
        (void)fixture_refused(f, other_buyer(f), "ContractFacts", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)not_withdrawn(f, s.contract, last_act(f), TYPES__REFUSAL_CODE__WRONG_STATE); /* told anew instead */
        fixture_verify(f);
}

static const Types__Refusal *refused(struct fixture *f, const Wire__Passport *actor, Contracts__PutGroupBuyers *command,
                                     Types__RefusalCode code)
{
        return fixture_refused(f, actor, "PutGroupBuyers", command, code);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct several_buyers s = buy_together(f);
        Contracts__PutGroupBuyers *command = buyers_of(f, s.contract, BUYER_SIRET); /* it coordinates */
        assert_string_equal(refused(f, facilitator(f), command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                            "buyers.siret");
        (void)refused(f, buyer(f), command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), command,
                      TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command = buyers_of(f, s.contract, "21090122900017"); /* a slip of the pen */
        (void)refused(f, facilitator(f), command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = buyers_of(f, s.contract, MEMBER_SIRET);
        command->form = 0;
        assert_string_equal(refused(f, facilitator(f), command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "form");
        /* who has ordered stays, until that is withdrawn */
        Contracts__RecordOrder *order = order_of(f, s.companies[0], "BC 1", 5000);
        (void)fixture_get(f, other_buyer(f), "RecordOrder", order);
        uint64_t ordered = last_act(f);
        command = buyers_of(f, s.contract, MEMBER_SIRET);
        assert_string_equal(refused(f, facilitator(f), command, TYPES__REFUSAL_CODE__WRONG_STATE)->field, "buyers");
        (void)withdraw(f, s.contract, ordered);
        (void)fixture_get(f, facilitator(f), "PutGroupBuyers", command);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_member_finds_the_contract, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
