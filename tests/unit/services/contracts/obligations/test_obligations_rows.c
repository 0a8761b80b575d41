/* Rows of transfers and framework agreements, read back as they were put. */
#include "tests/unit/services/contracts/obligations/scene.h"

#include "services/contracts/obligations/obligations_rows.h"

static void test_numbers(void **state)
{
        struct fixture *f = *state;
        Types__Id *members[2];
        framework_scene(f, members);
        (void)fixture_get(f, facilitator(f), "RecordOrder", order_of(f, members[0], "N 1", 1000));
        (void)fixture_get(f, facilitator(f), "RecordContractInvoice", invoice_of(f, members[1], "N 10", 1000));
        const struct {
                size_t member;
                Contracts__OrderKind kind;
                const char *number;
                bool known;
        } expected[] = {
                {0, CONTRACTS__ORDER_KIND__PURCHASE_ORDER, "N 1", true},
                {0, CONTRACTS__ORDER_KIND__SUBSEQUENT_CONTRACT, "N 1", true}, /* both are orders */
                {0, CONTRACTS__ORDER_KIND__CONTRACT_INVOICE, "N 1", false},
                {0, CONTRACTS__ORDER_KIND__PURCHASE_ORDER, "N", false},
                {1, CONTRACTS__ORDER_KIND__PURCHASE_ORDER, "N 1", false},
                {1, CONTRACTS__ORDER_KIND__CONTRACT_INVOICE, "N 10", true},
                {1, CONTRACTS__ORDER_KIND__CONTRACT_INVOICE, "N 1", false}, /* not by its beginning */
        };
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        for (size_t i = 0; i < ARRAY_SIZE(expected); i++) {
                Contracts__ContractOrder sought = CONTRACTS__CONTRACT_ORDER__INIT;
                sought.obligation_id = members[expected[i].member];
                sought.kind = expected[i].kind;
                sought.number = (char *)(uintptr_t)expected[i].number;
                assert_int_equal(obligations_number_known(txn, &sought), expected[i].known);
                sought.buyer_siret = (char *)OTHER_BUYER_SIRET; /* another buyer's, under the same number */
                assert_false(obligations_number_known(txn, &sought));
        }
        assert_int_equal(obligations_framework(txn, &f->arena, id_of(members[0]))->orders, 1);
        assert_int_equal(obligations_framework(txn, &f->arena, id_of(members[1]))->invoiced->cents, 100000);
        assert_null(obligations_framework(txn, &f->arena, id_numbered(9))->ordered);
        txn_end_read(txn);
}

static void test_a_transfer(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Types__Id *id = propose(f, transfer_from(f, scene.lead, scene.member, 10))->transfer_id;
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_int_equal(obligations_transfer_find(txn, &f->arena, id_of(id))->hours->hundredths, 1000);
        assert_null(obligations_transfer_find(txn, &f->arena, id_of(scene.lead)));
        const Contracts__ObligationRecorded *member = contracts_obligation_find(txn, &f->arena, id_of(scene.member));
        struct walk walk;
        contracts_about_walk(txn, id_of(scene.contract), ABOUT_TRANSFER, &walk);
        assert_non_null(obligations_next_transfer(&walk, txn, &f->arena, member));
        assert_null(obligations_next_transfer(&walk, txn, &f->arena, member));
        walk_end(&walk);
        txn_end_read(txn);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_numbers, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_transfer, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
