/* Imports: the lists that were taken, to whom they are shown, and what became of them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/hours/lists.h"

static const Tracking__ImportsReply *imports(struct scene *s, const Wire__Passport *actor)
{
        Tracking__Imports query = TRACKING__IMPORTS__INIT;
        return fixture_get(&s->f, actor, "Imports", &query);
}

static void test_newest_first_with_what_came_of_them(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        Tracking__ImportHours *command = hours_list(s, HOURS_HEADER);
        hours_row(s, command, placement, "|avril 2026|10");
        hours_row(s, command, placement, "|avril 2026|dix");
        Types__Id *batch = import_hours(s, command)->batch_id;
        command = hours_list(s, HOURS_HEADER);
        hours_row(s, command, placement, "|mai 2026|10");
        command->list->is_last = false;
        (void)import_hours(s, command);
        (void)fixture_get(&s->f, s->structure_user, "UndoHoursImport", undo_of(s, batch));

        const Tracking__ImportsReply *reply = imports(s, s->facilitator);
        assert_int_equal(reply->n_imports, 2);
        assert_false(reply->imports[0]->is_whole);
        const Types__ImportBatch *first = reply->imports[1];
        assert_true(id_equal(id_of(first->batch_id), id_of(batch)));
        assert_string_equal(first->file_name, "heures.csv");
        assert_string_equal(first->undone_because, "mauvais fichier");
        assert_int_equal(first->created, 1);
        assert_int_equal(first->rejected, 1);
        assert_int_equal(first->taken_back, 1);
}

static void test_who_sees_them(void **state)
{
        struct scene *s = *state;
        Tracking__ImportHours *command = hours_list(s, HOURS_HEADER);
        hours_row(s, command, scene_placement(s), "|avril 2026|10");
        (void)import_hours(s, command);
        const Wire__Passport *seers[] = {s->facilitator, s->coordinator, s->auditor, s->structure_user};
        const Wire__Passport *others[] = {s->stranger, s->company_user, s->other_company_user};
        for (size_t i = 0; i < ARRAY_SIZE(seers); i++)
                assert_int_equal(imports(s, seers[i])->n_imports, 1);
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                assert_int_equal(imports(s, others[i])->n_imports, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_newest_first_with_what_came_of_them, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_who_sees_them, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
