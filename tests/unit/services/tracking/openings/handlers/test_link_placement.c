/* Placements that continue another one: said when they open, said afterwards, taken back; what is asked and counted. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/outcomes/told.h"
#include "tests/unit/services/tracking/persons/doubles.h"

#define UNKNOWN TRACKING__OUTCOME__OUTCOME_UNKNOWN
#define DURABLE TRACKING__OUTCOME__DURABLE_JOB
#define WRONG   TYPES__REFUSAL_CODE__WRONG_STATE
#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD

/* With another employer, from October 2025 on: the one before ended on 30 September. */
static Tracking__OpenPlacement *next_of(struct scene *s, struct id person, struct id before)
{
        Tracking__OpenPlacement *command = scene_opening(s, person);
        command->modality = TYPES__MODALITY__DIRECT_HIRE;
        command->employer = command->host_company = scene_id(s, s->company);
        command->starts_on = scene_date(s, 2025, 10, 13);
        command->continues_placement_id = id_is_zero(before) ? NULL : scene_id(s, before);
        return command;
}

static Tracking__LinkPlacement *linking(struct scene *s, struct id placement, struct id before)
{
        Tracking__LinkPlacement *command = pb_new(&tracking__link_placement__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->continues_placement_id = id_is_zero(before) ? NULL : scene_id(s, before);
        command->correction = arena_text(&s->f.arena, TOLD_CORRECTION);
        command->seen = scene_view(s, placement)->link_version;
        return command;
}

static const Types__Refusal *refused_opening(struct scene *s, const Tracking__OpenPlacement *command,
                                             Types__RefusalCode code)
{
        return fixture_refused(&s->f, s->facilitator, "OpenPlacement", command, code);
}

static const Types__Refusal *refused(struct scene *s, const Tracking__LinkPlacement *command, Types__RefusalCode code)
{
        return fixture_refused(&s->f, s->facilitator, "LinkPlacement", command, code);
}

static bool are_linked(struct scene *s, struct id before, struct id after)
{
        const Tracking__PlacementView *first = scene_view(s, before), *second = scene_view(s, after);
        bool is_told = second->continues_placement_id != NULL;
        assert_int_equal(is_told, first->continued_by != NULL);
        return is_told && id_equal(id_of(second->continues_placement_id), before) &&
               id_equal(id_of(first->continued_by), after);
}

/* Said at the opening: told both ways, in the pathway too; whoever counted its end counts it no more. */
static void test_opened_as_the_next(void **state)
{
        struct scene *s = *state;
        struct id person, first = told_ended(s, &person, UNKNOWN);
        struct id second = scene_open_placement(s, next_of(s, person, first));
        const Tracking__PlacementOpened *opened = scene_last_event(s)->placement_opened;
        assert_true(id_equal(id_of(opened->continues_placement_id), first));
        assert_int_equal(opened->continued_end->ended_on->days, day_number(scene_day(2025, 9, 30)));
        assert_true(are_linked(s, first, second));
        Tracking__Pathway query = TRACKING__PATHWAY__INIT;
        query.beneficiary_id = scene_id(s, person);
        const Tracking__PathwayReply *path = fixture_get(&s->f, s->facilitator, "Pathway", &query);
        assert_int_equal(path->n_placements, 2);
        for (size_t i = 0; i < path->n_placements; i++) {
                const Tracking__PathwayPlacement *one = path->placements[i];
                bool is_first = id_equal(id_of(one->placement_id), first);
                const Types__Id *told = is_first ? one->continued_by : one->continues_placement_id;
                assert_true(id_equal(id_of(told), is_first ? second : first));
                assert_null(is_first ? one->continues_placement_id : one->continued_by);
        }
}

/* The structure of the first one does not read where she works since. */
static void test_told_to_whom_reads_both(void **state)
{
        struct scene *s = *state;
        struct id person, first = told_ended(s, &person, UNKNOWN);
        Tracking__OpenPlacement *opening = next_of(s, person, first);
        opening->employer = opening->host_company = scene_id(s, s->other_company);
        opening->employer_name = arena_text(&s->f.arena, "Une autre entreprise");
        struct id second = scene_open_placement(s, opening);
        Tracking__PlacementById query = TRACKING__PLACEMENT_BY_ID__INIT;
        query.placement_id = scene_id(s, first);
        const Tracking__PlacementView *view = fixture_get(&s->f, s->structure_user, "PlacementById", &query);
        assert_null(view->continued_by);
        query.placement_id = scene_id(s, second);
        view = fixture_get(&s->f, s->other_company_user, "PlacementById", &query);
        assert_null(view->continues_placement_id);
}

/* Nobody is asked of one that is continued, and nobody answers; of the last one all three moments are. */
static void test_outcome_of_the_last(void **state)
{
        struct scene *s = *state;
        struct id person, first = told_ended(s, &person, UNKNOWN);
        assert_int_equal(told_due(s, s->facilitator)->n_lines, 1);
        struct id second = scene_open_placement(s, next_of(s, person, first));
        assert_int_equal(told_due(s, s->facilitator)->n_lines, 0);
        (void)fixture_refused(&s->f, s->facilitator, "RecordOutcome",
                              told_outcome(s, first, TRACKING__OUTCOME_MOMENT__AT_EXIT, DURABLE), WRONG);
        Tracking__CorrectEnd *correction = told_correction(s, first);
        assert_string_equal(fixture_refused(&s->f, s->facilitator, "CorrectEnd", correction, WRONG)->field, "outcome");
        correction->outcome = UNKNOWN;
        (void)fixture_get(&s->f, s->facilitator, "CorrectEnd", correction);
        (void)fixture_refused(&s->f, s->facilitator, "ReopenPlacement", told_reopening(s, first), WRONG);
        Tracking__EndPlacement *end = scene_end(s, second);
        end->ended_on = scene_date(s, 2026, 9, 1);
        end->outcome = UNKNOWN;
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", end);
        const Tracking__OutcomesDueReply *due = told_due(s, s->facilitator);
        assert_int_equal(due->n_lines, 1);
        assert_true(id_equal(id_of(due->lines[0]->placement_id), second));
}

static void test_days_of_both(void **state)
{
        struct scene *s = *state;
        struct id person, first = told_ended(s, &person, UNKNOWN);
        Tracking__OpenPlacement *command = next_of(s, person, first);
        command->starts_on = scene_date(s, 2025, 9, 30);
        command->obligation_id = scene_id(s, s->unpriced);
        assert_string_equal(refused_opening(s, command, WRONG)->field, "continuesPlacementId");
        command->starts_on = scene_date(s, 2025, 10, 1);
        struct id second = scene_open_placement(s, command);
        Tracking__CorrectEnd *correction = told_correction(s, first);
        correction->outcome = UNKNOWN;
        correction->ended_on = scene_date(s, 2025, 10, 1);
        assert_string_equal(fixture_refused(&s->f, s->facilitator, "CorrectEnd", correction, WRONG)->field, "endedOn");
        Tracking__CorrectPlacement earlier = TRACKING__CORRECT_PLACEMENT__INIT;
        earlier.placement_id = scene_id(s, second);
        earlier.correction_code = arena_text(&s->f.arena, "PAPER");
        earlier.starts_on = scene_date(s, 2025, 9, 29);
        earlier.weekly_hours = scene_hours(s, 3500);
        earlier.rome_code = command->rome_code;
        earlier.work_contract = command->work_contract;
        earlier.seen = scene_view(s, second)->version;
        assert_string_equal(fixture_refused(&s->f, s->facilitator, "CorrectPlacement", &earlier, WRONG)->field,
                            "startsOn");
}

/* One that goes on is ended first. */
static void test_what_goes_on(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s), first = scene_open_placement(s, scene_opening(s, person));
        Tracking__OpenPlacement *command = next_of(s, person, first);
        command->starts_on = scene_date(s, 2026, 10, 1);
        command->obligation_id = scene_id(s, s->unpriced);
        assert_non_null(strstr(refused_opening(s, command, WRONG)->text, "terminez-le"));
}

