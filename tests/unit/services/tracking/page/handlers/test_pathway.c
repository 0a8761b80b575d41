#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/followup/noted.h"
#include "tests/unit/services/tracking/persons/doubles.h"
#include "tests/unit/services/tracking/proposals/courses.h"

static const Tracking__PathwayReply *pathway(struct scene *s, const Wire__Passport *actor, const Types__Id *person)
{
        Tracking__Pathway query = TRACKING__PATHWAY__INIT;
        query.beneficiary_id = (Types__Id *)(uintptr_t)person;
        return fixture_get(&s->f, actor, "Pathway", &query);
}

static void test_a_life_in_one_answer(void **state)
{
        struct scene *s = *state;
        struct id first = course_sent(s);
        const Types__Id *person = course_view(s, s->facilitator, first)->beneficiary_id;
        (void)course_answer(s, s->company_user, first, STATE(NOT_TAKEN));
        struct id second = course_propose(s, id_of(person), course_need(s, "other need", s->structure));
        (void)fixture_get(&s->f, s->facilitator, "SendProposal", course_sending(s, second));
        (void)course_answer(s, s->structure_user, second, STATE(TAKEN));
        Tracking__OpenPlacement *opening = scene_opening(s, id_of(person));
        opening->proposal_id = scene_id(s, second);
        struct id placement = scene_open_placement(s, opening);
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, placement));

        const Wire__Passport *const readers[] = {s->facilitator, s->prescriber};
        for (size_t i = 0; i < ARRAY_SIZE(readers); i++) {
                const Tracking__PathwayReply *reply = pathway(s, readers[i], person);
                assert_true(id_equal(id_of(reply->prescriber), s->mission_locale));
                assert_int_equal(reply->n_proposals, 2);
                assert_int_equal(reply->proposals[0]->state, STATE(NOT_TAKEN));
                assert_int_equal(reply->proposals[0]->n_steps, 3);
                assert_int_equal(reply->proposals[1]->state, STATE(PLACED));
                assert_int_equal(reply->n_eligible, 1);
                assert_int_equal(reply->eligible[0]->until->days, day_number(scene_day(2028, 1, 31)));
                assert_int_equal(reply->n_placements, 1);
                assert_true(id_equal(id_of(reply->placements[0]->proposal_id), second));
                assert_int_equal(reply->placements[0]->ended_on->days, day_number(scene_day(2026, 9, 30)));
                assert_int_equal(reply->placements[0]->outcome, TRACKING__OUTCOME__DURABLE_JOB);
        }
}

static void test_whose(void **state)
{
        struct scene *s = *state;
        struct id proposal = course_sent(s);
        const struct id other = scene_name("another prescriber");
        const Wire__Passport *elsewhere = fixture_actor(&s->f, TYPES__ROLE__PRESCRIBER, &other, "31");
        Tracking__Pathway query = TRACKING__PATHWAY__INIT;
        Tracking__RestrictPerson restriction = TRACKING__RESTRICT_PERSON__INIT;
        query.beneficiary_id = course_view(s, s->facilitator, proposal)->beneficiary_id;
        (void)fixture_refused(&s->f, elsewhere, "Pathway", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->stranger, "Pathway", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->company_user, "Pathway", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        restriction.beneficiary_id = query.beneficiary_id;
        restriction.restriction_code = arena_text(&s->f.arena, "UNLAWFUL");
        (void)fixture_get(&s->f, s->facilitator, "RestrictPerson", &restriction);
        (void)fixture_refused(&s->f, s->prescriber, "Pathway", &query, TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* Of a private contract a facilitator of elsewhere sees nothing, the prescriber the state and no company. */
static void test_private(void **state)
{
        struct scene *s = *state;
        struct id proposal = course_sent(s);
        const Types__Id *person = course_view(s, s->facilitator, proposal)->beneficiary_id;
        scene_private(s, "09");
        assert_int_equal(pathway(s, s->facilitator, person)->n_proposals, 0);
        const Tracking__PathwayReply *reply = pathway(s, s->prescriber, person);
        assert_int_equal(reply->n_proposals, 1);
        assert_string_equal(reply->proposals[0]->company_name, "");
}

/* Two files of one person: her pathway, proposals, contacts and next actions are of both. */
static void test_merged_files_are_one(void **state)
{
        struct scene *s = *state;
        struct id proposal = course_proposed(s);
        struct id one = scene_refer(s), other = id_of(course_view(s, s->facilitator, proposal)->beneficiary_id);
        Tracking__ProposalsRequest query = TRACKING__PROPOSALS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        (void)noted(s, noted_recording(s, other, (struct id){0}, noted_contact(s, 10, 3, "CALL")));
        (void)course_propose(s, one, course_need(s, "other need", (struct id){0}));
        assert_int_equal(pathway(s, s->facilitator, scene_id(s, one))->n_proposals, 1);
        (void)fixture_get(&s->f, s->facilitator, "MergePersons", merging(s, one, other));
        s->f.world.now_ms_value++;
        (void)noted(s, noted_recording(s, one, (struct id){0}, noted_contact(s, 10, 9, "CALL")));

        const Tracking__PathwayReply *reply = pathway(s, s->facilitator, scene_id(s, other));
        assert_int_equal(reply->n_proposals, 2);
        assert_int_equal(reply->n_eligible, 1);
        assert_int_equal(reply->n_files, 2);
        const Tracking__FollowUpReply *follow_up = noted_list(s, other);
        assert_int_equal(follow_up->n_contacts, 2);
        assert_int_equal(follow_up->contacts[0]->contact->happened_on->days, day_number(scene_day(2026, 10, 9)));
        const Tracking__NextActionsReply *next = course_next(s, s->facilitator);
        assert_int_equal(next->n_actions, 2);
        for (size_t i = 0; i < next->n_actions; i++)
                assert_true(id_equal(id_of(next->actions[i]->beneficiary_id), one));
        query.beneficiary_id = scene_id(s, one);
        query.page = &page;
        page.limit = 1;
        const Tracking__ProposalsReply *list = fixture_get(&s->f, s->facilitator, "Proposals", &query);
        assert_int_equal(list->n_proposals, 1);
        assert_true(id_equal(id_of(list->proposals[0]->proposal_id), proposal));
        page.after = list->next;
        list = fixture_get(&s->f, s->facilitator, "Proposals", &query);
        assert_int_equal(list->n_proposals, 1);
        assert_int_equal(list->next.len, 0);
        (void)fixture_get(&s->f, s->facilitator, "UnmergePersons", unmerging(s, other));
        assert_int_equal(pathway(s, s->facilitator, scene_id(s, one))->n_proposals, 1);
        assert_int_equal(noted_list(s, one)->n_contacts, 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_life_in_one_answer, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_whose, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_private, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_merged_files_are_one, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
