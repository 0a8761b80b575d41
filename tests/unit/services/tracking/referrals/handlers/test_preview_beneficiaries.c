/* PreviewBeneficiaries: what ImportBeneficiaries would say, and nothing is recorded, no key made. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/referrals/lists.h"

static void test_it_says_what_the_import_says(void **state)
{
        struct scene *s = *state;
        Tracking__ImportBeneficiaries *command = persons_list(s, PERSONS_HEADER);
        sent_row(&s->f.arena, command->list, "Quatrebarbes|Zéphirine|17/05/1990|F||");
        sent_row(&s->f.arena, command->list, "Quatrebarbes|Anatole|17/05/90|H||");
        uint64_t position = engine_position(s->f.engine);
        const Types__ListReport *preview = preview_persons(s, s->prescriber, command);
        assert_int_equal(engine_position(s->f.engine), position);
        assert_null(preview->batch_id);
        assert_int_equal(persons(s), 0);
        const Types__ListReport *report = import_persons(s, command);
        for (size_t i = 0; i < report->n_rows; i++)
                assert_true(
                        slice_equal(pb_encode(report->rows[i], &s->f.arena), pb_encode(preview->rows[i], &s->f.arena)));
        assert_int_equal(preview->created, 1);
        assert_int_equal(preview->rejected, 1); /* of which century? */
}

/* However many a prescriber has referred: no file is opened. */
static void test_a_prescriber_of_many(void **state)
{
        enum { LISTS = 4, ROWS = 450 };
        struct scene *s = *state;
        Tracking__ImportBeneficiaries *command = NULL;
        for (int part = 0; part < LISTS; part++) {
                command = persons_list(s, PERSONS_HEADER);
                for (int i = 0; i < ROWS; i++)
                        sent_row(&s->f.arena, command->list,
                                 arena_printf(&s->f.arena, "Nom %c%c%c|Prénom|17/05/1990|F||", 'A' + part, 'A' + i / 26,
                                              'A' + i % 26));
                assert_int_equal(import_persons(s, command)->created, ROWS);
        }
        Tracking__PreviewBeneficiaries query = TRACKING__PREVIEW_BENEFICIARIES__INIT;
        query.territory = command->territory;
        query.list = command->list;
        const Tracking__PreviewBeneficiariesReply *reply =
                fixture_get(&s->f, s->prescriber, "PreviewBeneficiaries", &query);
        assert_int_equal(reply->report->unchanged, ROWS);
        command->list->go_on = true;
        assert_int_equal(import_persons(s, command)->unchanged, ROWS);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_it_says_what_the_import_says, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_prescriber_of_many, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
