/* The page of facts: transfers, orders and invoices, and what a contractor sees of them. */
#include "tests/unit/services/contracts/obligations/scene.h"

static const Contracts__ContractFactsReply *facts(struct fixture *f, const Wire__Passport *actor, Types__Id *contract)
{
        Contracts__ContractFactsRequest query = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        query.contract_id = contract;
        return fixture_get(f, actor, "ContractFacts", &query);
}

static void test_transfers(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        (void)propose(f, transfer_from(f, scene.elsewhere, scene.lead, 150));
        assert_int_equal(facts(f, facilitator(f), scene.contract)->n_transfers, 1);
        assert_int_equal(facts(f, facilitator(f), scene.other_contract)->n_transfers, 1);
        assert_int_equal(facts(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), scene.contract)->n_transfers, 1);
        assert_int_equal(facts(f, of_organisation(f, TYPES__ROLE__COMPANY, 2), scene.contract)->n_transfers, 0);
}

static void test_orders(void **state)
{
        struct fixture *f = *state;
        Types__Id *members[2];
        framework_scene(f, members);
        (void)fixture_get(f, facilitator(f), "RecordOrder", order_of(f, members[0], "BC 1", 1000));
        f->world.now_ms_value++;
        (void)fixture_get(f, facilitator(f), "RecordContractInvoice", invoice_of(f, members[0], "FA 1", 1000));
        const Contracts__ContractFactsReply *reply =
                facts(f, facilitator(f), see_obligation(f, members[0])->contract_id);
        assert_int_equal(reply->n_orders, 2);
        assert_string_equal(reply->orders[0]->number, "FA 1"); /* newest first */
        assert_int_equal(reply->orders[0]->kind, CONTRACTS__ORDER_KIND__CONTRACT_INVOICE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_transfers, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_orders, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
