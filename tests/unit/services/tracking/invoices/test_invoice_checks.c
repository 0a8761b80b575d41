/* What the dated rules say of an invoice: each check, at its bound. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/base/attr.h"
#include "services/tracking/invoices/invoice_checks.h"

static char absurd[] = "HOUR_PRICE_ABSURD", odd[] = "HOUR_PRICE", over[] = "OVER_CONTRACT_AMOUNT",
            staff[] = "INVOICE_AND_STAFF", own[] = "OWN_SUBCONTRACTOR", before[] = "BEFORE_CONTRACT",
            unknown[] = "NO_SUCH_CHECK";

struct rules {
        Types__Money money[4];
        Tracking__InvoiceCheck checks[5], *list[5];
        Tracking__HoursVersion version;
};

static void put(struct rules *rules, char *code, Tracking__HoursSeverity severity)
{
        size_t at = rules->version.n_invoice_checks++;
        rules->checks[at] = (Tracking__InvoiceCheck)TRACKING__INVOICE_CHECK__INIT;
        rules->checks[at].code = code;
        rules->checks[at].severity = severity;
        rules->list[at] = &rules->checks[at];
        rules->version.invoice_checks = rules->list;
}

/* From 1 to 5,000 € an hour, or refused; from 12 to 150, or told. */
static void make(struct rules *rules)
{
        static const int64_t euros[] = {1, 5000, 12, 150};
        rules->version = (Tracking__HoursVersion)TRACKING__HOURS_VERSION__INIT;
        for (size_t i = 0; i < ARRAY_SIZE(euros); i++) {
                rules->money[i] = (Types__Money)TYPES__MONEY__INIT;
                rules->money[i].cents = euros[i] * 100;
        }
        put(rules, absurd, TRACKING__HOURS_SEVERITY__BLOCK);
        put(rules, odd, TRACKING__HOURS_SEVERITY__WARN);
        put(rules, over, TRACKING__HOURS_SEVERITY__WARN);
        put(rules, staff, TRACKING__HOURS_SEVERITY__WARN);
        put(rules, own, TRACKING__HOURS_SEVERITY__BLOCK);
        for (size_t i = 0; i < 2; i++) {
                rules->checks[i].lowest = &rules->money[2 * i];
                rules->checks[i].highest = &rules->money[2 * i + 1];
        }
}

/* The code of the only warning; "": there is none. */
static const char *said(const struct rules *rules, struct invoice_facts facts, struct arena *arena)
{
        size_t count;
        Tracking__HoursWarning **list = invoice_check(&rules->version, &facts, arena, &count);
        assert_true(count <= 1);
        return count == 0 ? "" : list[0]->code;
}

static struct invoice_facts facts_of(int64_t cents, int64_t hundredths)
{
        return (struct invoice_facts){.amount = money_of_cents(cents), .hours = hours_of_hundredths(hundredths)};
}

static void test_price_of_an_hour(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        struct rules rules;
        (void)state;
        make(&rules);
        assert_string_equal(said(&rules, facts_of(1200, 100), &arena), "");
        assert_string_equal(said(&rules, facts_of(15000, 100), &arena), "");
        assert_string_equal(said(&rules, facts_of(1199, 100), &arena), "HOUR_PRICE");
        assert_string_equal(said(&rules, facts_of(15001, 100), &arena), "HOUR_PRICE");
        assert_string_equal(said(&rules, facts_of(500001, 100), &arena), "HOUR_PRICE_ABSURD");
        assert_string_equal(said(&rules, facts_of(99, 100), &arena), "HOUR_PRICE_ABSURD");
        assert_string_equal(said(&rules, facts_of(INT64_MAX, 1), &arena), "HOUR_PRICE_ABSURD");
        rules.checks[0].severity = rules.checks[1].severity = TRACKING__HOURS_SEVERITY__OFF;
        assert_string_equal(said(&rules, facts_of(99, 100), &arena), "");
}

static void test_amount_of_the_contract(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        struct rules rules;
        struct invoice_facts facts = facts_of(300000, 10000);
        (void)state;
        make(&rules);
        facts.others_cents = 700000;
        assert_string_equal(said(&rules, facts, &arena), ""); /* what the contract is worth is not known */
        facts.contract_cents = 1000000;
        assert_string_equal(said(&rules, facts, &arena), "");
        facts.others_cents++;
        assert_string_equal(said(&rules, facts, &arena), "OVER_CONTRACT_AMOUNT");
        facts.others_cents = INT64_MAX;
        assert_string_equal(said(&rules, facts, &arena), "OVER_CONTRACT_AMOUNT");
}

static void test_staff_and_what_blocks(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        struct rules rules;
        struct refusal refusal;
        struct invoice_facts facts = facts_of(300000, 10000);
        size_t count;
        (void)state;
        make(&rules);
        facts.has_staff = true;
        assert_string_equal(said(&rules, facts, &arena), "INVOICE_AND_STAFF");
        facts.contract_cents = 1;
        Tracking__HoursWarning **list = invoice_check(&rules.version, &facts, &arena, &count);
        assert_int_equal(count, 2);
        assert_true(invoice_warnings_pass(list, count, &refusal));
        facts.amount = money_of_cents(1);
        list = invoice_check(&rules.version, &facts, &arena, &count);
        assert_false(invoice_warnings_pass(list, count, &refusal));
        assert_string_equal(refusal.field, "amount");
}

static void test_a_structure_that_owes_the_hours_itself(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        struct rules rules;
        struct refusal refusal;
        struct invoice_facts facts = facts_of(300000, 10000);
        size_t count;
        (void)state;
        make(&rules);
        facts.is_owing = true;
        Tracking__HoursWarning **list = invoice_check(&rules.version, &facts, &arena, &count);
        assert_false(invoice_warnings_pass(list, count, &refusal));
        assert_string_equal(refusal.field, "subcontractor");
}

static void test_made_out_before_the_contract(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        struct rules rules;
        struct invoice_facts facts = facts_of(300000, 10000);
        (void)state;
        make(&rules);
        rules.checks[4].code = before;
        facts.life = (struct contract_life){true, day_of_number(100), true, day_of_number(200)};
        facts.dated = day_of_number(99);
        assert_string_equal(said(&rules, facts, &arena), "BEFORE_CONTRACT");
        facts.dated = day_of_number(100);
        assert_string_equal(said(&rules, facts, &arena), "");
        facts.dated = day_of_number(300); /* of what was done before its end */
        assert_string_equal(said(&rules, facts, &arena), "");
}

static void test_rules_that_do_not_hold(void **state)
{
        struct rules rules;
        (void)state;
        make(&rules);
        assert_null(invoice_rules_fault(&rules.version));
        rules.checks[0].highest = NULL;
        assert_non_null(invoice_rules_fault(&rules.version));
        make(&rules);
        rules.checks[1].lowest = &rules.money[3];
        rules.checks[1].highest = &rules.money[2];
        assert_non_null(invoice_rules_fault(&rules.version));
        make(&rules);
        rules.checks[2].code = unknown;
        assert_non_null(invoice_rules_fault(&rules.version));
        make(&rules);
        rules.checks[3].severity = TRACKING__HOURS_SEVERITY__HOURS_SEVERITY_UNKNOWN;
        assert_non_null(invoice_rules_fault(&rules.version));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_price_of_an_hour),
                cmocka_unit_test(test_amount_of_the_contract),
                cmocka_unit_test(test_staff_and_what_blocks),
                cmocka_unit_test(test_made_out_before_the_contract),
                cmocka_unit_test(test_a_structure_that_owes_the_hours_itself),
                cmocka_unit_test(test_rules_that_do_not_hold),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
