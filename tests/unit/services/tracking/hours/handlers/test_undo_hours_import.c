/* UndoHoursImport: what still stands as the import left it goes back; the rest is told, and why. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/service/batches.h"
#include "tests/unit/services/tracking/hours/lists.h"

static const Types__UndoReport *undo(struct scene *s, Types__Id *batch)
{
        const Tracking__UndoHoursImportReply *reply =
                fixture_get(&s->f, s->structure_user, "UndoHoursImport", undo_of(s, batch));
        return reply->report;
}

static void test_new_months_go_and_corrected_ones_go_back(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        Tracking__ImportHours *first = hours_list(s, HOURS_HEADER), *second = hours_list(s, HOURS_HEADER);
        hours_row(s, first, placement, "|avril 2026|0");
        (void)import_hours(s, first);
        hours_row(s, second, placement, "|avril 2026|12");
        hours_row(s, second, placement, "|mai 2026|13");
        Types__Id *batch = import_hours(s, second)->batch_id;
        const Types__UndoReport *report = undo(s, batch);
        assert_int_equal(report->taken_back, 2);
        assert_int_equal(report->kept, 0);
        assert_int_equal(stated(s, placement, 4), 0); /* as it was: none done, and that was said */
        assert_int_equal(stated(s, placement, 5), -1);
        (void)fixture_refused(&s->f, s->structure_user, "UndoHoursImport", undo_of(s, batch),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_int_equal(import_hours(s, second)->doubtful, 1); /* april is nobody's list any more */
        assert_int_equal(stated(s, placement, 5), 1300);
}

static void test_what_something_happened_to_stays(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s), ended = scene_placement(s);
        Tracking__ImportHours *command = hours_list(s, HOURS_HEADER);
        hours_row(s, command, placement, "|avril 2026|10");
        hours_row(s, command, placement, "|mai 2026|11");
        hours_row(s, command, placement, "|juin 2026|12");
        hours_row(s, command, ended, "|juin 2026|13");
        Types__Id *batch = import_hours(s, command)->batch_id;
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 4));
        scene_submit(s, placement, 5, 1200);
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, ended)); /* its hours are as they were */
        const Types__UndoReport *report = undo(s, batch);
        assert_int_equal(report->taken_back, 2);
        assert_int_equal(report->kept, 2);
        assert_int_equal(report->rows[0]->number, 3); /* from the last on */
        assert_non_null(strstr(report->rows[0]->why, "déclarées de nouveau"));
        assert_int_equal(report->rows[1]->number, 2);
        assert_non_null(strstr(report->rows[1]->why, "validées depuis"));
        assert_int_equal(stated(s, placement, 4), 1000);
        assert_int_equal(stated(s, placement, 5), 1200);
        assert_int_equal(stated(s, placement, 6), -1);
        assert_int_equal(stated(s, ended, 6), -1);
}

/* More rows than one command takes back. */
static void test_a_long_batch_takes_several(void **state)
{
        enum { PLACEMENTS = 101, MONTHS = 5 }; /* 505 */
        struct scene *s = *state;
        Tracking__ImportHours *command = hours_list(s, HOURS_HEADER);
        struct id last = {{0}};
        for (int i = 0; i < PLACEMENTS; i++) {
                last = scene_placement(s);
                for (int month = 4; month < 4 + MONTHS; month++)
                        hours_row(s, command, last, arena_printf(&s->f.arena, "|%d/2026|10", month));
        }
        Types__Id *batch = import_hours(s, command)->batch_id;
        const Types__UndoReport *report = undo(s, batch);
        assert_true(report->goes_on);
        assert_int_equal(report->taken_back, BATCH_UNDO_ROWS);
        assert_int_equal(stated(s, last, 4), -1);
        report = undo(s, batch);
        assert_false(report->goes_on);
        assert_int_equal(report->taken_back, PLACEMENTS * MONTHS - BATCH_UNDO_ROWS);
}

static void test_whose(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        Tracking__ImportHours *command = hours_list(s, HOURS_HEADER);
        hours_row(s, command, placement, "|avril 2026|10");
        Tracking__UndoHoursImport *of = undo_of(s, import_hours(s, command)->batch_id);
        (void)fixture_refused(&s->f, s->company_user, "UndoHoursImport", of, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->stranger, "UndoHoursImport", of, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->auditor, "UndoHoursImport", of, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        of->reason = arena_text(&s->f.arena, " ");
        (void)fixture_refused(&s->f, s->facilitator, "UndoHoursImport", of, TYPES__REFUSAL_CODE__INVALID_FIELD);
        of->reason = arena_text(&s->f.arena, "mauvais mois");
        (void)fixture_get(&s->f, s->facilitator, "UndoHoursImport", of);
        assert_int_equal(stated(s, placement, 4), -1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_new_months_go_and_corrected_ones_go_back, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_what_something_happened_to_stays, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_long_batch_takes_several, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_whose, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
