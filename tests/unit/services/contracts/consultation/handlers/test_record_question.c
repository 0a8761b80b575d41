/* RecordQuestion: who asked and in which words stays with the facilitators of the territory. */
#include "tests/unit/services/contracts/consultation/consultation_fixture.h"

/* Whether the published events of the daemon hold the text anywhere. */
static bool is_told_to_others(struct fixture *f, const char *text)
{
        struct slice batch = engine_events_after(f->engine, 0, 1 << 20, &f->arena);
        size_t size = strlen(text);
        for (size_t i = 0; i + size <= batch.size; i++)
                if (memcmp(batch.data + i, text, size) == 0)
                        return true;
        return false;
}

static void test_what_is_sealed(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_consultation(f);
        Types__Id *question = a_question(f, contract);
        (void)fixture_get(f, facilitator(f), "DraftAnswer", draft_of(f, question));
        assert_true(is_told_to_others(f, "Jean-Jaurès"));
        static const char *const sealed[] = {"Durand", "apprentis", CONTRACTOR_SIRET, "Mme Contact"};
        for (size_t i = 0; i < ARRAY_SIZE(sealed); i++)
                assert_false(is_told_to_others(f, sealed[i]));
}

static void test_late_ones_are_told(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_consultation(f);
        Contracts__RecordQuestion *command = question_on(f, contract);
        const Contracts__RecordQuestionReply *reply = fixture_get(f, the_buyer(f), "RecordQuestion", command);
        assert_int_equal(reply->number, 1);
        assert_false(reply->asked_late);
        f->world.now_ms_value += 20 * A_DAY_MS; /* 2026-11-07 */
        command->received_on = a_day(f, 2026, 11, 5);
        reply = fixture_get(f, facilitator(f), "RecordQuestion", command);
        assert_int_equal(reply->number, 2);
        assert_true(reply->asked_late);
        const Contracts__ContractFactsReply *facts = see_facts(f, facilitator(f), contract);
        assert_int_equal(facts->consultation->pending, 2);
        assert_int_equal(facts->consultation->information_state, CONTRACTS__DEADLINE_STATE__DEADLINE_LATE);
        assert_int_equal(facts->consultation->n_warnings, 1);
        assert_non_null(strstr(facts->history[0]->text, "hors délai"));
        size_t late = 0;
        for (size_t i = 0; i < facts->n_calendar; i++)
                late += facts->calendar[i]->state == CONTRACTS__CALENDAR_STATE__LATE;
        assert_int_equal(late, 3); /* the last day, and both questions */
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_consultation(f);
        Contracts__RecordQuestion *command = question_on(f, a_contract(f));
        (void)fixture_refused(f, facilitator(f), "RecordQuestion", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        command = question_on(f, contract);
        command->received_on = a_day(f, 2026, 9, 30);
        (void)fixture_refused(f, facilitator(f), "RecordQuestion", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = question_on(f, contract);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "RecordQuestion", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 6), "RecordQuestion", command,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_what_is_sealed, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_late_ones_are_told, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
