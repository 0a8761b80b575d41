/* TakeOverHours: hours of before are in the ledger by month; told again they are replaced; one source a month. */
#include "tests/unit/services/contracts/obligations/taking_over.h"

#include "tests/unit/services/contracts/corrections/withdrawing.h"

static void test_hours_are_posted_by_month(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        Contracts__TakeOverHours *command = take_over(f, obligation);
        (void)add_hours(f, command, 4, "A.B.", 100);
        (void)add_hours(f, command, 4, "C.D.", 51);
        (void)add_hours(f, command, 5, "", 20);
        Contracts__HoursSoFar *invoiced = add_hours(f, command, 5, "", 35);
        invoiced->modality = TYPES__MODALITY__SUBCONTRACTING;
        invoiced->structure_siret = arena_text(&f->arena, STRUCTURE_SIRET);
        const Contracts__TakeOverHoursReply *reply = taken_over(f, command);
        assert_int_equal(reply->n_warnings, 0);
        assert_int_equal(reply->remaining->hundredths, 83300 - 20600);

        const Contracts__ObligationView *view = see_obligation(f, obligation);
        assert_int_equal(view->done->hundredths, 17100);
        assert_int_equal(view->converted->hundredths, 3500);
        assert_int_equal(view->n_entries, 4);
        assert_string_equal(view->entries[1]->cause, "Heures reprises");
        assert_int_equal(view->entries[1]->hours->hundredths, 15100);
        assert_non_null(view->entries[1]->month);
        assert_int_equal(ledger_sum(f, obligation), 0);
        assert_int_equal(ledger_sum(f, NULL), 0);
}

static void test_told_again(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        Contracts__TakeOverHours *command = take_over(f, obligation);
        Contracts__HoursSoFar *line = add_hours(f, command, 4, "A.B.", 100);
        (void)add_hours(f, command, 5, "A.B.", 70);
        (void)taken_over(f, command);
        uint64_t position = engine_position(f->engine);
        (void)taken_over(f, command); /* the same again */
        assert_int_equal(engine_position(f->engine), position);
        line->hours = whole_hours(f, 90);
        line->person = arena_text(&f->arena, "a b"); /* the same person */
        (void)taken_over(f, command);
        assert_int_equal(engine_position(f->engine), position + 1);
        assert_int_equal(see_obligation(f, obligation)->done->hundredths, 16000);
        line->hours = whole_hours(f, 0); /* taken away */
        (void)taken_over(f, command);
        assert_int_equal(see_obligation(f, obligation)->done->hundredths, 7000);
}

