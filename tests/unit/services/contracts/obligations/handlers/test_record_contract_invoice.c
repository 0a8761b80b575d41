/* RecordContractInvoice: the sum of all invoices decides what is due; none is counted twice. */
#include "tests/unit/services/contracts/obligations/scene.h"

static const Contracts__RecordContractInvoiceReply *invoice(struct fixture *f, Types__Id *obligation,
                                                            const char *number, int64_t amount)
{
        return fixture_get(f, facilitator(f), "RecordContractInvoice", invoice_of(f, obligation, number, amount));
}

static void test_due_from_the_sum(void **state)
{
        struct fixture *f = *state;
        Types__Id *members[2];
        framework_scene(f, members);
        assert_int_equal(invoice(f, members[0], "FA 1", 100000)->due->hundredths, 0); /* the trigger itself */
        assert_int_equal(invoice(f, members[0], "FA 2", 1999)->due->hundredths, 0);   /* no full 2,000 € yet */
        assert_int_equal(invoice(f, members[0], "FA 3", 1)->due->hundredths, 100);
        const Contracts__RecordContractInvoiceReply *reply = invoice(f, members[1], "FA 1", 102000);
        assert_int_equal(reply->invoiced->cents, 20400000);
        assert_int_equal(reply->due->hundredths, 5200);
        assert_int_equal(see_obligation(f, members[0])->due->hundredths, 2600); /* each by what it invoiced */
        assert_int_equal(see_obligation(f, members[1])->due->hundredths, 2600);
        assert_int_equal(see_obligation(f, members[1])->invoiced->cents, 10200000);
        assert_int_equal(ledger_sum(f, members[0]), 0);
        assert_int_equal(ledger_sum(f, NULL), 0);
}

static void test_a_credit_note(void **state)
{
        struct fixture *f = *state;
        Types__Id *members[2];
        framework_scene(f, members);
        (void)invoice(f, members[0], "FA 1", 300000);
        hours_validated(f, 1, members[0], 1, 9000);
        assert_int_equal(invoice(f, members[0], "AV 1", -50000)->due->hundredths, 7500);
        assert_int_equal(see_obligation(f, members[0])->remaining->hundredths, -1500); /* 90 h were done */
        assert_int_equal(ledger_sum(f, members[0]), 0);
}

static void test_by_the_formula(void **state)
{
        struct fixture *f = *state;
        Contracts__RecordObligation *command = obligation_on(f, a_clause(f)); /* 1,000,000 € -> 833 h */
        command->by_invoices = true;
        Types__Id *obligation = record_obligation(f, command)->obligation_id;
        assert_int_equal(see_obligation(f, obligation)->due->hundredths, 0);
        assert_int_equal(see_obligation(f, obligation)->n_entries, 0);
        assert_int_equal(invoice(f, obligation, "FA 1", 500000)->due->hundredths, 41600);
        assert_int_equal(invoice(f, obligation, "FA 2", 500000)->due->hundredths, 83300);
        assert_int_equal(see_obligation(f, obligation)->n_orders, 2);
}

static void test_the_last_one_comes_after_the_end(void **state)
{
        struct fixture *f = *state;
        Types__Id *members[2];
        framework_scene(f, members);
        ended(f, see_obligation(f, members[0])->contract_id);
        assert_int_equal(invoice(f, members[0], "FA 1", 104000)->due->hundredths, 200);
        (void)fixture_get(f, facilitator(f), "RecordOrder", order_of(f, members[0], "BC 1", 1000)); /* of before */
        Contracts__RecordOrder *later = order_of(f, members[0], "BC 2", 1000);
        later->starts_on = a_day(f, 2026, 10, 11);
        (void)fixture_refused(f, facilitator(f), "RecordOrder", later, TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* Beside the order, beside the contract: 1,000,000 euros. */
static void test_more_than_was_ordered(void **state)
{
        struct fixture *f = *state;
        Types__Id *members[2];
        framework_scene(f, members);
        (void)fixture_get(f, facilitator(f), "RecordOrder", order_of(f, members[0], "BC 1", 120000));
        assert_int_equal(invoice(f, members[0], "FA 1", 120000)->n_warnings, 0);
        const Contracts__RecordContractInvoiceReply *reply = invoice(f, members[0], "FA 2", 1);
        assert_int_equal(reply->n_warnings, 1);
        assert_non_null(strstr(reply->warnings[0], "plus que les commandes"));
        reply = invoice(f, members[0], "FA 3", 1000000);
        assert_int_equal(reply->n_warnings, 2);
        Contracts__RecordContractInvoice *early = invoice_of(f, members[0], "FA 4", 1);
        early->dated = a_day(f, 2026, 3, 1); /* notified on the 2nd */
        (void)fixture_refused(f, facilitator(f), "RecordContractInvoice", early, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *members[2];
        framework_scene(f, members);
        (void)invoice(f, members[0], "FA 1", 300000);
        assert_string_equal(fixture_refused(f, facilitator(f), "RecordContractInvoice",
                                            invoice_of(f, members[0], "FA 1", 300000),
                                            TYPES__REFUSAL_CODE__ALREADY_EXISTS)
                                    ->field,
                            "number");
        assert_string_equal(fixture_refused(f, facilitator(f), "RecordContractInvoice",
                                            invoice_of(f, members[1], "AV 1", -1), TYPES__REFUSAL_CODE__INVALID_FIELD)
                                    ->field,
                            "amount"); /* the other member's sum is not its own */
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "RecordContractInvoice",
                              invoice_of(f, members[0], "FA 2", 1), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        Contracts__RecordObligation *command = obligation_on(f, NULL);
        Contracts__PutClause *put = clause_on(f, import(f, a_record(f))->contract_id);
        put->lot = 7;
        put->calibration->method = CONTRACTS__CALIBRATION_METHOD__FIXED_HOURS;
        put->calibration->chosen_hours = whole_hours(f, 300);
        command->clause_id = put_clause(f, put)->clause_id;
        command->by_invoices = true; /* a fixed number of hours follows no invoice */
        assert_string_equal(
                fixture_refused(f, facilitator(f), "RecordObligation", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "byInvoices");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_due_from_the_sum, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_credit_note, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_by_the_formula, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_last_one_comes_after_the_end, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_more_than_was_ordered, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
