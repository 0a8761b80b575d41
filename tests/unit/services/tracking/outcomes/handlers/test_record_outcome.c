/* What became of a person: told, not reached, not asked; and whom to ask. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/outcomes/told.h"

#define AT_EXIT   TRACKING__OUTCOME_MOMENT__AT_EXIT
#define AT_SIX    TRACKING__OUTCOME_MOMENT__AT_SIX_MONTHS
#define AT_TWELVE TRACKING__OUTCOME_MOMENT__AT_TWELVE_MONTHS
#define UNKNOWN   TRACKING__OUTCOME__OUTCOME_UNKNOWN
#define DURABLE   TRACKING__OUTCOME__DURABLE_JOB

static const Tracking__RecordOutcomeReply *recorded(struct scene *s, const Tracking__RecordOutcome *command)
{
        return fixture_get(&s->f, s->facilitator, "RecordOutcome", command);
}

static const Types__Refusal *refused(struct scene *s, const Tracking__RecordOutcome *command, Types__RefusalCode code)
{
        return fixture_refused(&s->f, s->facilitator, "RecordOutcome", command, code);
}

static void test_told_at_three_moments(void **state)
{
        struct scene *s = *state;
        struct id person, placement = told_ended(s, &person, UNKNOWN);
        assert_int_equal(told_at(s, placement, AT_EXIT)->outcome, UNKNOWN);
        Tracking__RecordOutcome *command = told_outcome(s, placement, AT_EXIT, TRACKING__OUTCOME__TRANSITION_JOB);
        assert_null(recorded(s, command)->replaced);
        const Tracking__OutcomeRecorded *told = scene_last_event(s)->outcome_recorded;
        assert_non_null(told); /* the first answer replaces nobody's: no one is told that it was changed */
        assert_int_equal(told->now->outcome, TRACKING__OUTCOME__TRANSITION_JOB);
        assert_int_equal(told->ended_on->days, day_number(scene_day(2025, 9, 30)));
        assert_true(id_equal(id_of(told->prescriber), s->mission_locale));
        assert_int_equal(scene_view(s, placement)->outcome, TRACKING__OUTCOME__TRANSITION_JOB);

        (void)recorded(s, told_outcome(s, placement, AT_SIX, DURABLE));
        (void)recorded(s, told_outcome(s, placement, AT_TWELVE, TRACKING__OUTCOME__OTHER_EXIT));
        assert_int_equal(told_at(s, placement, AT_SIX)->outcome, DURABLE);
        assert_int_equal(told_at(s, placement, AT_TWELVE)->outcome, TRACKING__OUTCOME__OTHER_EXIT);
        assert_string_equal(told_at(s, placement, AT_SIX)->source_code, "PERSON");

        /* the company knows the end, and nothing of her life afterwards */
        Tracking__PlacementById query = TRACKING__PLACEMENT_BY_ID__INIT;
        query.placement_id = scene_id(s, placement);
        const Tracking__PlacementView *view = fixture_get(&s->f, s->company_user, "PlacementById", &query);
        assert_int_equal(view->n_outcomes, 1);
        assert_int_equal(view->outcomes[0]->at, AT_EXIT);
}

/* Not reached is neither an answer nor that nobody asked; tried often enough, it is the answer. */
static void test_not_reached(void **state)
{
        struct scene *s = *state;
        struct id person, placement = told_ended(s, &person, DURABLE);
        assert_int_equal(told_due(s, s->facilitator)->n_lines, 1);
        assert_int_equal(told_due(s, s->facilitator)->lines[0]->attempts, 0);
        assert_true(recorded(s, told_not_reached(s, placement, AT_TWELVE, 1))->goes_on);
        const Tracking__OutcomeDueLine *line = told_due(s, s->facilitator)->lines[0];
        assert_int_equal(line->attempts, 1);
        assert_int_equal(line->tried_on->days, day_number(scene_day(2026, 10, 15)));
        assert_string_equal(
                refused(s, told_not_reached(s, placement, AT_TWELVE, 1), TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "attempts");
        assert_true(told_at(s, placement, AT_TWELVE)->not_reached);
        assert_false(recorded(s, told_not_reached(s, placement, AT_TWELVE, 3))->goes_on);
        assert_int_equal(told_due(s, s->facilitator)->n_lines, 0);

        /* and then she calls */
        const Tracking__RecordOutcomeReply *reply = recorded(s, told_outcome(s, placement, AT_TWELVE, DURABLE));
        assert_true(reply->replaced->not_reached);
        assert_false(told_at(s, placement, AT_TWELVE)->not_reached);
}

static void test_an_answer_is_replaced_with_a_reason(void **state)
{
        struct scene *s = *state;
        struct id person, placement = told_ended(s, &person, DURABLE);
        (void)recorded(s, told_outcome(s, placement, AT_TWELVE, DURABLE));
        Tracking__RecordOutcome *command = told_outcome(s, placement, AT_TWELVE, TRACKING__OUTCOME__OTHER_EXIT);
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "correction");
        command->correction = arena_text(&s->f.arena, TOLD_CORRECTION);
        command->seen = 1;
        (void)refused(s, command, TYPES__REFUSAL_CODE__WRONG_STATE);
        command->seen = told_version(s, placement, AT_TWELVE);
        assert_int_equal(recorded(s, command)->replaced->outcome, DURABLE);
        const Tracking__OutcomeRecorded *told = scene_last_event(s)->outcome_recorded;
        assert_int_equal(told->replaced->outcome, DURABLE);
        assert_int_equal(told->now->outcome, TRACKING__OUTCOME__OTHER_EXIT);
}

