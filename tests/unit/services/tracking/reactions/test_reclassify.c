/* The kind of a contract is set right: what was told as public is told again as private, with all that was counted. */
#include "tests/unit/services/tracking/scene.h"

#include "services/tracking/reactions/reactions.h"

static void validate(struct scene *s, struct id placement, int month, int64_t hundredths)
{
        scene_submit(s, placement, month, hundredths);
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, month));
}

static void assert_told(struct scene *s, struct id placement, bool is_private)
{
        const Tracking__PlacementReclassified *told = scene_last_event(s)->placement_reclassified;
        assert_int_equal(scene_last_event(s)->body_case, TRACKING__EVENT__BODY_PLACEMENT_RECLASSIFIED);
        assert_true(id_equal(id_of(told->placement_id), placement));
        assert_int_equal(told->is_private, is_private);
        assert_int_equal(told->n_months, 1); /* what was validated, not what was only submitted */
        assert_int_equal(told->months[0]->hours->hundredths, 1000);
        assert_string_equal(told->territory, "31");
        assert_null(told->ended_on);
}

static void test_an_amendment(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        validate(s, placement, 9, 1000);
        scene_submit(s, placement, 10, 500);
        assert_false(engine_position(s->f.engine) == 0);

        scene_amend(s, CONTRACTS__CONTRACT_KIND__PRIVATE);
        assert_told(s, placement, true);
        uint64_t after = engine_position(s->f.engine);
        scene_amend(s, CONTRACTS__CONTRACT_KIND__PRIVATE); /* nothing new */
        assert_int_equal(engine_position(s->f.engine), after);
        scene_amend(s, CONTRACTS__CONTRACT_KIND__MARKET);
        assert_told(s, placement, false);
        validate(s, placement, 10, 600);
        assert_false(scene_last_event(s)->hours_validated->is_private);
}

static void run_all(struct work *work, void *argument)
{
        (void)argument;
        reclassify_private(work);
}

static void at_start(struct scene *s)
{
        struct err_info info = {0};
        struct item *item = item_new(s->f.engine);
        item->kind = ITEM_INTERNAL;
        item->fn = run_all;
        assert_int_equal(engine_run(s->f.engine, item, &info), 0);
        item_free(s->f.engine, &item);
}

/* Events of before they said what is private: the copy of contracts decides, once, after the start. */
static void test_events_of_before(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        validate(s, placement, 9, 1000);
        scene_private(s, "31"); /* it always was */
        assert_int_equal(scene_last_event(s)->body_case, TRACKING__EVENT__BODY_HOURS_VALIDATED);
        at_start(s);
        assert_told(s, placement, true);
        uint64_t after = engine_position(s->f.engine);
        at_start(s);
        assert_int_equal(engine_position(s->f.engine), after);
        validate(s, placement, 10, 600);
        assert_true(scene_last_event(s)->hours_validated->is_private);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_an_amendment, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_events_of_before, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