static void test_of_whom(void **state)
{
        struct scene *s = *state;
        struct id person, stranger, first = told_ended(s, &person, UNKNOWN), other = told_ended(s, &stranger, UNKNOWN);
        assert_non_null(strstr(refused_opening(s, next_of(s, person, other), INVALID)->text, "person merge"));
        (void)refused_opening(s, next_of(s, person, scene_name("elsewhere")), TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)scene_open_placement(s, next_of(s, person, first));
        Tracking__OpenPlacement *again = next_of(s, person, first);
        again->obligation_id = scene_id(s, s->unpriced);
        (void)refused_opening(s, again, TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        /* merged, they are one person; set apart again, nothing is said of two */
        (void)fixture_get(&s->f, s->facilitator, "MergePersons", merging(s, person, stranger));
        again->continues_placement_id = scene_id(s, other);
        struct id third = scene_open_placement(s, again);
        assert_true(are_linked(s, other, third));
        (void)fixture_get(&s->f, s->facilitator, "UnmergePersons", unmerging(s, stranger));
        assert_false(are_linked(s, other, third));
}

static void test_said_afterwards_and_taken_back(void **state)
{
        struct scene *s = *state;
        struct id person, none = {{0}}, first = told_ended(s, &person, DURABLE);
        struct id second = scene_open_placement(s, next_of(s, person, none));
        Tracking__LinkPlacement *command = linking(s, second, first);
        command->correction = arena_text(&s->f.arena, "");
        assert_string_equal(refused(s, command, INVALID)->field, "correction");
        (void)fixture_get(&s->f, s->facilitator, "LinkPlacement", linking(s, second, first));
        const Tracking__PlacementLinked *linked = scene_last_event(s)->placement_linked;
        assert_int_equal(linked->taken_out->exit->outcome, DURABLE);
        assert_null(linked->put_back);
        assert_true(are_linked(s, first, second));
        (void)refused(s, linking(s, second, first), WRONG);
        (void)refused(s, linking(s, second, second), INVALID);
        Tracking__LinkPlacement *late = linking(s, second, none);
        late->seen = 1;
        (void)refused(s, late, WRONG);
        (void)fixture_get(&s->f, s->facilitator, "LinkPlacement", linking(s, second, none));
        linked = scene_last_event(s)->placement_linked;
        assert_null(linked->taken_out);
        assert_int_equal(linked->put_back->exit->outcome, DURABLE);
        assert_false(are_linked(s, first, second));
        (void)refused(s, linking(s, second, none), WRONG);
        (void)fixture_refused(&s->f, s->stranger, "LinkPlacement", linking(s, second, first),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* Who had said it is told; why is hers to read. */
static void test_told_to_who_had_said_it(void **state)
{
        struct scene *s = *state;
        struct id person, none = {{0}}, first = told_ended(s, &person, UNKNOWN);
        struct id second = scene_open_placement(s, next_of(s, person, first));
        (void)fixture_get(&s->f, scene_colleague(s), "LinkPlacement", linking(s, second, none));
        const Types__ChangedByAnother *told = scene_last_event(s)->changed_by_another;
        assert_non_null(told);
        assert_non_null(strstr(told->thing, "la suite du parcours"));
        assert_string_equal(told->after, "à la suite d'aucun");
        Tracking__ExportPerson export = TRACKING__EXPORT_PERSON__INIT;
        export.beneficiary_id = scene_id(s, person);
        export.reason_code = arena_text(&s->f.arena, "PERSON_ASKED");
        export.reason = arena_text(&s->f.arena, "copie demandée le 12");
        const Tracking__PersonExport *whole = fixture_get(&s->f, s->facilitator, "ExportPerson", &export);
        assert_int_equal(whole->n_corrections, 1);
        assert_string_equal(whole->corrections[0]->correction, TOLD_CORRECTION);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_opened_as_the_next),
                TEST(test_told_to_whom_reads_both),
                TEST(test_outcome_of_the_last),
                TEST(test_days_of_both),
                TEST(test_what_goes_on),
                TEST(test_of_whom),
                TEST(test_said_afterwards_and_taken_back),
                TEST(test_told_to_who_had_said_it),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
