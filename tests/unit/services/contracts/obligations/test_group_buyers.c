/* Several buyers: whose an order is, and each one's part of the hours. */
#include "tests/unit/services/contracts/obligations/several_buyers.h"

static void invoiced(struct fixture *f, const Wire__Passport *actor, Contracts__RecordContractInvoice *command,
                     const char *buyer_siret)
{
        command->buyer_siret = arena_text(&f->arena, buyer_siret);
        (void)fixture_get(f, actor, "RecordContractInvoice", command);
}

/* 300,000 € in all: 150 h, of which the member has a third; whichever company invoiced. */
static void test_each_has_its_part(void **state)
{
        struct fixture *f = *state;
        struct several_buyers s = buy_together(f);
        invoiced(f, facilitator(f), invoice_of(f, s.companies[0], "FA 1", 200000), "");
        invoiced(f, facilitator(f), invoice_of(f, s.companies[0], "FA 1", 60000),
                 OTHER_BUYER_SIRET); /* its own number */
        invoiced(f, facilitator(f), invoice_of(f, s.companies[1], "FA 7", 40000), OTHER_BUYER_SIRET);
        Contracts__RecordOrder *order = order_of(f, s.companies[0], "BC 1", 120000);
        order->buyer_siret = arena_text(&f->arena, OTHER_BUYER_SIRET);
        (void)fixture_get(f, facilitator(f), "RecordOrder", order);

        const Contracts__ClauseLedgerReply *ledger = ledger_seen_by(f, coordinator(f), s.clause);
        assert_int_equal(ledger->n_buyers, 2);
        assert_true(ledger->buyers[0]->coordinates);
        assert_string_equal(ledger->buyers[1]->name, "Ville de Foix");
        assert_int_equal(ledger->buyers[0]->invoiced->cents, 20000000);
        assert_int_equal(ledger->buyers[1]->invoiced->cents, 10000000);
        assert_int_equal(ledger->buyers[0]->due->hundredths + ledger->buyers[1]->due->hundredths,
                         ledger->total->due->hundredths);
        assert_int_equal(ledger->buyers[0]->due->hundredths, ledger->total->due->hundredths * 2 / 3);
        assert_int_equal(ledger->buyers[0]->forecast->hundredths, 0);
        assert_int_equal(ledger->buyers[1]->forecast->hundredths, ledger->total->forecast->hundredths);
        const Contracts__ObligationView *one = see_obligation(f, s.companies[1]);
        assert_int_equal(one->buyers[0]->due->hundredths, 0);
        assert_int_equal(one->buyers[1]->due->hundredths, one->due->hundredths);
}

/* A member's account says its own, reads its own, and decides nothing. */
static void test_a_members_account(void **state)
{
        struct fixture *f = *state;
        struct several_buyers s = buy_together(f);
        invoiced(f, buyer(f), invoice_of(f, s.companies[0], "FA 1", 200000), "");
        invoiced(f, other_buyer(f), invoice_of(f, s.companies[0], "FA 2", 100000), "");
        const Contracts__ClauseLedgerReply *ledger = ledger_seen_by(f, other_buyer(f), s.clause);
        assert_int_equal(ledger->n_buyers, 1);
        assert_string_equal(ledger->buyers[0]->siret, OTHER_BUYER_SIRET);
        assert_int_equal(ledger->buyers[0]->invoiced->cents, 10000000);
        Contracts__ObligationById query = CONTRACTS__OBLIGATION_BY_ID__INIT;
        query.obligation_id = s.companies[0];
        const Contracts__ObligationView *view = fixture_get(f, other_buyer(f), "ObligationById", &query);
        assert_int_equal(view->n_orders, 1);
        assert_string_equal(view->orders[0]->number, "FA 2");
        assert_int_equal(view->invoiced->cents, 10000000);
        view = fixture_get(f, buyer(f), "ObligationById", &query);
        assert_int_equal(view->n_orders, 2); /* the coordinator's account reads all */

        Contracts__RecordContractInvoice *command = invoice_of(f, s.companies[0], "FA 3", 1000);
        command->buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        (void)fixture_refused(f, other_buyer(f), "RecordContractInvoice", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, other_buyer(f), "WaiveHours", waiver(f, s.companies[0], 1),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        Contracts__EndContract end = CONTRACTS__END_CONTRACT__INIT;
        end.contract_id = s.contract;
        end.ended_on = a_day(f, 2026, 10, 10);
        end.kind = CONTRACTS__CONTRACT_END_KIND__END_COMPLETED;
        (void)fixture_refused(f, other_buyer(f), "EndContract", &end, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_of_nobody(void **state)
{
        struct fixture *f = *state;
        struct several_buyers s = buy_together(f);
        Contracts__RecordContractInvoice *command = invoice_of(f, s.companies[0], "FA 1", 1000);
        command->buyer_siret = arena_text(&f->arena, MEMBER_SIRET);
        assert_string_equal(
                fixture_refused(f, facilitator(f), "RecordContractInvoice", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "buyerSiret");
        command->buyer_siret = arena_text(&f->arena, BUYER_SIRET); /* the coordinator by name: as if nothing was said */
        (void)fixture_get(f, facilitator(f), "RecordContractInvoice", command);
        assert_string_equal(see_obligation(f, s.companies[0])->orders[0]->buyer_siret, "");
        (void)fixture_refused(f, facilitator(f), "RecordContractInvoice", command, TYPES__REFUSAL_CODE__ALREADY_EXISTS);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_each_has_its_part, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_members_account, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_of_nobody, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