static void test_what_is_refused(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        Contracts__TakeOverHours *command = take_over(f, obligation);
        const Types__Refusal *refusal = not_taken_over(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "hours"); /* nothing to take over */

        Contracts__HoursSoFar *line = add_hours(f, command, 4, "Durand Marie", 100);
        refusal = not_taken_over(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "hours[0].person");

        line->person = arena_text(&f->arena, "M.D.");
        line->month = month_to(&f->arena, month_of_day(day_of_civil((struct civil){2026, 2, 1})));
        assert_string_equal(not_taken_over(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "hours[0].month");
        line->month = month_to(&f->arena, month_of_day(day_of_civil((struct civil){2026, 11, 1})));
        assert_string_equal(not_taken_over(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "hours[0].month");

        line->month = month_to(&f->arena, month_of_day(day_of_civil((struct civil){2026, 4, 1})));
        line->modality = TYPES__MODALITY__STAFF_PROVIDED;
        assert_string_equal(not_taken_over(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                            "hours[0].structureSiret");
        line->structure_siret = arena_text(&f->arena, "13002526500014");
        assert_string_equal(not_taken_over(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                            "hours[0].structureSiret");

        line->modality = TYPES__MODALITY__DIRECT_HIRE;
        line->structure_siret = arena_text(&f->arena, "");
        (void)add_hours(f, command, 4, "MD", 20); /* the same person, twice in a month */
        assert_string_equal(not_taken_over(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "hours[1]");
        assert_int_equal(see_obligation(f, obligation)->done->hundredths, 0); /* nothing is half done */
}

static void test_no_month_holds_more(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        Contracts__TakeOverHours *command = take_over(f, obligation);
        (void)add_hours(f, command, 4, "A.B.", 150);
        assert_int_equal(taken_over(f, command)->n_warnings, 0);
        Contracts__HoursSoFar *line = add_hours(f, command, 4, "A.B.", 90); /* of another modality: the same person */
        line->modality = TYPES__MODALITY__SUBCONTRACTING;
        line->structure_siret = arena_text(&f->arena, CONTRACTOR_SIRET);
        const Contracts__TakeOverHoursReply *reply = taken_over(f, command);
        assert_int_equal(reply->n_warnings, 1);
        assert_non_null(strstr(reply->warnings[0], "durée légale"));
        line->hours = whole_hours(f, 150);
        assert_string_equal(not_taken_over(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "hours[1].hours");

        Contracts__TakeOverHours *other = take_over(f, obligation); /* told by another list, counted all the same */
        line = add_hours(f, other, 4, "A.B.", 60);
        line->modality = TYPES__MODALITY__STAFF_PROVIDED;
        line->structure_siret = arena_text(&f->arena, CONTRACTOR_SIRET);
        assert_string_equal(not_taken_over(f, other, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "hours[0].hours");
}

static void test_beyond_what_is_owed(void **state)
{
        struct fixture *f = *state;
        Contracts__TakeOverHours *command = take_over(f, an_obligation(f));
        (void)add_hours(f, command, 9, "", 840);
        (void)add_hours(f, command, 10, "", 10); /* not over yet */
        const Contracts__TakeOverHoursReply *reply = taken_over(f, command);
        assert_int_equal(reply->n_warnings, 2);
        assert_non_null(strstr(reply->warnings[0], "de plus que ce que"));
        assert_non_null(strstr(reply->warnings[1], "n'est pas fini"));
}

/* What tracking tells of a month holds, whichever came first. */
static void test_one_source_a_month(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        Contracts__TakeOverHours *command = take_over(f, obligation);
        (void)add_hours(f, command, 9, "A.B.", 100);
        (void)add_hours(f, command, 10, "A.B.", 70);
        (void)add_hours(f, command, 10, "C.D.", 30);
        Contracts__HoursSoFar *invoiced = add_hours(f, command, 10, "", 35);
        invoiced->modality = TYPES__MODALITY__SUBCONTRACTING;
        invoiced->structure_siret = arena_text(&f->arena, STRUCTURE_SIRET);
        (void)taken_over(f, command);

        hours_validated(f, 1, obligation, 1, 0); /* nothing was validated */
        assert_int_equal(see_obligation(f, obligation)->done->hundredths, 20000);
        hours_validated(f, 2, obligation, 1, 6800);
        assert_int_equal(see_obligation(f, obligation)->done->hundredths, 10000 + 6800);
        assert_int_equal(see_obligation(f, obligation)->converted->hundredths, 3500); /* another account */
        hours_validated(f, 3, obligation, 2, 3100);
        invoice_converted(f, 4, obligation, 9, 4000);
        const Contracts__ObligationView *view = see_obligation(f, obligation);
        assert_int_equal(view->done->hundredths, 10000 + 9900);
        assert_int_equal(view->converted->hundredths, 4000);
        assert_int_equal(ledger_sum(f, obligation), 0);

        const Types__Refusal *refusal = not_taken_over(f, command, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_string_equal(refusal->field, "hours[1].month");
        assert_non_null(strstr(refusal->text, "octobre 2026"));
        hours_validated(f, 5, obligation, 1, 0); /* taken back in tracking: the month is free again */
        hours_validated(f, 6, obligation, 2, 0);
        command->n_hours = 3;
        (void)taken_over(f, command);
        assert_int_equal(see_obligation(f, obligation)->done->hundredths, 20000);
}

static void test_withdrawn(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Types__Id *obligation =
                record_obligation(f, obligation_on(f, put_clause(f, clause_on(f, contract))->clause_id))->obligation_id;
        uint64_t owed = last_act(f);
        Contracts__TakeOverHours *command = take_over(f, obligation);
        Contracts__HoursSoFar *line = add_hours(f, command, 9, "A.B.", 100);
        (void)add_hours(f, command, 8, "A.B.", 10);
        (void)taken_over(f, command);
        uint64_t first = last_act(f);
        line->hours = whole_hours(f, 120);
        (void)taken_over(f, command);
        uint64_t second = last_act(f);
        (void)not_withdrawn(f, contract, owed, TYPES__REFUSAL_CODE__WRONG_STATE);  /* hours rest on it */
        (void)not_withdrawn(f, contract, first, TYPES__REFUSAL_CODE__WRONG_STATE); /* and the second on the first */
        (void)withdraw(f, contract, second);
        assert_int_equal(see_obligation(f, obligation)->done->hundredths, 11000);
        (void)withdraw(f, contract, first);
        const Contracts__ObligationView *view = see_obligation(f, obligation);
        assert_int_equal(view->done->hundredths, 0);
        assert_int_equal(view->remaining->hundredths, 83300);
        (void)taken_over(f, command); /* as if it had never been told */
        assert_int_equal(see_obligation(f, obligation)->done->hundredths, 13000);
        (void)withdraw(f, contract, last_act(f));
        (void)withdraw(f, contract, owed);
        assert_int_equal(ledger_sum(f, NULL), 0);
}

static void test_another_territory(void **state)
{
        struct fixture *f = *state;
        Contracts__TakeOverHours *command = take_over(f, an_obligation(f));
        (void)add_hours(f, command, 9, "A.B.", 100);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "75"), "TakeOverHours", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->obligation_id = id_to(&f->arena, id_numbered(99));
        (void)not_taken_over(f, command, TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_told_in_the_history(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Types__Id *obligation =
                record_obligation(f, obligation_on(f, put_clause(f, clause_on(f, contract))->clause_id))->obligation_id;
        Contracts__TakeOverHours *command = take_over(f, obligation);
        (void)add_hours(f, command, 9, "A.B.", 100);
        (void)add_hours(f, command, 10, "A.B.", 10);
        (void)add_hours(f, command, 10, "C.D.", 10);
        (void)taken_over(f, command);
        hours_validated(f, 1, obligation, 1, 2000);
        Contracts__ContractHistoryRequest query = CONTRACTS__CONTRACT_HISTORY_REQUEST__INIT;
        query.contract_id = contract;
        const Contracts__ContractHistoryReply *history = fixture_get(f, coordinator(f), "ContractHistory", &query);
        bool is_taken_over = false, is_replaced = false;
        for (size_t i = 0; i < history->n_lines; i++) {
                const char *text = history->lines[i]->text;
                is_taken_over =
                        is_taken_over || (strstr(text, " reprises le ") != NULL &&
                                          strstr(text, "de septembre 2026 à octobre 2026, 2 personnes") != NULL);
                is_replaced = is_replaced || strstr(text, "pour octobre 2026 (") != NULL;
                assert_null(strstr(text, "A.B."));
        }
        assert_true(is_taken_over && is_replaced);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_hours_are_posted_by_month, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_told_again, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_refused, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_no_month_holds_more, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_beyond_what_is_owed, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_one_source_a_month, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_withdrawn, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_another_territory, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_told_in_the_history, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