static void test_refusals(void **state)
{
        struct scene *s = *state;
        struct id person, placement = told_ended(s, &person, DURABLE);
        Tracking__RecordOutcome *command = told_outcome(s, placement, AT_SIX, UNKNOWN);
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "outcome");
        command = told_outcome(s, placement, AT_SIX, DURABLE);
        command->not_reached = true;
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "outcome");
        assert_string_equal(
                refused(s, told_not_reached(s, placement, AT_SIX, 0), TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "attempts");
        command = told_outcome(s, placement, AT_SIX, DURABLE);
        command->source_code = arena_text(&s->f.arena, "");
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "sourceCode");
        command = told_outcome(s, placement, AT_SIX, DURABLE);
        command->known_on = scene_date(s, 2026, 3, 1); /* fifteen days before the six months, at the earliest */
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "knownOn");
        command->known_on = scene_date(s, 2026, 3, 15);
        (void)recorded(s, command);
        command = told_outcome(s, placement, TRACKING__OUTCOME_MOMENT__MOMENT_UNKNOWN, DURABLE);
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "at");
        (void)refused(s, told_outcome(s, scene_placement(s), AT_EXIT, DURABLE), TYPES__REFUSAL_CODE__WRONG_STATE);

        command = told_outcome(s, placement, AT_TWELVE, DURABLE);
        const Wire__Passport *others[] = {s->stranger, s->company_user, s->structure_user, s->prescriber, s->auditor};
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                (void)fixture_refused(&s->f, others[i], "RecordOutcome", command,
                                      i == 0 ? TYPES__REFUSAL_CODE__NOT_FOUND : TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

/* Of each ended placement what has come and is not too long ago; of who has withdrawn, nothing; oldest first. */
static void test_whom_to_ask(void **state)
{
        struct scene *s = *state;
        struct id person, old = told_ended(s, &person, UNKNOWN), recent = scene_placement(s);
        Tracking__EndPlacement *end = scene_end(s, recent);
        end->outcome = UNKNOWN;
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", end);
        (void)told_ended(s, &person, TRACKING__OUTCOME__WITHDRAWN);

        const Tracking__OutcomesDueReply *due = told_due(s, s->facilitator);
        assert_int_equal(due->n_lines, 2); /* its exit is a year ago, its six months more than four months */
        for (size_t i = 0; i < due->n_lines; i++)
                assert_true(id_equal(id_of(due->lines[i]->placement_id), i == 0 ? old : recent) ||
                            id_equal(id_of(due->lines[i]->placement_id), i == 0 ? recent : old));
        assert_false(due->lines[0]->late);
        assert_string_equal(due->lines[0]->territory, "31");
        assert_true(due->lines[0]->acts_next[0] != '\0');
        s->f.world.now_ms_value += (int64_t)31 * 86400000;
        due = told_due(s, s->facilitator);
        assert_true(due->lines[0]->late);
        Tracking__OutcomesDue late = TRACKING__OUTCOMES_DUE__INIT;
        late.late_only = true;
        due = fixture_get(&s->f, s->facilitator, "OutcomesDue", &late);
        assert_int_equal(due->n_lines, 2);
        late.territory = arena_text(&s->f.arena, "81");
        due = fixture_get(&s->f, s->facilitator, "OutcomesDue", &late);
        assert_int_equal(due->n_lines, 0);

        assert_int_equal(told_due(s, s->stranger)->n_lines, 0);
        Tracking__OutcomesDue query = TRACKING__OUTCOMES_DUE__INIT;
        (void)fixture_refused(&s->f, s->company_user, "OutcomesDue", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->prescriber, "OutcomesDue", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

/* One line a page: each once, in the order of days. */
static void test_in_pages(void **state)
{
        enum { PLACEMENTS = 4 };
        struct scene *s = *state;
        struct id person;
        Tracking__OutcomesDue query = TRACKING__OUTCOMES_DUE__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        size_t seen = 0;
        for (int i = 0; i < PLACEMENTS; i++)
                (void)told_ended(s, &person, DURABLE);
        page.limit = 1;
        query.page = &page;
        do {
                const Tracking__OutcomesDueReply *reply = fixture_get(&s->f, s->facilitator, "OutcomesDue", &query);
                assert_true(reply->n_lines <= 1);
                seen += reply->n_lines;
                page.after = reply->next;
        } while (page.after.len > 0);
        assert_int_equal(seen, PLACEMENTS);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_told_at_three_moments),
                TEST(test_not_reached),
                TEST(test_an_answer_is_replaced_with_a_reason),
                TEST(test_refusals),
                TEST(test_whom_to_ask),
                TEST(test_in_pages),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
