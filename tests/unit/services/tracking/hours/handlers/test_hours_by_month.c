#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/scene.h"

static const Tracking__HoursByMonthReply *ask(struct scene *s, const Wire__Passport *actor, int month,
                                              bool to_validate_only)
{
        Tracking__HoursByMonth query = TRACKING__HOURS_BY_MONTH__INIT;
        query.month = scene_month(s, 2026, month);
        query.to_validate_only = to_validate_only;
        return fixture_get(&s->f, actor, "HoursByMonth", &query);
}

/* Two placements, the second hosted by the other company; April for both, May for the first, April of it validated. */
static struct id two_placements(struct scene *s)
{
        struct id first = scene_placement(s);
        s->f.world.now_ms_value++;
        Tracking__OpenPlacement *command = scene_opening(s, scene_eligible_person(s));
        command->host_company = scene_id(s, s->other_company);
        struct id second = scene_open_placement(s, command);
        scene_submit(s, first, 4, 10000);
        scene_submit(s, first, 5, 11000);
        (void)fixture_get(&s->f, s->structure_user, "SubmitHours", scene_submission(s, second, 4, 12000));
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, first, 4));
        return first;
}

static void test_lines_of_a_month(void **state)
{
        struct scene *s = *state;
        struct id first = two_placements(s);
        const Tracking__HoursByMonthReply *reply = ask(s, s->facilitator, 4, false);
        assert_int_equal(reply->n_lines, 2);
        assert_true(id_equal(id_of(reply->lines[0]->placement_id), first));
        assert_int_equal(reply->lines[0]->submitted->hundredths, 10000);
        assert_int_equal(reply->lines[0]->validated->hundredths, 10000);
        assert_int_equal(reply->lines[1]->submitted->hundredths, 12000);
        assert_null(reply->lines[1]->validated);
        assert_int_equal(ask(s, s->facilitator, 4, true)->n_lines, 1);
        assert_int_equal(ask(s, s->facilitator, 5, false)->n_lines, 1);
        assert_int_equal(ask(s, s->facilitator, 6, false)->n_lines, 0);
}

static void test_each_sees_its_own(void **state)
{
        struct scene *s = *state;
        (void)two_placements(s);
        assert_int_equal(ask(s, s->auditor, 4, false)->n_lines, 2);
        assert_int_equal(ask(s, s->stranger, 4, false)->n_lines, 0);
        assert_int_equal(ask(s, s->structure_user, 4, false)->n_lines, 2);
        assert_int_equal(ask(s, s->company_user, 4, false)->n_lines, 1);
        assert_int_equal(ask(s, s->company_user, 4, true)->n_lines, 0);
        assert_int_equal(ask(s, s->other_company_user, 4, true)->n_lines, 1);
        assert_int_equal(ask(s, s->other_company_user, 5, false)->n_lines, 0);
        Tracking__HoursByMonth query = TRACKING__HOURS_BY_MONTH__INIT;
        query.month = scene_month(s, 2026, 4);
        (void)fixture_refused(&s->f, s->prescriber, "HoursByMonth", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->buyer, "HoursByMonth", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_pages_and_refusals(void **state)
{
        struct scene *s = *state;
        (void)two_placements(s);
        Types__Page page = TYPES__PAGE__INIT;
        Tracking__HoursByMonth query = TRACKING__HOURS_BY_MONTH__INIT;
        query.page = &page;
        (void)fixture_refused(&s->f, s->facilitator, "HoursByMonth", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        query.month = scene_month(s, 2026, 4);
        page.limit = 1;
        const Tracking__HoursByMonthReply *reply = fixture_get(&s->f, s->facilitator, "HoursByMonth", &query);
        assert_int_equal(reply->n_lines, 1);
        page.after = reply->next;
        reply = fixture_get(&s->f, s->facilitator, "HoursByMonth", &query);
        assert_int_equal(reply->n_lines, 1);
        assert_int_equal(reply->lines[0]->submitted->hundredths, 12000);
        page.after = pb_bytes(slice_of("xy", 2));
        (void)fixture_refused(&s->f, s->facilitator, "HoursByMonth", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_lines_of_a_month, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_each_sees_its_own, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_pages_and_refusals, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
