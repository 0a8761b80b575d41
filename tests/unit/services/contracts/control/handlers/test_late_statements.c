/* LateStatements: what is due and not complete, and what will be soon; with the next reminder. */
#include "tests/unit/services/contracts/control/several.h"

static Contracts__LateStatementsRequest *asking(struct fixture *f, const char *territory, uint32_t within_days)
{
        Contracts__LateStatementsRequest *query = pb_new(&contracts__late_statements_request__descriptor, &f->arena);
        query->territory = arena_text(&f->arena, territory);
        query->within_days = within_days;
        query->page = pb_new(&types__page__descriptor, &f->arena);
        return query;
}

static const Contracts__LateStatementsReply *late(struct fixture *f, const Wire__Passport *actor,
                                                  const Contracts__LateStatementsRequest *query)
{
        return fixture_get(f, actor, "LateStatements", query);
}

static void test_late_and_soon(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        today_is(f, 2026, 10, 15); /* the day itself is not late */
        (void)receive(f, c.obligation, a_day(f, 2026, 3, 31), "HOURS_STATEMENT WORK_CONTRACT");
        (void)receive(f, c.obligation, a_day(f, 2026, 6, 30), "WORK_CONTRACT");
        const Contracts__LateStatementsReply *reply = late(f, facilitator(f), asking(f, "", 0));
        assert_int_equal(reply->n_lines, 1);
        assert_int_equal(reply->lines[0]->due_on->days, a_day(f, 2026, 7, 15)->days);
        assert_int_equal(reply->lines[0]->days_late, 92);
        assert_int_equal(reply->lines[0]->n_missing, 1);
        assert_string_equal(reply->lines[0]->missing[0], "HOURS_STATEMENT");
        assert_int_equal(reply->lines[0]->next_reminder_on->days, a_day(f, 2026, 7, 23)->days);
        reply = late(f, facilitator(f), asking(f, "", 1));
        assert_int_equal(reply->n_lines, 2);
        assert_int_equal(reply->lines[1]->days_late, 0);
        assert_int_equal(reply->lines[1]->next_reminder_on->days, a_day(f, 2026, 10, 8)->days); /* J-7 */
        today_is(f, 2026, 10, 16);
        assert_int_equal(late(f, facilitator(f), asking(f, "", 0))->n_lines, 2);
}

/* A concession notified in September 2026, until the end of August 2029. */
static struct controlled a_concession(struct fixture *f)
{
        struct controlled c;
        Contracts__ContractRecord *record = a_record(f);
        record->kind = CONTRACTS__CONTRACT_KIND__CONCESSION;
        record->notified_on = record->starts_on = a_day(f, 2026, 9, 1);
        record->published_on = a_day(f, 2026, 9, 2);
        record->duration_months = 36;
        c.contract = import(f, record)->contract_id;
        c.clause = put_clause(f, clause_on(f, c.contract))->clause_id;
        const Contracts__PutControlPlanReply *reply = put_plan(f, plan_on(f, c.clause, ""));
        assert_non_null(strstr(reply->to_confirm[reply->n_to_confirm - 1], "Rapport annuel du concessionnaire"));
        c.obligation = record_obligation(f, obligation_on(f, c.clause))->obligation_id;
        return c;
}

