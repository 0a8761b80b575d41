/* SuspendExecution: the buyer's own order stops the work; nobody declared a difficulty. */
#include "tests/unit/services/contracts/control/relief.h"
#include "tests/unit/services/contracts/control/several.h"

static void suspend(struct fixture *f, const Contracts__SuspendExecution *command)
{
        (void)fixture_get(f, facilitator(f), "SuspendExecution", command);
}

static const char *last_line(struct fixture *f, Types__Id *contract)
{
        const Contracts__ContractHistoryReply *history = history_of(f, coordinator(f), contract);
        return history->lines[history->n_lines - 1]->text;
}

static void test_the_whole_contract_stands_still(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        the_buyer_is_known(f);
        Contracts__SuspendExecution *command =
                order_to_stop(f, c.contract, a_day(f, 2026, 7, 1), a_day(f, 2026, 9, 30));
        command->ordered_on = a_day(f, 2026, 6, 25);
        command->reference = command->signatory = arena_text(&f->arena, ""); /* it acts itself */
        (void)fixture_get(f, buyer(f), "SuspendExecution", command);
        const Contracts__ControlView *view = control_of_contract(f, c.contract);
        assert_int_equal(view->progress->suspended_days, 92);
        assert_int_equal(view->n_suspensions, 1);
        assert_int_equal(view->suspensions[0]->ordered_on->days, a_day(f, 2026, 6, 25)->days);
        assert_string_equal(last_line(f, c.contract),
                            "Par ordre de service du 25 juin 2026, l'acheteur suspend l'exécution du contrat à partir "
                            "du 1er juillet 2026, jusqu'au 30 septembre 2026 inclus : Fouilles archéologiques.");
        (void)fixture_refused(f, facilitator(f), "OpenCase", opening_of(f, c.obligation, LATE, a_day(f, 2026, 9, 30)),
                              TYPES__REFUSAL_CODE__INVALID_FIELD); /* it demands no statement any more */
        Contracts__FinalStatementRequest request = CONTRACTS__FINAL_STATEMENT_REQUEST__INIT;
        request.contract_id = c.contract;
        const Contracts__FinalStatementReply *statement = fixture_get(f, facilitator(f), "FinalStatement", &request);
        assert_non_null(strstr(statement->text,
                               "Exécution suspendue du 1er juillet 2026 au 30 septembre 2026 par ordre "
                               "de service de l'acheteur du 25 juin 2026."));
}

static void test_one_lot_or_one_company(void **state)
{
        struct fixture *f = *state;
        struct several s = several_obligations(f);
        Contracts__SuspendExecution *command = order_to_stop(f, s.contract, a_day(f, 2026, 10, 9), NULL);
        command->lot = 2;
        suspend(f, command);
        assert_non_null(strstr(last_line(f, s.contract), "Par ordre de service du 18 octobre 2026 (OS 3)"));
        assert_non_null(strstr(last_line(f, s.contract), "l'exécution du lot 2"));
        command->lot = 0;
        command->obligation_id = s.obligations[3];
        suspend(f, command);
        assert_non_null(strstr(last_line(f, s.contract), "jusqu'à la reprise"));
        const Contracts__ContractFactsReply *facts = facts_of(f, coordinator(f), s.contract);
        const uint32_t days[SEVERAL] = {0, 10, 0, 10, 0};
        for (size_t i = 0; i < SEVERAL; i++)
                assert_int_equal(facts->control[i]->progress->suspended_days, days[i]);
        assert_int_equal(facts->file->stage, CONTRACTS__CONTRACT_STAGE__IN_EXECUTION); /* the rest goes on */
}

static void test_lots_go_on_one_by_one(void **state)
{
        struct fixture *f = *state;
        struct several s = several_obligations(f);
        Contracts__SuspendExecution *command = order_to_stop(f, s.contract, a_day(f, 2026, 10, 9), NULL);
        command->lot = 2;
        suspend(f, command);
        command->lot = 3;
        suspend(f, command);
        Contracts__ResumeExecution *resumption = resumption_of(f, s.contract, a_day(f, 2026, 10, 12));
        resumption->lot = 1;
        (void)fixture_refused(f, facilitator(f), "ResumeExecution", resumption, TYPES__REFUSAL_CODE__WRONG_STATE);
        resumption->lot = 2;
        (void)fixture_get(f, facilitator(f), "ResumeExecution", resumption);
        assert_string_equal(last_line(f, s.contract), "L'exécution du lot 2 reprend le 12 octobre 2026.");
        const Contracts__ContractFactsReply *facts = facts_of(f, coordinator(f), s.contract);
        assert_int_equal(facts->control[1]->progress->suspended_days, 3);
        assert_int_equal(facts->control[2]->progress->suspended_days, 10);
        resumption->lot = 0;
        resumption->obligation_id = s.obligations[2]; /* of all the lot, that one company does not end */
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "ResumeExecution", resumption, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "plus large"));
}

