/* WarnBuyer: after a reminder and the time that it left, and as long as the trouble is there. */
#include "tests/unit/services/contracts/control/steps.h"

static const Types__Refusal *refused(struct fixture *f, Types__Id *case_id)
{
        return fixture_refused(f, facilitator(f), "WarnBuyer", warning_of(f, case_id),
                               TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_after_ten_working_days(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, LATE, a_day(f, 2026, 9, 30));
        assert_non_null(strstr(refused(f, case_id)->text, "il manque un rappel"));
        today_is(f, 2026, 10, 19);
        (void)fixture_get(f, facilitator(f), "RecordReminder", reminder_in(f, case_id));
        today_is(f, 2026, 11, 2); /* the tenth working day */
        assert_non_null(strstr(refused(f, case_id)->text, "2026-11-02"));
        today_is(f, 2026, 11, 3);
        const Contracts__WarnBuyerReply *reply = fixture_get(f, facilitator(f), "WarnBuyer", warning_of(f, case_id));
        assert_non_null(strstr(reply->text, "75\u00a0€ par jour de retard"));
        assert_non_null(strstr(reply->text, "Vous seul décidez de la suite."));
        assert_int_equal(see_case(f, case_id)->step, CONTRACTS__CASE_STEP__BUYER_TOLD);
        assert_non_null(strstr(refused(f, case_id)->text, "projet de mise en demeure"));
}

static void test_not_when_the_company_made_good(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, LATE, a_day(f, 2026, 9, 30));
        (void)fixture_get(f, facilitator(f), "RecordReminder", reminder_in(f, case_id));
        days_pass(f, 21);
        (void)receive(f, c.obligation, a_day(f, 2026, 9, 30), "HOURS_STATEMENT WORK_CONTRACT");
        assert_non_null(strstr(refused(f, case_id)->text, "CloseCase"));
}

static void test_who_may(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, SLOW, NULL);
        (void)fixture_refused(f, stranger(f), "WarnBuyer", warning_of(f, case_id), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, contractor(f), "WarnBuyer", warning_of(f, case_id), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, facilitator(f), "WarnBuyer", warning_of(f, id_to(&f->arena, id_numbered(9))),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_after_ten_working_days, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_not_when_the_company_made_good, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
