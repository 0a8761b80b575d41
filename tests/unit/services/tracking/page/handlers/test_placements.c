#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/scene.h"

static const Tracking__PlacementsReply *ask(struct scene *s, const Wire__Passport *actor,
                                            const Tracking__PlacementsRequest *query)
{
        return fixture_get(&s->f, actor, "Placements", query);
}

/* Three placements: of the company on the obligation, of the same on another one, of the other company on the first. */
struct three {
        struct id a, b, c;
};

static struct three three_placements(struct scene *s)
{
        struct three three;
        struct id person = scene_eligible_person(s);
        three.a = scene_open_placement(s, scene_opening(s, person));
        Tracking__OpenPlacement *command = scene_opening(s, person);
        command->obligation_id = scene_id(s, s->unpriced);
        s->f.world.now_ms_value++; /* ids in order */
        three.b = scene_open_placement(s, command);
        command = scene_opening(s, scene_eligible_person(s));
        command->host_company = scene_id(s, s->other_company);
        s->f.world.now_ms_value++;
        three.c = scene_open_placement(s, command);
        return three;
}

static void test_each_sees_its_own(void **state)
{
        struct scene *s = *state;
        struct three three = three_placements(s);
        Tracking__PlacementsRequest query = TRACKING__PLACEMENTS_REQUEST__INIT;
        assert_int_equal(ask(s, s->facilitator, &query)->n_placements, 3);
        assert_int_equal(ask(s, s->auditor, &query)->n_placements, 3);
        assert_int_equal(ask(s, s->stranger, &query)->n_placements, 0);
        assert_int_equal(ask(s, s->structure_user, &query)->n_placements, 3);
        assert_int_equal(ask(s, s->company_user, &query)->n_placements, 2);
        const Tracking__PlacementsReply *reply = ask(s, s->other_company_user, &query);
        assert_int_equal(reply->n_placements, 1);
        assert_true(id_equal(id_of(reply->placements[0]->placement_id), three.c));
        (void)fixture_refused(&s->f, s->prescriber, "Placements", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->buyer, "Placements", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        Wire__Passport *loose = fixture_actor(&s->f, TYPES__ROLE__COMPANY, NULL, "*");
        assert_int_equal(ask(s, loose, &query)->n_placements, 0);
}

static void test_of_one_obligation(void **state)
{
        struct scene *s = *state;
        struct three three = three_placements(s);
        Tracking__PlacementsRequest query = TRACKING__PLACEMENTS_REQUEST__INIT;
        query.obligation_id = scene_id(s, s->obligation);
        assert_int_equal(ask(s, s->facilitator, &query)->n_placements, 2);
        const Tracking__PlacementsReply *reply = ask(s, s->company_user, &query);
        assert_int_equal(reply->n_placements, 1);
        assert_true(id_equal(id_of(reply->placements[0]->placement_id), three.a));
}

static void test_open_only(void **state)
{
        struct scene *s = *state;
        struct three three = three_placements(s);
        Tracking__PlacementsRequest query = TRACKING__PLACEMENTS_REQUEST__INIT;
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, three.a));
        query.open_only = true;
        assert_int_equal(ask(s, s->facilitator, &query)->n_placements, 2);
        query.open_only = false;
        assert_int_equal(ask(s, s->facilitator, &query)->n_placements, 3);
}

static void test_pages(void **state)
{
        struct scene *s = *state;
        struct three three = three_placements(s);
        Types__Page page = TYPES__PAGE__INIT;
        Tracking__PlacementsRequest query = TRACKING__PLACEMENTS_REQUEST__INIT;
        query.page = &page;
        page.limit = 2;
        const Tracking__PlacementsReply *reply = ask(s, s->facilitator, &query);
        assert_int_equal(reply->n_placements, 2);
        assert_true(id_equal(id_of(reply->placements[1]->placement_id), three.b));
        page.after = reply->next;
        reply = ask(s, s->facilitator, &query);
        assert_int_equal(reply->n_placements, 1);
        assert_true(id_equal(id_of(reply->placements[0]->placement_id), three.c));
        assert_int_equal(reply->next.len, 0);

        page.after = pb_bytes(slice_of("xy", 2));
        (void)fixture_refused(&s->f, s->facilitator, "Placements", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

/* Under a private contract: its partners, the coordinator, the facilitators of its own territories; in no list of
 * others, nor by its id, nor by its hours. And its events say so to the other daemons. */
static void test_a_private_contracts_placements_are_its_own(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        scene_submit(s, placement, 10, 1000);
        Tracking__PlacementsRequest query = TRACKING__PLACEMENTS_REQUEST__INIT;
        Tracking__HoursByMonth hours = TRACKING__HOURS_BY_MONTH__INIT;
        Tracking__PlacementById by_id = TRACKING__PLACEMENT_BY_ID__INIT;
        hours.month = scene_month(s, 2026, 10);
        by_id.placement_id = scene_id(s, placement);
        const struct {
                const Wire__Passport *actor;
                const char *territory; /* of the private contract; NULL: it is public */
                bool reads;
        } cases[] = {{s->auditor, NULL, true},      {s->auditor, "31", false},    {s->facilitator, "31", true},
                     {s->facilitator, "75", false}, {s->coordinator, "75", true}, {s->company_user, "75", true}};
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                scene_private(s, cases[i].territory);
                const Tracking__HoursByMonthReply *month = fixture_get(&s->f, cases[i].actor, "HoursByMonth", &hours);
                assert_int_equal(ask(s, cases[i].actor, &query)->n_placements, cases[i].reads);
                assert_int_equal(month->n_lines, cases[i].reads);
                assert_int_equal(fixture_ask(&s->f, cases[i].actor, "PlacementById", &by_id).body != NULL,
                                 cases[i].reads);
        }
        scene_private(s, "31");
        scene_amend(s, CONTRACTS__CONTRACT_KIND__PRIVATE);
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 10));
        assert_true(scene_last_event(s)->hours_validated->is_private);
}

/* What one may not read one may not write, nor learn from a refusal that it is there. */
static void test_a_private_contract_is_written_by_its_own(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        struct id person = scene_eligible_person(s);
        scene_submit(s, placement, 8, 1000);
        Tracking__OpenPlacement *unknown = scene_opening(s, person);
        unknown->obligation_id = scene_id(s, scene_name("no such obligation"));
        const Types__Refusal nothing =
                *fixture_refused(&s->f, s->facilitator, "OpenPlacement", unknown, TYPES__REFUSAL_CODE__NOT_FOUND);

        scene_private(s, "75");
        const Types__Refusal hidden = *fixture_refused(&s->f, s->facilitator, "OpenPlacement", scene_opening(s, person),
                                                       TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_string_equal(hidden.field, nothing.field);
        assert_string_equal(hidden.text, nothing.text);
        (void)fixture_refused(&s->f, s->facilitator, "SubmitHours", scene_submission(s, placement, 9, 500),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 8),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->facilitator, "EndPlacement", scene_end(s, placement),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        scene_submit(s, placement, 9, 500); /* its host goes on */

        scene_private(s, "31");
        scene_amend(s, CONTRACTS__CONTRACT_KIND__PRIVATE);
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 8));
        assert_true(scene_last_event(s)->hours_validated->is_private);
        (void)scene_open_placement(s, scene_opening(s, person));
        assert_true(scene_last_event(s)->placement_opened->is_private);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_private_contracts_placements_are_its_own, scene_open,
                                                scene_close),
                cmocka_unit_test_setup_teardown(test_a_private_contract_is_written_by_its_own, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_each_sees_its_own, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_of_one_obligation, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_open_only, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_pages, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
