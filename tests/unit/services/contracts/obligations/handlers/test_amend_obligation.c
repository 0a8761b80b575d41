/* AmendObligation: an amendment posts the difference. */
#include "tests/unit/services/contracts/obligations/scene.h"

static const Types__Refusal *refused(struct fixture *f, Contracts__AmendObligation *command, Types__RefusalCode code)
{
        return fixture_refused(f, facilitator(f), "AmendObligation", command, code);
}

static void test_more_then_less(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        hours_validated(f, 1, scene.lead, 1, 10000);
        Contracts__AmendObligation *command = amendment(f, scene.lead, 650);
        command->ground = CONTRACTS__AMENDMENT_GROUND__NEEDED_ADDITION;
        const Contracts__AmendObligationReply *reply = fixture_get(f, facilitator(f), "AmendObligation", command);
        assert_int_equal(reply->due->hundredths, 65000);
        assert_int_equal(reply->remaining->hundredths, 55000);
        assert_int_equal(reply->n_warnings, 0);
        reply = fixture_get(f, facilitator(f), "AmendObligation", amendment(f, scene.lead, 90));
        assert_int_equal(reply->remaining->hundredths, -1000); /* more was done than is owed now */
        assert_int_equal(reply->n_warnings, 1);
        assert_non_null(strstr(reply->warnings[0], "restent en surplus"));
        balanced(f, scene.lead);
        uint64_t before = told(f);
        (void)fixture_get(f, facilitator(f), "AmendObligation", amendment(f, scene.lead, 90));
        assert_int_equal(told(f), before);

        Contracts__ContractHistoryRequest query = CONTRACTS__CONTRACT_HISTORY_REQUEST__INIT;
        query.contract_id = scene.contract;
        const Contracts__ContractHistoryReply *history = fixture_get(f, buyer(f), "ContractHistory", &query);
        const char *line = history->lines[history->n_lines - 2]->text;
        assert_non_null(strstr(line, "Avenant n° 2 du 1er octobre 2026, L2194-1 2°"));
        assert_non_null(strstr(line, "Travaux supplémentaires"));
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Types__Id *members[2];
        Contracts__AmendObligation *command = amendment(f, scene.lead, 1);
        command->hours = NULL;
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "hours");
        command = amendment(f, scene.lead, 6000001);
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "hours");
        command = amendment(f, scene.lead, 1);
        command->reference = arena_text(&f->arena, "");
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "reference");
        command = amendment(f, scene.lead, 1);
        command->amended_on = a_day(f, 2026, 10, 19);
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "amendedOn");
        command = amendment(f, scene.lead, 1);
        command->reason = arena_text(&f->arena, "");
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "reason");
        (void)fixture_refused(f, buyer(f), "AmendObligation", amendment(f, scene.lead, 1),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "AmendObligation",
                              amendment(f, scene.lead, 1), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        Contracts__ContractRecord *record = a_record(f);
        record->number = arena_text(&f->arena, "other");
        (void)import(f, record);
        f->world.now_ms_value++;
        Contracts__PutClause *put = clause_on(f, scene.contract);
        put->lot = 2;
        Contracts__RecordObligation *framework = obligation_on(f, put_clause(f, put)->clause_id);
        framework->by_invoices = true;
        members[0] = record_obligation(f, framework)->obligation_id;
        command = amendment(f, members[0], 10); /* its invoices decide */
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__WRONG_STATE)->field, "obligationId");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_more_then_less, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
