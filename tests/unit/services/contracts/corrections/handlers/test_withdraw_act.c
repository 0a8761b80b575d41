/* WithdrawAct: what was wrong stands no more, what rests on it stands first; and whose it is. */
#include "tests/unit/services/contracts/control/steps.h"

#include "common/service/spec.h"
#include "tests/unit/services/contracts/control/relief.h"
#include "tests/unit/services/contracts/corrections/withdrawing.h"

static const Contracts__HistoryLine *line_of(const Contracts__ContractHistoryReply *history, uint64_t number)
{
        for (size_t i = 0; i < history->n_lines; i++)
                if (history->lines[i]->number == number)
                        return history->lines[i];
        return NULL;
}

static Contracts__WaiveHours *waiver_of(struct fixture *f, Types__Id *obligation, int64_t hours)
{
        Contracts__WaiveHours *command = pb_new(&contracts__waive_hours__descriptor, &f->arena);
        command->obligation_id = obligation;
        command->hours = whole_hours(f, hours);
        command->reason = arena_text(&f->arena, "Intempéries");
        command->decision = pb_new(&contracts__ledger_decision__descriptor, &f->arena);
        command->decision->buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        command->decision->reference = arena_text(&f->arena, "Courrier 12");
        command->decision->decided_on = a_day(f, 2026, 10, 12);
        return command;
}

