/* DecideLine: the facilitator's choice and its reason; and the line's way into a contract. */
#include "tests/unit/services/contracts/programming/steps.h"

#define LEVER(NAME) CONTRACTS__LEVER__LEVER_##NAME
#define LINE(NAME)  CONTRACTS__LINE_STATUS__LINE_##NAME

static Contracts__DecideLine *choice(struct fixture *f, Types__Id *line, Contracts__Lever lever)
{
        Contracts__DecideLine *command = pb_new(&contracts__decide_line__descriptor, &f->arena);
        command->line_id = line;
        command->lever = lever;
        command->reason = arena_text(&f->arena, "Accord du service des bâtiments.");
        return command;
}

static const Contracts__LineDecision *decided(struct fixture *f, Contracts__DecideLine *command)
{
        const Contracts__DecideLineReply *reply = fixture_get(f, facilitator(f), "DecideLine", command);
        return reply->decision;
}

static void test_what_differs_is_told(void **state)
{
        struct fixture *f = *state;
        Types__Id *line = import_list(f, two_lines(f))->rows[0]->id;
        const Contracts__LineDecision *decision = decided(f, choice(f, line, LEVER(CONDITION)));
        assert_int_equal(decision->status, LINE(KEPT));
        assert_int_equal(decision->proposed, LEVER(CONDITION));
        assert_false(decision->differs);
        assert_true(decision->score == decision->proposed_score);

        decision = decided(f, choice(f, line, LEVER(CRITERION))); /* she changes her mind */
        assert_true(decision->differs);
        assert_true(decision->score < decision->proposed_score);
        decision = decided(f, choice(f, line, LEVER(NONE)));
        assert_int_equal(decision->status, LINE(DROPPED));

        const Contracts__ProgrammeReply *reply = programme(f, coordinator(f), false);
        assert_int_equal(reply->lines[0]->decision->lever, LEVER(NONE));
        assert_string_equal(reply->lines[0]->decision->rules_version, "leviers-2026-1");
}

static void test_lever_and_status_belong_together(void **state)
{
        static const struct {
                Contracts__Lever lever;
                Contracts__LineStatus status;
                const char *field; /* NULL: granted */
        } vectors[] = {
                {LEVER(UNKNOWN), LINE(STATUS_UNKNOWN), "lever"},
                {LEVER(UNKNOWN), LINE(KEPT), NULL},
                {LEVER(UNKNOWN), LINE(DROPPED), NULL},
                {LEVER(RESERVED), LINE(DROPPED), "status"},
                {LEVER(NONE), LINE(KEPT), "status"},
                {LEVER(NONE), LINE(DROPPED), NULL},
                {LEVER(RESERVED), LINE(KEPT), NULL},
        };
        struct fixture *f = *state;
        Types__Id *line = import_list(f, two_lines(f))->rows[0]->id;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                Contracts__DecideLine *command = choice(f, line, vectors[i].lever);
                command->status = vectors[i].status;
                struct engine_answer answer = fixture_ask(f, facilitator(f), "DecideLine", command);
                assert_string_equal(answer.body != NULL ? "" : answer.refusal->field,
                                    vectors[i].field == NULL ? "" : vectors[i].field);
        }
}

