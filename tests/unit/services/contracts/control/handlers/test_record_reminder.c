/* RecordReminder: J-7, J+1 and J+8 of a statement, each once; one in a case moves the ladder. */
#include "tests/unit/services/contracts/control/steps.h"

static Contracts__RecordReminder *reminder_of(struct fixture *f, Types__Id *obligation, Types__Day *sent_on)
{
        Contracts__RecordReminder *command = pb_new(&contracts__record_reminder__descriptor, &f->arena);
        command->obligation_id = obligation;
        command->period_end = a_day(f, 2026, 9, 30); /* due on 15 October */
        command->sent_on = sent_on;
        return command;
}

static const Types__Refusal *refused(struct fixture *f, const Contracts__RecordReminder *command,
                                     Types__RefusalCode code)
{
        return fixture_refused(f, facilitator(f), "RecordReminder", command, code);
}

static void test_those_of_the_calendar(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        static const struct {
                int day, offset;
        } rows[] = {{8, -7}, {16, 1}, {23, 8}};
        today_is(f, 2026, 10, 30);
        (void)refused(f, reminder_of(f, c.obligation, a_day(f, 2026, 10, 7)), TYPES__REFUSAL_CODE__INVALID_FIELD);
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                Contracts__RecordReminder *command = reminder_of(f, c.obligation, a_day(f, 2026, 10, rows[i].day));
                const Contracts__RecordReminderReply *reply = fixture_get(f, facilitator(f), "RecordReminder", command);
                assert_int_equal(reply->offset_days, rows[i].offset);
                assert_non_null(strstr(reply->text, "période du 1er juillet 2026 au 30 septembre 2026"));
                assert_non_null(strstr(reply->text, "relevé d'heures d'insertion, contrat de travail"));
                (void)refused(f, command, TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        }
        (void)refused(f, reminder_of(f, c.obligation, a_day(f, 2026, 10, 31)), TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_nothing_to_remind_of(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        (void)receive(f, c.obligation, a_day(f, 2026, 9, 30), "HOURS_STATEMENT WORK_CONTRACT");
        (void)refused(f, reminder_of(f, c.obligation, this_day(f)), TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(f, stranger(f), "RecordReminder", reminder_of(f, c.obligation, this_day(f)),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_in_a_case(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *slow = open_case(f, c.obligation, SLOW, NULL);
        const Contracts__RecordReminderReply *reply =
                fixture_get(f, facilitator(f), "RecordReminder", reminder_in(f, slow));
        assert_int_equal(reply->offset_days, 0);
        assert_non_null(strstr(reply->text, "étaient attendues à cette date"));
        assert_int_equal(see_case(f, slow)->step, CONTRACTS__CASE_STEP__COMPANY_REMINDED);
        (void)refused(f, reminder_in(f, slow), TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        days_pass(f, 21);
        (void)fixture_get(f, facilitator(f), "RecordReminder", reminder_in(f, slow));
        (void)fixture_get(f, facilitator(f), "WarnBuyer", warning_of(f, slow));
        days_pass(f, 1);
        (void)refused(f, reminder_in(f, slow), TYPES__REFUSAL_CODE__WRONG_STATE); /* the case is further */
        (void)refused(f, reminder_in(f, id_to(&f->arena, id_numbered(9))), TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_one_before_the_case_counts_in_it(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        (void)fixture_get(f, facilitator(f), "RecordReminder",
                          reminder_of(f, c.obligation, a_day(f, 2026, 10, 9))); /* before the date: does not */
        Types__Id *first = open_case(f, c.obligation, LATE, a_day(f, 2026, 9, 30));
        assert_int_equal(see_case(f, first)->step, CONTRACTS__CASE_STEP__CASE_OPEN);

        Contracts__RecordReminder *june = reminder_of(f, c.obligation, a_day(f, 2026, 7, 24));
        june->period_end = a_day(f, 2026, 6, 30);
        (void)fixture_get(f, facilitator(f), "RecordReminder", june);
        Types__Id *second = open_case(f, c.obligation, LATE, june->period_end);
        assert_int_equal(see_case(f, second)->step, CONTRACTS__CASE_STEP__COMPANY_REMINDED);
        assert_int_equal(see_case(f, second)->reminders[0]->offset_days, 8);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_those_of_the_calendar, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_nothing_to_remind_of, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_in_a_case, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_one_before_the_case_counts_in_it, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
