#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/tracking/page/replaced.h"

#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "tests/unit/services/tracking/scene.h"

/* What apply makes of events is also proven by every other test here: scene_close() replays each one's log. */

static struct placement placement_of(struct scene *s, struct id id)
{
        struct placement row;
        struct txn *txn = txn_begin_read(engine_store(s->f.engine), NULL);
        assert_non_null(txn);
        assert_true(tracking_placement(txn, id, &row));
        txn_end_read(txn);
        return row;
}

static void decide(struct scene *s, struct id person, bool eligible, struct day from)
{
        Tracking__DecideEligibility *command = scene_decision(s, person);
        command->eligible = eligible;
        command->valid_from = day_to(&s->f.arena, from);
        command->proof_code = arena_text(&s->f.arena, "DECISION_MDPH"); /* does not age */
        command->public_code = arena_text(&s->f.arena, "B_BOETH");
        command->reason = arena_text(&s->f.arena, "un motif");
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", command);
}

static void is(struct scene *s, struct id placement, struct day granted, struct day eligible)
{
        struct placement row = placement_of(s, placement);
        assert_int_equal(day_number(row.granted_until), day_number(granted));
        assert_int_equal(day_number(row.eligible_until), day_number(eligible));
}

static void test_a_renewal_without_a_gap_lengthens(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s); /* from 2026-02-01 to 2028-01-31 */
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        is(s, placement, scene_day(2028, 1, 31), scene_day(2028, 1, 31));
        decide(s, person, true, scene_day(2028, 2, 1));
        is(s, placement, scene_day(2030, 1, 31), scene_day(2030, 1, 31));
}

static void test_a_gap_is_kept(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        decide(s, person, true, scene_day(2028, 2, 2));
        is(s, placement, scene_day(2028, 1, 31), scene_day(2030, 2, 1));
}

static void test_a_refusal_shortens_every_placement(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        struct id open = scene_open_placement(s, scene_opening(s, person));
        Tracking__OpenPlacement *second = scene_opening(s, person);
        second->obligation_id = scene_id(s, s->unpriced);
        struct id ended = scene_open_placement(s, second);
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, ended));
        decide(s, person, false, scene_day(2026, 5, 1));
        is(s, open, scene_day(2026, 4, 30), scene_day(2026, 4, 30));
        is(s, ended, scene_day(2026, 4, 30), scene_day(2026, 4, 30));
}

static void test_the_row_of_an_opening(void **state)
{
        struct scene *s = *state;
        Tracking__OpenPlacement *command = scene_opening(s, scene_eligible_person(s));
        struct placement row = placement_of(s, scene_open_placement(s, command));
        assert_true(id_equal(row.employer, s->structure));
        assert_true(id_equal(row.host, s->company));
        assert_true(id_equal(row.prescriber, s->mission_locale));
        assert_string_equal(row.territory, "31");
        assert_int_equal(day_number(row.ends_on), DAY_OPEN_NUMBER);
        assert_int_equal(day_number(row.ended_on), DAY_OPEN_NUMBER);
        assert_int_equal(row.weekly_hundredths, 3500);
        assert_int_equal(row.is_private, 0);
}

static void test_periods_of_a_row(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        Tracking__BeneficiaryRow row = TRACKING__BENEFICIARY_ROW__INIT;
        Tracking__EligibilityPeriod one = TRACKING__ELIGIBILITY_PERIOD__INIT, *all[] = {&one};
        struct period periods[DECISIONS_MAX + 1];
        assert_int_equal(periods_of(&row, periods), 0);
        one.from = day_to(&arena, day_of_number(10));
        one.until = day_to(&arena, day_of_number(20));
        one.cut = true;
        row.n_periods = 1;
        row.periods = all;
        assert_int_equal(periods_of(&row, periods), 1);
        assert_int_equal(day_number(periods[0].from), 10);
        assert_int_equal(day_number(periods[0].until), 20);
        assert_true(periods[0].cut);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_renewal_without_a_gap_lengthens, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_gap_is_kept, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_refusal_shortens_every_placement, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_the_row_of_an_opening, scene_open, scene_close),
                cmocka_unit_test(test_periods_of_a_row),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