/* The yearly report is late like a statement, is reminded of, received, and called by its name in a letter. */
static void test_the_yearly_report_of_a_concession(void **state)
{
        struct fixture *f = *state;
        struct controlled c = a_concession(f);
        Types__Day *year = a_day(f, 2027, 1, 1); /* the day after 2026 */
        today_is(f, 2027, 6, 1);
        (void)receive(f, c.obligation, a_day(f, 2026, 9, 30), "HOURS_STATEMENT WORK_CONTRACT");
        (void)receive(f, c.obligation, a_day(f, 2026, 12, 31), "HOURS_STATEMENT WORK_CONTRACT");
        (void)receive(f, c.obligation, a_day(f, 2027, 3, 31), "HOURS_STATEMENT WORK_CONTRACT");
        const Contracts__LateStatementsReply *reply = late(f, facilitator(f), asking(f, "", 0));
        assert_int_equal(reply->n_lines, 1);
        assert_string_equal(reply->lines[0]->missing[0], "CONCESSION_REPORT");
        assert_int_equal(reply->lines[0]->due_on->days, a_day(f, 2027, 5, 31)->days);
        assert_int_equal(reply->lines[0]->period_end->days, year->days);
        assert_int_equal(reply->lines[0]->days_late, 1);

        Types__Id *case_id = open_case(f, c.obligation, CONTRACTS__CASE_GROUND__LATE_STATEMENT, year);
        const Contracts__ControlCase *opened = see_case(f, case_id);
        assert_int_equal(opened->period_end->days, year->days);
        to_warning(f, case_id);
        const Contracts__DraftFormalNoticeReply *notice =
                fixture_get(f, facilitator(f), "DraftFormalNotice", draft_of(f, case_id));
        assert_non_null(strstr(notice->text,
                               "Le rapport annuel du concessionnaire, insertion comprise, du 1er septembre 2026 au 31 "
                               "décembre 2026 était à remettre au plus tard le 31 mai 2027. Ne sont pas parvenus : "
                               "rapport annuel du concessionnaire"));
        assert_null(strstr(notice->text, "Le relevé de la période"));
        Contracts__RecordStatement *wrong = statement(f, c.obligation, a_day(f, 2026, 12, 31), "CONCESSION_REPORT");
        (void)fixture_refused(f, facilitator(f), "RecordStatement", wrong, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_int_equal(receive(f, c.obligation, year, "CONCESSION_REPORT")->n_missing, 0);
        assert_int_equal(late(f, facilitator(f), asking(f, "", 0))->n_lines, 0);
}

static void test_the_next_reminder(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Contracts__RecordReminder *command = pb_new(&contracts__record_reminder__descriptor, &f->arena);
        command->obligation_id = c.obligation;
        command->period_end = a_day(f, 2026, 9, 30);
        command->sent_on = a_day(f, 2026, 10, 16);
        (void)fixture_get(f, facilitator(f), "RecordReminder", command);
        const Contracts__LateStatementsReply *reply = late(f, facilitator(f), asking(f, "", 0));
        assert_int_equal(reply->n_lines, 3);
        assert_int_equal(reply->lines[2]->n_reminders, 1);
        assert_int_equal(reply->lines[2]->next_reminder_on->days, a_day(f, 2026, 10, 23)->days);
        today_is(f, 2026, 10, 23);
        command->sent_on = this_day(f);
        (void)fixture_get(f, facilitator(f), "RecordReminder", command);
        assert_null(late(f, facilitator(f), asking(f, "", 0))->lines[2]->next_reminder_on);
}

static void test_pages_and_scopes(void **state)
{
        struct fixture *f = *state;
        struct several s = several_obligations(f);
        Contracts__LateStatementsRequest *query = asking(f, "31", 0);
        size_t lines = 0, pages = 0;
        query->page->limit = 3; /* each of the three of territory 31 has three */
        do {
                const Contracts__LateStatementsReply *reply = late(f, facilitator(f), query);
                lines += reply->n_lines;
                query->page->after = reply->next;
                pages++;
        } while (query->page->after.len > 0);
        assert_int_equal(lines, 9);
        assert_true(pages >= 3);
        const Contracts__LateStatementsReply *own = late(f, contractor(f), asking(f, "", 0));
        assert_int_equal(own->n_lines, 3);
        assert_true(id_equal(id_of(own->lines[0]->obligation_id), id_of(s.obligations[0])));
        (void)fixture_refused(f, facilitator(f), "LateStatements", asking(f, "", 61),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, facilitator(f), "LateStatements", asking(f, "999", 0),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_late_and_soon, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_yearly_report_of_a_concession, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_next_reminder, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_pages_and_scopes, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
