#include "tests/unit/services/reporting/sent/noted.h"

static Reporting__WithdrawSentReport withdrawal_of(const Types__Id *report)
{
        Reporting__WithdrawSentReport command = REPORTING__WITHDRAW_SENT_REPORT__INIT;
        command.report_id = (Types__Id *)(uintptr_t)report;
        command.reason = (char *)"jamais partie";
        return command;
}

static void test_it_stays_with_the_reason(void **state)
{
        struct fixture *f = *state;
        Reporting__NoteReportSent note = note_of_year(2025, "31");
        const Types__Id *report = noted(f, &note);
        Reporting__WithdrawSentReport command = withdrawal_of(report);
        command.withdrawn_on = day_to(&f->arena, date(2026, 10, 18));
        (void)fixture_get(f, coordinator(f), "WithdrawSentReport", &command);
        const Reporting__FrozenReportReply *reply = frozen(f, report);
        assert_string_equal(reply->report->withdrawn_reason, "jamais partie");
        assert_int_equal(reply->report->withdrawn_on->days, day_number(date(2026, 10, 18)));
        assert_string_equal(reply->report->withdrawn_by, "essai");
        assert_non_null(strstr(reply->text, "retiré le 18 octobre 2026 : jamais partie"));
        (void)fixture_refused(f, coordinator(f), "WithdrawSentReport", &command, TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_not_before_it_was_sent_nor_without_a_reason(void **state)
{
        struct fixture *f = *state;
        Reporting__NoteReportSent note = note_of_year(2025, "31");
        Reporting__WithdrawSentReport command = withdrawal_of(noted(f, &note));
        command.withdrawn_on = day_to(&f->arena, date(2026, 10, 17));
        const Types__Refusal *refusal =
                fixture_refused(f, coordinator(f), "WithdrawSentReport", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "withdrawnOn");
        command.withdrawn_on = NULL;
        command.reason = (char *)"";
        refusal =
                fixture_refused(f, coordinator(f), "WithdrawSentReport", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "reason");
        command = withdrawal_of(NULL);
        (void)fixture_refused(f, coordinator(f), "WithdrawSentReport", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_another_department_does_not(void **state)
{
        struct fixture *f = *state;
        Reporting__NoteReportSent note = note_of_year(2025, "31");
        Reporting__WithdrawSentReport command = withdrawal_of(noted(f, &note));
        Wire__Passport *other = fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "09");
        (void)fixture_refused(f, other, "WithdrawSentReport", &command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command = withdrawal_of(id_message(f, PLACEMENT, 7));
        (void)fixture_refused(f, other, "WithdrawSentReport", &command, TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_it_stays_with_the_reason, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_not_before_it_was_sent_nor_without_a_reason, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_another_department_does_not, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
