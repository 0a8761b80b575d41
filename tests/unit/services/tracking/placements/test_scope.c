#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/tracking/placements/scope.h"

#include "tests/unit/services/tracking/scene.h"

static struct placement placement_of(const struct scene *s)
{
        return (struct placement){.employer = s->structure, .host = s->company, .territory = "31"};
}

static void test_watchers(void **state)
{
        struct scene *s = *state;
        assert_true(scope_is_watcher(s->facilitator));
        assert_true(scope_is_watcher(s->coordinator));
        assert_true(scope_is_watcher(s->auditor));
        assert_false(scope_is_watcher(s->company_user));
        assert_false(scope_is_watcher(s->prescriber));
}

static bool states_hours(struct scene *s, const Wire__Passport *actor, const struct placement *placement)
{
        struct txn *txn = txn_begin_read(engine_store(s->f.engine), NULL);
        const struct work work = {.txn = txn, .arena = &s->f.arena, .actor = actor};
        bool states = scope_states_hours(&work, placement);
        txn_end_read(txn);
        return states;
}

static void test_seeing_and_stating(void **state)
{
        struct scene *s = *state;
        struct placement placement = placement_of(s);
        const struct {
                const Wire__Passport *actor;
                bool sees, states;
        } cases[] = {
                {s->facilitator, true, true},    {s->stranger, false, false},   {s->coordinator, true, false},
                {s->auditor, true, false},       {s->company_user, true, true}, {s->other_company_user, false, false},
                {s->structure_user, true, true}, {s->prescriber, false, false}, {s->buyer, false, false},
        };
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                assert_int_equal(scope_sees_placement(cases[i].actor, &placement), cases[i].sees);
                assert_int_equal(states_hours(s, cases[i].actor, &placement), cases[i].states);
        }
}

static void test_nobody_acts_for_no_organisation(void **state)
{
        struct scene *s = *state;
        struct placement placement = {.territory = "31"}; /* an employer that is not in the directory */
        const struct id none = {0};
        Wire__Passport *zero = fixture_actor(&s->f, TYPES__ROLE__COMPANY, &none, "31");
        Wire__Passport *absent = fixture_actor(&s->f, TYPES__ROLE__COMPANY, NULL, "31");
        assert_false(scope_sees_placement(zero, &placement));
        assert_false(states_hours(s, absent, &placement));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_watchers, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_seeing_and_stating, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_nobody_acts_for_no_organisation, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
