#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/proposals/courses.h"

/* The days by which something is to be done go up: what is late stands first. */
static void test_what_is_late_stands_first(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        const int days[] = {17, 3, 9};
        Tracking__NextActions query = TRACKING__NEXT_ACTIONS__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        for (size_t i = 0; i < ARRAY_SIZE(days); i++) {
                struct id need = course_need(s, arena_printf(&s->f.arena, "need %d", (int)i), (struct id){0});
                Tracking__ProposeBeneficiary *command = course_proposing(s, person, need);
                command->proposed_on = scene_date(s, 2026, 10, days[i]);
                (void)fixture_get(&s->f, s->prescriber, "ProposeBeneficiary", command);
        }
        page.limit = 2;
        query.page = &page;
        const Tracking__NextActionsReply *reply = fixture_get(&s->f, s->facilitator, "NextActions", &query);
        assert_int_equal(reply->n_actions, 2);
        assert_int_equal(reply->actions[0]->since->days, day_number(scene_day(2026, 10, 3)));
        assert_int_equal(reply->actions[0]->act_by->days, day_number(scene_day(2026, 10, 10)));
        assert_true(reply->actions[0]->late);
        assert_int_equal(reply->actions[1]->act_by->days, day_number(scene_day(2026, 10, 16)));
        page.after = reply->next;
        reply = fixture_get(&s->f, s->facilitator, "NextActions", &query);
        assert_int_equal(reply->n_actions, 1);
        assert_false(reply->actions[0]->late);
        assert_int_equal(reply->actions[0]->actor, ACTS(FACILITATOR));
        assert_string_not_equal(reply->actions[0]->action, "");
        assert_int_equal(reply->next.len, 0);
        page.after.len = 0;
        page.limit = 0;
        query.late_only = true;
        assert_int_equal(((const Tracking__NextActionsReply *)fixture_get(&s->f, s->facilitator, "NextActions", &query))
                                 ->n_actions,
                         2);
}

static void test_to_each_what_is_its_own(void **state)
{
        struct scene *s = *state;
        struct id proposal = course_sent(s);
        Tracking__NextActions query = TRACKING__NEXT_ACTIONS__INIT;
        assert_int_equal(course_next(s, s->facilitator)->n_actions, 0);
        assert_int_equal(course_next(s, s->prescriber)->n_actions, 0);
        assert_int_equal(course_next(s, s->other_company_user)->n_actions, 0);
        const Tracking__NextActionsReply *reply = course_next(s, s->company_user);
        assert_int_equal(reply->n_actions, 1);
        assert_true(id_equal(id_of(reply->actions[0]->proposal_id), proposal));
        assert_null(reply->actions[0]->beneficiary_id);
        query.of_others = true;
        reply = fixture_get(&s->f, s->facilitator, "NextActions", &query);
        assert_int_equal(reply->n_actions, 1);
        assert_int_equal(reply->actions[0]->actor, ACTS(COMPANY));
        assert_non_null(reply->actions[0]->beneficiary_id);
        reply = fixture_get(&s->f, s->stranger, "NextActions", &query);
        assert_int_equal(reply->n_actions, 0);
        const Wire__Passport *of_none = fixture_actor(&s->f, TYPES__ROLE__COMPANY, NULL, "");
        assert_int_equal(course_next(s, of_none)->n_actions, 0);
}

/* Lists: by need, by person; a company learns nothing by asking for a person whose number it knows. */
static void test_lists(void **state)
{
        struct scene *s = *state;
        struct id proposal = course_sent(s);
        Types__Id *person = course_view(s, s->facilitator, proposal)->beneficiary_id;
        Tracking__ProposalsRequest query = TRACKING__PROPOSALS_REQUEST__INIT;
        (void)course_propose(s, id_of(person), course_need(s, "other need", (struct id){0}));
        const Tracking__ProposalsReply *reply = fixture_get(&s->f, s->facilitator, "Proposals", &query);
        assert_int_equal(reply->n_proposals, 2);
        assert_int_equal(reply->proposals[0]->n_steps, 0);
        query.need_id = scene_id(s, scene_name("need"));
        reply = fixture_get(&s->f, s->prescriber, "Proposals", &query);
        assert_int_equal(reply->n_proposals, 1);
        query.need_id = NULL;
        query.beneficiary_id = person;
        reply = fixture_get(&s->f, s->facilitator, "Proposals", &query);
        assert_int_equal(reply->n_proposals, 2);
        reply = fixture_get(&s->f, s->company_user, "Proposals", &query);
        assert_int_equal(reply->n_proposals, 0);
        query.beneficiary_id = NULL;
        reply = fixture_get(&s->f, s->company_user, "Proposals", &query);
        assert_int_equal(reply->n_proposals, 1);
        (void)course_answer(s, s->facilitator, proposal, STATE(NOT_TAKEN));
        query.open_only = true;
        reply = fixture_get(&s->f, s->facilitator, "Proposals", &query);
        assert_int_equal(reply->n_proposals, 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_what_is_late_stands_first, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_to_each_what_is_its_own, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_lists, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
