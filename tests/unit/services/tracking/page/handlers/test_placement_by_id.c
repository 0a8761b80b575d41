#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/scene.h"

static Tracking__PlacementById query_of(Types__Id *id)
{
        Tracking__PlacementById query = TRACKING__PLACEMENT_BY_ID__INIT;
        query.placement_id = id;
        return query;
}

static void test_who_may_look(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        Tracking__PlacementById query = query_of(scene_id(s, placement));
        const Wire__Passport *allowed[] = {s->facilitator, s->coordinator, s->auditor, s->company_user,
                                           s->structure_user};
        const Wire__Passport *others[] = {s->stranger, s->other_company_user, s->prescriber, s->buyer};
        for (size_t i = 0; i < ARRAY_SIZE(allowed); i++) {
                const Tracking__PlacementView *view = fixture_get(&s->f, allowed[i], "PlacementById", &query);
                assert_true(id_equal(id_of(view->placement_id), placement));
        }
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                (void)fixture_refused(&s->f, others[i], "PlacementById", &query,
                                      i < 2 ? TYPES__REFUSAL_CODE__NOT_FOUND /* by the row */
                                            : TYPES__REFUSAL_CODE__NOT_ALLOWED /* by the role */);
}

static void test_unknown(void **state)
{
        struct scene *s = *state;
        Tracking__PlacementById query = query_of(scene_id(s, scene_name("none")));
        (void)fixture_refused(&s->f, s->facilitator, "PlacementById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        query.placement_id = NULL;
        (void)fixture_refused(&s->f, s->facilitator, "PlacementById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_who_may_look, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_unknown, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