/* Whatever came first, and by whatever paper. */
static void test_no_two_overlap(void **state)
{
        struct fixture *f = *state;
        struct several s = several_obligations(f);
        Contracts__SuspendExecution *command =
                order_to_stop(f, s.contract, a_day(f, 2026, 7, 1), a_day(f, 2026, 7, 31));
        command->lot = 2;
        suspend(f, command);
        command->lot = 0; /* of all, the lot among them */
        command->from = a_day(f, 2026, 6, 1);
        command->to = NULL;
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "SuspendExecution", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "une suspension du lot 2 court du 1er juillet 2026 au 31 juillet 2026"));
        assert_non_null(strstr(refusal->text, "au plus tard le 30 juin 2026"));
        command->to = a_day(f, 2026, 6, 30);
        suspend(f, command);

        (void)fixture_get(f, facilitator(f), "DeclareDifficulty", difficulty_of(f, s.obligations[1]));
        Contracts__DecideRelief *relief = relief_of(f, s.obligations[1], SUSPEND);
        relief->from = a_day(f, 2026, 7, 31);
        refusal = fixture_refused(f, facilitator(f), "DecideRelief", relief, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "à partir du 1er août 2026"));
        relief->from = a_day(f, 2026, 8, 1);
        (void)fixture_get(f, facilitator(f), "DecideRelief", relief);
        command->lot = 2;
        command->from = a_day(f, 2026, 9, 1);
        command->to = NULL;
        refusal = fixture_refused(f, facilitator(f), "SuspendExecution", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "ResumeExecution"));
        command->lot = 3; /* another lot */
        suspend(f, command);
}

static void test_letters_say_whose_order_it_was(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        suspend(f, order_to_stop(f, c.contract, a_day(f, 2026, 5, 1), a_day(f, 2026, 5, 31)));
        Types__Id *case_id = open_case(f, c.obligation, CONTRACTS__CASE_GROUND__INSUFFICIENT_PROGRESS, NULL);
        const Contracts__RecordReminderReply *reply =
                fixture_get(f, facilitator(f), "RecordReminder", reminder_in(f, case_id));
        assert_non_null(strstr(reply->text, "L'exécution a été suspendue du 1er mai 2026 au 31 mai 2026 par ordre de "
                                            "service de l'acheteur du 18 octobre 2026 (OS 3)"));
}

static void test_the_end_stands_in_the_calendar(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        suspend(f, order_to_stop(f, c.contract, a_day(f, 2026, 10, 1), a_day(f, 2026, 11, 15)));
        const Contracts__ContractFactsReply *facts = facts_of(f, contractor(f), c.contract);
        bool found = false;
        for (size_t i = 0; i < facts->n_calendar; i++)
                if (strstr(facts->calendar[i]->what, "reprise de l'exécution, suspendue du 1er octobre 2026") != NULL)
                        found = facts->calendar[i]->on->days == a_day(f, 2026, 11, 16)->days;
        assert_true(found);
        assert_int_equal(facts->control[0]->n_suspensions, 1);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Day *day = a_day(f, 2026, 10, 1);
        const struct {
                const char *field;
                Contracts__SuspendExecution *command;
        } rows[] = {
                {"from", order_to_stop(f, c.contract, NULL, NULL)},
                {"from", order_to_stop(f, c.contract, a_day(f, 2026, 1, 1), NULL)}, /* before the contract */
                {"to", order_to_stop(f, c.contract, day, a_day(f, 2026, 9, 30))},
                {"reason", order_to_stop(f, c.contract, day, NULL)},
                {"reference", order_to_stop(f, c.contract, day, NULL)},
                {"signatory", order_to_stop(f, c.contract, day, NULL)},
                {"orderedOn", order_to_stop(f, c.contract, day, NULL)},
                {"obligationId", order_to_stop(f, c.contract, day, NULL)},
        };
        rows[3].command->reason = rows[4].command->reference = rows[5].command->signatory = arena_text(&f->arena, "");
        rows[6].command->ordered_on = a_day(f, 2026, 10, 19);
        rows[7].command->obligation_id = c.obligation;
        rows[7].command->lot = 2;
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
                assert_string_equal(fixture_refused(f, facilitator(f), "SuspendExecution", rows[i].command,
                                                    TYPES__REFUSAL_CODE__INVALID_FIELD)
                                            ->field,
                                    rows[i].field);
        Contracts__SuspendExecution *command = order_to_stop(f, c.contract, day, NULL);
        (void)fixture_refused(f, contractor(f), "SuspendExecution", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, stranger(f), "SuspendExecution", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        Contracts__EndContract *end = end_of(f, c.contract, CONTRACTS__CONTRACT_END_KIND__END_COMPLETED);
        end->ended_on = a_day(f, 2026, 9, 30);
        (void)fixture_get(f, facilitator(f), "EndContract", end);
        assert_non_null(strstr(
                fixture_refused(f, facilitator(f), "SuspendExecution", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->text,
                "terminé"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_whole_contract_stands_still, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_one_lot_or_one_company, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_lots_go_on_one_by_one, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_no_two_overlap, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_letters_say_whose_order_it_was, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_end_stands_in_the_calendar, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
