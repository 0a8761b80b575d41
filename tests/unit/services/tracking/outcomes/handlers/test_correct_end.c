/* An end that was wrong: told again, or taken back. That a replay gives the same tables is proven by each teardown. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/outcomes/told.h"

#define AT_EXIT   TRACKING__OUTCOME_MOMENT__AT_EXIT
#define AT_SIX    TRACKING__OUTCOME_MOMENT__AT_SIX_MONTHS
#define AT_TWELVE TRACKING__OUTCOME_MOMENT__AT_TWELVE_MONTHS

static void test_an_end_is_told_again(void **state)
{
        struct scene *s = *state;
        struct id person, placement = told_ended(s, &person, TRACKING__OUTCOME__DURABLE_JOB);
        (void)fixture_get(&s->f, s->facilitator, "RecordOutcome",
                          told_outcome(s, placement, AT_SIX, TRACKING__OUTCOME__DURABLE_JOB));
        uint64_t before = engine_position(s->f.engine);
        const Tracking__CorrectEndReply *reply =
                fixture_get(&s->f, s->facilitator, "CorrectEnd", told_correction(s, placement));
        assert_int_equal(reply->replaced->days, day_number(scene_day(2025, 9, 30)));
        const Tracking__PlacementEndCorrected *told = scene_last_event(s)->placement_end_corrected;
        assert_int_equal(told->ended_on->days, day_number(scene_day(2025, 8, 31)));
        assert_int_equal(told->was_ended_on->days, day_number(scene_day(2025, 9, 30)));
        assert_int_equal(told->was->outcome, TRACKING__OUTCOME__DURABLE_JOB);
        assert_int_equal(told->now->outcome, TRACKING__OUTCOME__TRANSITION_JOB);
        assert_int_equal(told->n_later, 1);
        assert_int_equal(told->later[0]->at, AT_SIX);
        assert_true(id_equal(id_of(told->prescriber), s->mission_locale));
        struct slice published = scene_published(s, before);
        const char *const private_words[] = {"trompé", "Discrets", "HIRED_ELSEWHERE"};
        for (size_t i = 0; i < ARRAY_SIZE(private_words); i++)
                assert_null(memmem(published.data, published.size, private_words[i], strlen(private_words[i])));

        const Tracking__PlacementView *view = scene_view(s, placement);
        assert_int_equal(view->ended_on->days, day_number(scene_day(2025, 8, 31)));
        assert_int_equal(view->outcome, TRACKING__OUTCOME__TRANSITION_JOB);
}

/* A month after the new end has hours; before its first day; without a reason; one that nobody has seen. */
static void test_refusals(void **state)
{
        struct scene *s = *state;
        struct id person, placement = told_ended(s, &person, TRACKING__OUTCOME__DURABLE_JOB);
        Tracking__SubmitHours *hours = scene_submission(s, placement, 9, 12000);
        hours->month = scene_month(s, 2025, 9);
        (void)fixture_get(&s->f, s->company_user, "SubmitHours", hours);
        Tracking__CorrectEnd *command = told_correction(s, placement);
        assert_string_equal(
                fixture_refused(&s->f, s->facilitator, "CorrectEnd", command, TYPES__REFUSAL_CODE__WRONG_STATE)->field,
                "endedOn");
        command = told_correction(s, placement);
        command->ended_on = scene_date(s, 2025, 3, 9);
        (void)fixture_refused(&s->f, s->facilitator, "CorrectEnd", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = told_correction(s, placement);
        command->ended_on = scene_date(s, 2025, 10, 31);
        command->correction = arena_text(&s->f.arena, "");
        assert_string_equal(
                fixture_refused(&s->f, s->facilitator, "CorrectEnd", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "correction");
        command->correction = arena_text(&s->f.arena, "carte 2 90 05 31 555 123 45");
        (void)fixture_refused(&s->f, s->facilitator, "CorrectEnd", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = told_correction(s, placement);
        command->ended_on = scene_date(s, 2025, 10, 31);
        command->seen--;
        (void)fixture_refused(&s->f, s->facilitator, "CorrectEnd", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        command = told_correction(s, placement);
        command->ended_on = scene_date(s, 2025, 10, 31);
        (void)fixture_refused(&s->f, s->company_user, "CorrectEnd", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->stranger, "CorrectEnd", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_get(&s->f, s->facilitator, "CorrectEnd", command);

        struct id open = scene_placement(s);
        command = told_correction(s, open);
        (void)fixture_refused(&s->f, s->facilitator, "CorrectEnd", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(&s->f, s->facilitator, "ReopenPlacement", told_reopening(s, open),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_it_goes_on(void **state)
{
        struct scene *s = *state;
        struct id person, placement = told_ended(s, &person, TRACKING__OUTCOME__DURABLE_JOB);
        (void)fixture_get(&s->f, s->facilitator, "RecordOutcome",
                          told_outcome(s, placement, AT_SIX, TRACKING__OUTCOME__OTHER_EXIT));
        assert_int_equal(told_due(s, s->facilitator)->n_lines, 1); /* twelve months */
        (void)fixture_get(&s->f, s->facilitator, "ReopenPlacement", told_reopening(s, placement));
        const Tracking__PlacementReopened *told = scene_last_event(s)->placement_reopened;
        assert_int_equal(told->was->outcome, TRACKING__OUTCOME__DURABLE_JOB);
        assert_int_equal(told->was_ended_on->days, day_number(scene_day(2025, 9, 30)));
        assert_int_equal(told->n_later, 1);
        const Tracking__PlacementView *view = scene_view(s, placement);
        assert_false(view->ended);
        assert_null(view->ended_on);
        assert_int_equal(view->n_outcomes, 0);
        assert_int_equal(told_due(s, s->facilitator)->n_lines, 0);

        /* and ends again, for good */
        Tracking__EndPlacement *end = scene_end(s, placement);
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", end);
        assert_int_equal(scene_view(s, placement)->n_outcomes, 1);
}

static void test_not_beside_another(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, placement));
        Tracking__OpenPlacement *opening = scene_opening(s, person);
        opening->starts_on = scene_date(s, 2026, 10, 1);
        struct id other = scene_open_placement(s, opening);
        (void)fixture_refused(&s->f, s->facilitator, "ReopenPlacement", told_reopening(s, placement),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        Tracking__EndPlacement *end = scene_end(s, other);
        end->ended_on = scene_date(s, 2026, 10, 2);
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", end);
        (void)fixture_get(&s->f, s->facilitator, "ReopenPlacement", told_reopening(s, placement));
}

/* The facilitator who had recorded it is told, and the person can read what was set right; erased, nobody can. */
static void test_told_exported_and_erased(void **state)
{
        struct scene *s = *state;
        struct id person, placement = told_ended(s, &person, TRACKING__OUTCOME__DURABLE_JOB);
        Wire__Passport *colleague = fixture_actor(&s->f, TYPES__ROLE__FACILITATOR, NULL, "31");
        colleague->user = arena_text(&s->f.arena, "collègue");
        (void)fixture_get(&s->f, colleague, "CorrectEnd", told_correction(s, placement));
        const Types__ChangedByAnother *change = scene_last_event(s)->changed_by_another;
        assert_non_null(change);
        assert_true(id_equal(id_of(change->accounts[0]), passport_account(s->facilitator)));
        assert_non_null(strstr(change->before, "emploi durable"));
        assert_non_null(strstr(change->after, "emploi de transition"));

        Tracking__ExportPerson export = TRACKING__EXPORT_PERSON__INIT;
        export.beneficiary_id = scene_id(s, person);
        export.reason = arena_text(&s->f.arena, "remettre la copie demandée le 12");
        export.reason_code = arena_text(&s->f.arena, "PERSON_ASKED");
        const Tracking__PersonExport *all = fixture_get(&s->f, s->facilitator, "ExportPerson", &export);
        assert_int_equal(all->n_corrections, 1);
        assert_string_equal(all->corrections[0]->correction, TOLD_CORRECTION);
        assert_string_equal(all->corrections[0]->act, "CorrectEnd");
        assert_string_equal(all->corrections[0]->decided_by, "collègue");
        assert_string_equal(all->file->exits[0]->end_code, "HIRED_ELSEWHERE");
        assert_string_equal(all->file->exits[0]->reason, "embauche chez Discrets et fils");
        assert_int_equal(all->placements[0]->outcomes[0]->outcome, TRACKING__OUTCOME__TRANSITION_JOB);

        Tracking__ErasePerson erasure = TRACKING__ERASE_PERSON__INIT;
        erasure.beneficiary_id = scene_id(s, person);
        erasure.erasure_code = arena_text(&s->f.arena, "PERSON_ASKED");
        const Tracking__ErasePersonReply *erased = fixture_get(&s->f, s->facilitator, "ErasePerson", &erasure);
        assert_int_equal(erased->sealed_parts, 5); /* referral, decision, end, correction, export */
        assert_int_equal(told_due(s, s->facilitator)->n_lines, 0);
        assert_int_equal(scene_view(s, placement)->outcome, TRACKING__OUTCOME__TRANSITION_JOB);
        (void)fixture_refused(&s->f, s->facilitator, "CorrectEnd", told_correction(s, placement),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(&s->f, s->facilitator, "RecordOutcome",
                              told_outcome(s, placement, AT_TWELVE, TRACKING__OUTCOME__DURABLE_JOB),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_non_null(told_at(s, placement, AT_EXIT));
}

static void test_restricted_is_kept(void **state)
{
        struct scene *s = *state;
        struct id person, placement = told_ended(s, &person, TRACKING__OUTCOME__DURABLE_JOB);
        assert_int_equal(told_due(s, s->facilitator)->n_lines, 1);
        Tracking__RestrictPerson restriction = TRACKING__RESTRICT_PERSON__INIT;
        restriction.beneficiary_id = scene_id(s, person);
        restriction.restriction_code = arena_text(&s->f.arena, "ACCURACY_CONTESTED");
        (void)fixture_get(&s->f, s->facilitator, "RestrictPerson", &restriction);
        (void)fixture_refused(&s->f, s->facilitator, "CorrectEnd", told_correction(s, placement),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(&s->f, s->facilitator, "RecordOutcome",
                              told_outcome(s, placement, AT_TWELVE, TRACKING__OUTCOME__DURABLE_JOB),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_int_equal(told_due(s, s->facilitator)->n_lines, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_an_end_is_told_again), TEST(test_refusals),           TEST(test_it_goes_on),
                TEST(test_not_beside_another),   TEST(test_restricted_is_kept), TEST(test_told_exported_and_erased),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
