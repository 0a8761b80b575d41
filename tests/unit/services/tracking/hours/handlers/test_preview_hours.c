/* PreviewHours: the verdicts of ImportHours, and nothing recorded. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/hours/lists.h"

static void test_the_same_verdicts_and_nothing_kept(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        Tracking__ImportHours *command = hours_list(s, HOURS_HEADER);
        same_file(s, command, 7);
        hours_row(s, command, placement, "|avril 2026|10");
        hours_row(s, command, placement, "|mai 2026|dix");
        uint64_t position = engine_position(s->f.engine);
        const Types__ListReport *shown = preview_hours(s, command);
        assert_int_equal(engine_position(s->f.engine), position);
        assert_string_equal(shown->mostly_known, "");
        assert_null(shown->batch_id);
        const Types__ListReport *done = import_hours(s, command);
        assert_int_equal(shown->n_rows, done->n_rows);
        for (size_t i = 0; i < shown->n_rows; i++)
                assert_int_equal(shown->rows[i]->outcome, done->rows[i]->outcome);
        shown = preview_hours(s, command);
        assert_non_null(strstr(shown->mostly_known, "déjà été importée"));
        assert_int_equal(shown->unchanged, 1);
}

static void test_who_may(void **state)
{
        struct scene *s = *state;
        Tracking__PreviewHours query = TRACKING__PREVIEW_HOURS__INIT;
        query.territory = (char[]){"31"};
        query.list = hours_list(s, HOURS_HEADER)->list;
        (void)fixture_refused(&s->f, s->auditor, "PreviewHours", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        query.sender = scene_id(s, s->company);
        (void)fixture_refused(&s->f, s->structure_user, "PreviewHours", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_get(&s->f, s->facilitator, "PreviewHours", &query);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_same_verdicts_and_nothing_kept, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_who_may, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
