#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/scene.h"

/* Tutor and referent are persons too: their key destroyed, their names are gone for good, and all else stays; the
 * tables still follow from the log (scene_close() compares them). */
static void test_contacts_whose_key_is_destroyed(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_open_placement(s, scene_opening(s, scene_eligible_person(s)));
        vault_destroy_key(engine_vault(s->f.engine), placement);
        assert_int_equal(vault_flush(engine_vault(s->f.engine), NULL), 0);
        const Tracking__PlacementView *view = scene_view(s, placement);
        assert_string_equal(view->tutor, "");
        assert_string_equal(view->referent, "");
        assert_int_equal(view->starts_on->days, day_number(scene_day(2026, 3, 10)));
        fixture_reopen(&s->f);
        assert_string_equal(scene_view(s, placement)->tutor, "");
        scene_key_again(s, placement);
        fixture_verify(&s->f);
}

/* PlacementById shows the view: what was asked for is there, and the months that have a statement, in order. */
static void test_all_that_was_recorded(void **state)
{
        struct scene *s = *state;
        Tracking__OpenPlacement *command = scene_opening(s, scene_eligible_person(s));
        command->ends_on = scene_date(s, 2027, 3, 9);
        struct id placement = scene_open_placement(s, command);
        scene_submit(s, placement, 5, 12000);
        scene_submit(s, placement, 3, 8000);
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 3));

        const Tracking__PlacementView *view = scene_view(s, placement);
        assert_true(id_equal(id_of(view->beneficiary_id), id_of(command->beneficiary_id)));
        assert_true(id_equal(id_of(view->obligation_id), s->obligation));
        assert_int_equal(view->modality, TYPES__MODALITY__STAFF_PROVIDED);
        assert_true(id_equal(id_of(view->employer), s->structure));
        assert_true(id_equal(id_of(view->host_company), s->company));
        assert_string_equal(view->tutor, "M. Tuteur");
        assert_string_equal(view->referent, "Mme Référente");
        assert_int_equal(view->starts_on->days, day_number(scene_day(2026, 3, 10)));
        assert_int_equal(view->ends_on->days, day_number(scene_day(2027, 3, 9)));
        assert_int_equal(view->weekly_hours->hundredths, 3500);
        assert_string_equal(view->rome_code, "F1703");
        assert_string_equal(view->work_contract, "CDDI");
        assert_null(view->ended_on);
        assert_int_equal(view->outcome, TRACKING__OUTCOME__OUTCOME_UNKNOWN);

        assert_int_equal(view->n_months, 2);
        assert_int_equal(view->months[0]->month->months, scene_month(s, 2026, 3)->months);
        assert_int_equal(view->months[0]->submitted->hundredths, 8000);
        assert_int_equal(view->months[0]->validated->hundredths, 8000);
        assert_int_equal(view->months[1]->month->months, scene_month(s, 2026, 5)->months);
        assert_null(view->months[1]->validated);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_contacts_whose_key_is_destroyed, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_all_that_was_recorded, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