static void test_what_is_refused(void **state)
{
        struct fixture *f = *state;
        Types__Id *line = import_list(f, two_lines(f))->rows[0]->id;
        Contracts__DecideLine *command = choice(f, line, LEVER(CONDITION));
        command->reason = arena_text(&f->arena, "  ");
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "DecideLine", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "reason");
        command = choice(f, line, LEVER(CONDITION));
        command->decided_on = a_day(f, 2027, 1, 1);
        (void)fixture_refused(f, facilitator(f), "DecideLine", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = choice(f, NULL, LEVER(CONDITION));
        (void)fixture_refused(f, facilitator(f), "DecideLine", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "DecideLine",
                              choice(f, line, LEVER(CONDITION)), TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

/* ---- from the line to the contract */

static Contracts__OpenContract *from_line(struct fixture *f, Types__Id *line)
{
        Contracts__OpenContract *command = works_to_open(f);
        command->programme_line_id = line;
        return command;
}

static void test_a_contract_takes_the_line_s_history_over(void **state)
{
        struct fixture *f = *state;
        Types__Id *line = import_list(f, two_lines(f))->rows[0]->id;
        (void)decided(f, choice(f, line, LEVER(CONDITION)));
        Types__Id *contract = opened(f, from_line(f, line));

        const Contracts__ProgrammeReply *reply = programme(f, coordinator(f), false);
        assert_true(id_equal(id_of(reply->lines[0]->contract_id), id_of(contract)));
        Contracts__ContractHistoryRequest query = CONTRACTS__CONTRACT_HISTORY_REQUEST__INIT;
        query.contract_id = contract;
        const Contracts__ContractHistoryReply *history = fixture_get(f, facilitator(f), "ContractHistory", &query);
        assert_int_equal(history->n_lines, 3);
        assert_string_equal(history->lines[0]->event, "ProgrammeLinePut");
        assert_non_null(strstr(history->lines[0]->text, "Inscrit au programme 2027"));
        assert_string_equal(history->lines[1]->event, "LineDecided");
        assert_non_null(strstr(history->lines[1]->text, "levier choisi : condition d'exécution"));
        assert_string_equal(history->lines[2]->event, "ContractOpened");

        Contracts__ImportProgramme *list = a_list(f, LIST_HEADER); /* what the buyer changes later enters it too */
        add_row(f, list, "A1|Extension de l'école|45210000|7 M€|14 mois|T2 2027|Travaux|31000|Mme Rivière");
        (void)import_list(f, list);
        history = fixture_get(f, facilitator(f), "ContractHistory", &query);
        assert_int_equal(history->n_lines, 4);
        assert_non_null(strstr(history->lines[3]->text, "Programme 2027 modifié"));
}

static void test_the_page_of_facts(void **state)
{
        struct fixture *f = *state;
        Types__Id *line = import_list(f, two_lines(f))->rows[0]->id;
        Types__Id *contract = opened(f, from_line(f, line));
        const Contracts__ContractFactsReply *facts = facts_of_contract(f, facilitator(f), contract);
        assert_string_equal(facts->programme_line->line->reference, "A1");
        /* 6,000,000 € of works, as the contract says; launched in April 2027, as the line says */
        assert_int_equal(facts->obligation_check->duty, CONTRACTS__DUTY__DUTY_MANDATORY);

        Contracts__RecordDerogation *derogation = derogation_of(f, NULL);
        derogation->line_id = line; /* of the line is of the contract */
        derogation->facts = NULL;
        (void)fixture_get(f, facilitator(f), "RecordDerogation", derogation);
        facts = facts_of_contract(f, facilitator(f), contract);
        assert_string_equal(facts->derogation->ground, "LIEN_INSUFFISANT");
        assert_string_equal(facts->programme_line->derogation->ground, "LIEN_INSUFFISANT");
}

static void test_which_contracts_may_be_opened(void **state)
{
        struct fixture *f = *state;
        Types__Id *line = import_list(f, two_lines(f))->rows[0]->id;
        Contracts__OpenContract *command = from_line(f, id_to(&f->arena, id_numbered(7)));
        (void)fixture_refused(f, facilitator(f), "OpenContract", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        command = from_line(f, line);
        command->record->buyer_siret = arena_text(&f->arena, "13002526500013");
        (void)fixture_refused(f, facilitator(f), "OpenContract", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)opened(f, from_line(f, line));
        (void)fixture_refused(f, facilitator(f), "OpenContract", from_line(f, line),
                              TYPES__REFUSAL_CODE__ALREADY_EXISTS);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_what_differs_is_told, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_lever_and_status_belong_together, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_refused, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_contract_takes_the_line_s_history_over, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_page_of_facts, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_which_contracts_may_be_opened, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