static void test_it_stays_in_the_history_with_what_withdrew_it(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        (void)fixture_get(f, facilitator(f), "WaiveHours", waiver_of(f, c.obligation, 50));
        uint64_t act = last_act(f);
        assert_true(line_of(history_of(f, coordinator(f), c.contract), act)->may_be_withdrawn);
        const Contracts__WithdrawActReply *reply = withdraw(f, c.contract, act);
        assert_int_equal(reply->n_withdrawn, 1);
        assert_non_null(strstr(reply->withdrawn[0], "remise"));
        assert_int_equal(reply->postings[0]->hours->hundredths, -5000);
        assert_int_equal(see_obligation(f, c.obligation)->waived->hundredths, 0);
        assert_int_equal(see_obligation(f, c.obligation)->remaining->hundredths, 83300);
        const Contracts__ContractHistoryReply *history = history_of(f, coordinator(f), c.contract);
        assert_int_equal(line_of(history, act)->withdrawn_by, act + 1);
        assert_false(line_of(history, act)->may_be_withdrawn);
        assert_non_null(strstr(line_of(history, act + 1)->text, "Saisi par erreur"));
        (void)not_withdrawn(f, c.contract, act, TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)not_withdrawn(f, c.contract, act + 1, TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_a_case_climbs_down_step_by_step(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, LATE, a_day(f, 2026, 9, 30));
        uint64_t opened = last_act(f);
        to_warning(f, case_id);
        uint64_t warned = last_act(f);
        const Types__Refusal *refusal = not_withdrawn(f, c.contract, opened, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "Acheteur averti"));
        (void)withdraw(f, c.contract, warned);
        assert_int_equal(see_case(f, case_id)->step, CONTRACTS__CASE_STEP__COMPANY_REMINDED);
        assert_null(see_case(f, case_id)->warned_on);
        (void)withdraw(f, c.contract, warned - 1);
        assert_int_equal(see_case(f, case_id)->step, CONTRACTS__CASE_STEP__CASE_OPEN);
        assert_int_equal(see_case(f, case_id)->n_reminders, 0);
        (void)withdraw(f, c.contract, opened);
        Contracts__CaseById query = CONTRACTS__CASE_BY_ID__INIT;
        query.case_id = case_id;
        (void)fixture_refused(f, coordinator(f), "CaseById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)open_case(f, c.obligation, LATE, a_day(f, 2026, 9, 30)); /* there is none any more */
}

static void test_a_statement_that_was_anothers(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Day *period = a_day(f, 2026, 9, 30);
        char **documents = put_plan(f, plan_on(f, c.clause, ""))->plan->documents;
        (void)receive(f, c.obligation, period, documents[0]);
        uint64_t first = last_act(f);
        days_pass(f, 2);
        (void)receive(f, c.obligation, period, documents[1]);
        const Contracts__StatementRow *row = control_of_contract(f, c.contract)->statements[0];
        assert_int_equal(row->n_documents, 2);
        (void)withdraw(f, c.contract, first);
        row = control_of_contract(f, c.contract)->statements[0];
        assert_int_equal(row->n_documents, 1);
        assert_string_equal(row->documents[0], documents[1]);
        assert_int_equal(row->received_on->days, this_day(f)->days); /* the other one came later */
}

static void test_an_end_and_a_suspension(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        (void)fixture_get(f, contractor(f), "DeclareDifficulty", difficulty_of(f, c.obligation));
        uint64_t difficulty = last_act(f);
        Contracts__DecideRelief *command = relief_of(f, c.obligation, SUSPEND);
        command->from = a_day(f, 2026, 10, 1);
        command->whole_contract = true;
        (void)fixture_get(f, facilitator(f), "DecideRelief", command);
        uint64_t suspended = last_act(f);
        (void)fixture_get(f, facilitator(f), "ResumeExecution", resumption_of(f, c.contract, a_day(f, 2026, 10, 10)));
        uint64_t resumed = last_act(f);
        (void)fixture_get(f, facilitator(f), "EndContract",
                          end_of(f, c.contract, CONTRACTS__CONTRACT_END_KIND__END_COMPLETED));
        uint64_t ended = last_act(f);
        (void)withdraw(f, c.contract, resumed);
        assert_int_equal(facts_of(f, coordinator(f), c.contract)->file->stage, CONTRACTS__CONTRACT_STAGE__ENDED);
        (void)withdraw(f, c.contract, ended);
        assert_int_equal(facts_of(f, coordinator(f), c.contract)->file->stage, CONTRACTS__CONTRACT_STAGE__SUSPENDED);
        (void)withdraw(f, c.contract, suspended);
        assert_int_equal(facts_of(f, coordinator(f), c.contract)->file->stage, CONTRACTS__CONTRACT_STAGE__IN_EXECUTION);
        assert_int_equal(control_of_contract(f, c.contract)->n_reliefs, 0);
        (void)withdraw(f, c.contract, difficulty);
        command->reference = arena_text(&f->arena, "Décision 2026-56");
        (void)fixture_refused(f, facilitator(f), "DecideRelief", command, TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* Without its resumption the first would run into the second. */
static void test_a_resumption_between_two_suspensions(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        (void)fixture_get(f, facilitator(f), "SuspendExecution",
                          order_to_stop(f, c.contract, a_day(f, 2026, 6, 1), NULL));
        uint64_t first = last_act(f);
        (void)fixture_get(f, facilitator(f), "ResumeExecution", resumption_of(f, c.contract, a_day(f, 2026, 7, 1)));
        uint64_t resumed = last_act(f);
        (void)fixture_get(f, facilitator(f), "SuspendExecution",
                          order_to_stop(f, c.contract, a_day(f, 2026, 9, 1), a_day(f, 2026, 9, 10)));
        uint64_t second = last_act(f);
        const Types__Refusal *refusal = not_withdrawn(f, c.contract, resumed, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, arena_printf(&f->arena, "acte n° %llu", (unsigned long long)second)));
        assert_int_equal(control_of_contract(f, c.contract)->progress->suspended_days, 30 + 10);
        (void)withdraw(f, c.contract, second);
        (void)withdraw(f, c.contract, resumed);
        assert_int_equal(control_of_contract(f, c.contract)->progress->suspended_days, 30 + 31 + 31 + 30 + 18);
        (void)withdraw(f, c.contract, first);
        assert_int_equal(control_of_contract(f, c.contract)->progress->suspended_days, 0);
        assert_int_equal(control_of_contract(f, c.contract)->n_suspensions, 0);
}

static void test_who_owes_nothing_yet_may_go(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        uint64_t recorded = last_act(f);
        hours_validated(f, 1, c.obligation, 1, 700);
        const Types__Refusal *refusal = not_withdrawn(f, c.contract, recorded, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "Peintures du Lauragais"));
        hours_validated(f, 2, c.obligation, 1, 0); /* the month was validated by mistake */
        (void)withdraw(f, c.contract, recorded);
        Contracts__ObligationById query = CONTRACTS__OBLIGATION_BY_ID__INIT;
        query.obligation_id = c.obligation;
        (void)fixture_refused(f, coordinator(f), "ObligationById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        hours_validated(f, 3, c.obligation, 1, 800); /* nobody's account */
        assert_int_equal(ledger_sum(f, NULL), 0);
        (void)record_obligation(f, obligation_on(f, c.clause));
}

static void test_what_rests_on_an_obligation(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        uint64_t recorded = last_act(f);
        (void)declare(f, coordinator(f), need_for(f, c.obligation));
        const Types__Refusal *refusal = not_withdrawn(f, c.contract, recorded, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "Peintre en bâtiment"));
}

/* Sentences name who owed the hours then, whoever took them over since. */
static void test_the_day_as_it_was(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        (void)fixture_get(f, facilitator(f), "WaiveHours", waiver_of(f, c.obligation, 5));
        uint64_t before = last_act(f);
        Contracts__AssignObligation command = CONTRACTS__ASSIGN_OBLIGATION__INIT;
        command.obligation_id = c.obligation;
        command.contractor_siret = arena_text(&f->arena, "38012986646850");
        command.contractor_name = arena_text(&f->arena, "Repreneur");
        command.reference = arena_text(&f->arena, "Avenant 3");
        command.assigned_on = a_day(f, 2026, 10, 2);
        (void)fixture_get(f, facilitator(f), "AssignObligation", &command);
        (void)fixture_get(f, facilitator(f), "WaiveHours", waiver_of(f, c.obligation, 5));
        uint64_t after = last_act(f);
        const Contracts__ContractHistoryReply *history = history_of(f, coordinator(f), c.contract);
        assert_non_null(strstr(line_of(history, before)->text, "Peintures du Lauragais"));
        assert_non_null(strstr(line_of(history, after)->text, "Repreneur"));
        (void)withdraw(f, c.contract, after - 1);
        assert_string_equal(see_obligation(f, c.obligation)->contractor_name, "Peintures du Lauragais");
}

static void test_what_the_buyer_decided_itself(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        the_buyer_is_known(f);
        Contracts__WaiveHours *command = waiver_of(f, c.obligation, 10);
        command->decision = NULL;
        (void)fixture_get(f, buyer(f), "WaiveHours", command);
        uint64_t by_buyer = last_act(f);
        (void)fixture_get(f, facilitator(f), "WaiveHours", waiver_of(f, c.obligation, 20));
        uint64_t copied = last_act(f);
        (void)not_withdrawn(f, c.contract, by_buyer, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, buyer(f), "WithdrawAct", withdrawal_of(f, c.contract, copied),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_get(f, buyer(f), "WithdrawAct", withdrawal_of(f, c.contract, by_buyer));
        assert_int_equal(see_obligation(f, c.obligation)->waived->hundredths, 2000);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        (void)fixture_get(f, facilitator(f), "WaiveHours", waiver_of(f, c.obligation, 20));
        uint64_t waived = last_act(f);
        (void)not_withdrawn(f, c.contract, waived + 100, TYPES__REFUSAL_CODE__NOT_FOUND);
        Contracts__ContractRecord *record = a_record(f);
        record->number = arena_text(&f->arena, "2026-099");
        record->object = arena_text(&f->arena, "Autre marché");
        record->notified_on = a_day(f, 2026, 3, 9);
        (void)not_withdrawn(f, import(f, record)->contract_id, waived, TYPES__REFUSAL_CODE__NOT_FOUND);
        const Types__Refusal *refusal = not_withdrawn(f, c.contract, 2, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "PutClause"));
        (void)fixture_refused(f, stranger(f), "WithdrawAct", withdrawal_of(f, c.contract, waived),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        Contracts__WithdrawAct *command = withdrawal_of(f, c.contract, waived);
        command->agreement_id = c.contract;
        (void)fixture_refused(f, coordinator(f), "WithdrawAct", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        command = withdrawal_of(f, NULL, waived);
        (void)fixture_refused(f, coordinator(f), "WithdrawAct", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_it_stays_in_the_history_with_what_withdrew_it, setup,
                                                fixture_close),
                cmocka_unit_test_setup_teardown(test_a_case_climbs_down_step_by_step, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_statement_that_was_anothers, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_an_end_and_a_suspension, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_resumption_between_two_suspensions, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_owes_nothing_yet_may_go, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_rests_on_an_obligation, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_day_as_it_was, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_the_buyer_decided_itself, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
