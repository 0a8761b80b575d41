#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/codec/types.h"
#include "common/codec/validate.h"
#include "directory/commands.pb-c.h"
#include "services/tracking/invoices/invoice.h"

static struct {
        Types__Money amount, hourly_cost;
        Types__Share labour_share;
        Types__Day dated;
        Types__Hours declared;
        Tracking__RecordInvoice command;
        Tracking__ObligationCopy obligation;
        Tracking__OrganisationCopy subcontractor;
        struct invoice_question question;
} scene;

static int setup(void **state)
{
        (void)state;
        scene.amount = (Types__Money)TYPES__MONEY__INIT;
        scene.hourly_cost = (Types__Money)TYPES__MONEY__INIT;
        scene.labour_share = (Types__Share)TYPES__SHARE__INIT;
        scene.dated = (Types__Day)TYPES__DAY__INIT;
        scene.declared = (Types__Hours)TYPES__HOURS__INIT;
        scene.command = (Tracking__RecordInvoice)TRACKING__RECORD_INVOICE__INIT;
        scene.obligation = (Tracking__ObligationCopy)TRACKING__OBLIGATION_COPY__INIT;
        scene.subcontractor = (Tracking__OrganisationCopy)TRACKING__ORGANISATION_COPY__INIT;
        scene.amount.cents = 1000000;
        scene.labour_share.millionths = 700000;
        scene.hourly_cost.cents = 3000;
        scene.dated.days = 20700;
        scene.command.amount = &scene.amount;
        scene.command.dated = &scene.dated;
        scene.command.number = (char *)(uintptr_t) "F-12";
        scene.obligation.hourly_cost = &scene.hourly_cost;
        scene.obligation.labour_share = &scene.labour_share;
        scene.subcontractor.kind = DIRECTORY__ORGANISATION_KIND__ESAT;
        scene.question = (struct invoice_question){.command = &scene.command,
                                                   .number = "F-12",
                                                   .obligation = &scene.obligation,
                                                   .subcontractor = &scene.subcontractor};
        return 0;
}

/* What the field rules tell, then what the rule of the trade does. */
static bool may_be_recorded(struct hours *ret_hours, struct refusal *ret)
{
        return validate_message(&scene.command.base, day_of_number(20700), ret) &&
               invoice_may_be_recorded(&scene.question, ret_hours, ret);
}

static int64_t worth(void)
{
        struct refusal refusal;
        struct hours hours = {0};
        if (!may_be_recorded(&hours, &refusal))
                fail_msg("refused: %s: %s", refusal.field, refusal.text);
        return hours_hundredths(hours);
}

static void refuses(Types__RefusalCode code, const char *field)
{
        struct refusal refusal;
        struct hours hours;
        assert_false(may_be_recorded(&hours, &refusal));
        assert_int_equal(refusal.code, code);
        assert_string_equal(refusal.field, field);
}

static void refuses_field(const char *field)
{
        refuses(TYPES__REFUSAL_CODE__INVALID_FIELD, field);
}

/* 10,000 euros, 70 % of labour, 30 euros an hour: 233.33 h, rounded down. */
static void test_conversion(void **state)
{
        (void)state;
        assert_int_equal(worth(), 23333);
        scene.labour_share.millionths = 1000000;
        scene.hourly_cost.cents = 2004; /* an hour of an apprentice */
        scene.amount.cents = 2004;
        assert_int_equal(worth(), 100);
        scene.amount.cents = 20;
        refuses_field("amount"); /* not a hundredth of an hour */
        scene.amount.cents = 0;
        refuses_field("amount");
        scene.amount.cents = INT64_MAX;
        refuses_field("amount");
        scene.command.amount = NULL;
        refuses_field("amount");
}

static void test_clause_without_a_price(void **state)
{
        (void)state;
        scene.hourly_cost.cents = 0;
        refuses(TYPES__REFUSAL_CODE__WRONG_STATE, "obligationId");
        scene.obligation.hourly_cost = NULL;
        refuses(TYPES__REFUSAL_CODE__WRONG_STATE, "obligationId");
        scene.obligation.hourly_cost = &scene.hourly_cost;
        scene.hourly_cost.cents = 3000;
        scene.obligation.labour_share = NULL;
        refuses(TYPES__REFUSAL_CODE__WRONG_STATE, "obligationId");
}

static void test_declared_hours(void **state)
{
        (void)state;
        scene.obligation.hourly_cost = NULL; /* not needed then */
        scene.command.declared_hours = &scene.declared;
        scene.declared.hundredths = 15050;
        assert_int_equal(worth(), 15050);
        static const int64_t wrong[] = {0, -1, INT64_C(100000001)};
        for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
                scene.declared.hundredths = wrong[i];
                refuses_field("declaredHours");
        }
}

static void test_paper(void **state)
{
        (void)state;
        scene.command.number = (char *)(uintptr_t) " ";
        refuses_field("number");
        scene.command.number = (char *)(uintptr_t) "2026-1";
        (void)worth();
        scene.dated.days = 20701; /* tomorrow */
        refuses_field("dated");
        scene.dated.days = 20700;
        (void)worth();
        scene.command.dated = NULL;
        refuses_field("dated");
}

static void test_subcontractor(void **state)
{
        (void)state;
        scene.subcontractor.kind = DIRECTORY__ORGANISATION_KIND__ORDINARY_COMPANY;
        refuses_field("subcontractor");
        scene.question.subcontractor = NULL;
        refuses_field("subcontractor");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup(test_conversion, setup),
                cmocka_unit_test_setup(test_clause_without_a_price, setup),
                cmocka_unit_test_setup(test_declared_hours, setup),
                cmocka_unit_test_setup(test_paper, setup),
                cmocka_unit_test_setup(test_subcontractor, setup),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
