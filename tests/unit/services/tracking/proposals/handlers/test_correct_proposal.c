#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/proposals/courses.h"

static Tracking__CorrectProposal *correction(struct scene *s, struct id proposal, Tracking__ProposalState right)
{
        Tracking__CorrectProposal *command = pb_new(&tracking__correct_proposal__descriptor, &s->f.arena);
        command->proposal_id = scene_id(s, proposal);
        command->state = right;
        command->happened_on = scene_date(s, 2026, 10, 5);
        command->reason = arena_text(&s->f.arena, "une confusion avec sa cousine");
        return command;
}

static void refused(struct scene *s, const Wire__Passport *actor, const Tracking__CorrectProposal *command,
                    Types__RefusalCode code, const char *field)
{
        assert_string_equal(fixture_refused(&s->f, actor, "CorrectProposal", command, code)->field, field);
}

static void test_a_wrong_answer_is_set_right_and_stays(void **state)
{
        struct scene *s = *state;
        struct id proposal = course_sent(s);
        (void)course_answer(s, s->company_user, proposal, STATE(NOT_TAKEN));
        course_unseen(s, s->company_user, proposal);
        const Tracking__ProposalReply *reply =
                fixture_get(&s->f, s->facilitator, "CorrectProposal", correction(s, proposal, STATE(TAKEN)));
        assert_int_equal(reply->next_actor, ACTS(FACILITATOR));
        assert_int_equal(course_view(s, s->company_user, proposal)->state, STATE(TAKEN)); /* theirs again */
        const Tracking__ProposalView *view = course_view(s, s->prescriber, proposal);
        assert_int_equal(view->n_steps, 4);
        assert_true(view->steps[2]->replaced);
        assert_int_equal(view->steps[2]->state, STATE(NOT_TAKEN));
        assert_string_equal(view->steps[2]->outcome_code, "SKILLS");
        assert_false(view->steps[3]->replaced);
        assert_null(memmem(scene_published(s, 0).data, scene_published(s, 0).size, "cousine", strlen("cousine")));
}

static void test_who_corrects_what(void **state)
{
        struct scene *s = *state;
        struct id proposal = course_sent(s);
        refused(s, s->company_user, correction(s, proposal, STATE(PROPOSED)), TYPES__REFUSAL_CODE__NOT_ALLOWED,
                "state"); /* the facilitator sent it */
        (void)course_answer(s, s->company_user, proposal, STATE(TAKEN));
        refused(s, s->company_user, correction(s, proposal, STATE(WITHDRAWN)), TYPES__REFUSAL_CODE__NOT_ALLOWED,
                "state");
        refused(s, s->prescriber, correction(s, proposal, STATE(MET)), TYPES__REFUSAL_CODE__NOT_ALLOWED, "state");
        refused(s, s->auditor, correction(s, proposal, STATE(MET)), TYPES__REFUSAL_CODE__NOT_ALLOWED, "role");
        refused(s, s->other_company_user, correction(s, proposal, STATE(MET)), TYPES__REFUSAL_CODE__NOT_FOUND,
                "proposalId");
        refused(s, s->facilitator, correction(s, proposal, STATE(PLACED)), TYPES__REFUSAL_CODE__INVALID_FIELD, "state");
        Tracking__CorrectProposal *command = correction(s, proposal, STATE(NOT_TAKEN));
        refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD, "outcomeCode");
        command = correction(s, proposal, STATE(SENT));
        command->reason = arena_text(&s->f.arena, " ");
        refused(s, s->company_user, command, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason");
        command = correction(s, proposal, STATE(SENT));
        command->outcome_code = arena_text(&s->f.arena, "SKILLS");
        refused(s, s->company_user, command, TYPES__REFUSAL_CODE__INVALID_FIELD, "outcomeCode");
        command->outcome_code = arena_text(&s->f.arena, "");
        (void)fixture_get(&s->f, s->company_user, "CorrectProposal", command); /* nothing happened after all */
        assert_int_equal(course_view(s, s->company_user, proposal)->state, STATE(SENT));
}

/* A facilitator sets the company's answer right: its account is told, and reads it only as long as it sees it. */
static void test_who_had_said_it_is_told(void **state)
{
        struct scene *s = *state;
        struct id proposal = course_sent(s);
        const Types__ChangedByAnother *told;
        (void)course_answer(s, s->company_user, proposal, STATE(MET));
        s->facilitator->user = (char *)(uintptr_t) "autre";
        (void)fixture_get(&s->f, s->facilitator, "CorrectProposal", correction(s, proposal, STATE(NO_SHOW)));
        told = scene_last_event(s)->changed_by_another;
        assert_int_equal(scene_last_event(s)->body_case, TRACKING__EVENT__BODY_CHANGED_BY_ANOTHER);
        assert_non_null(strstr(told->thing, course_view(s, s->facilitator, proposal)->label));
        assert_non_null(strstr(told->before, "rencontrée le 5 octobre 2026"));
        assert_non_null(strstr(told->after, "pas venue"));
        assert_string_equal(told->reason, "");
        assert_int_equal(told->n_organisation_ids, 1);

        (void)course_answer(s, s->company_user, proposal, STATE(MET));
        Tracking__CorrectProposal *command = correction(s, proposal, STATE(NOT_TAKEN));
        command->outcome_code = arena_text(&s->f.arena, "NO_POSITION");
        (void)fixture_get(&s->f, s->facilitator, "CorrectProposal", command);
        assert_int_equal(scene_last_event(s)->changed_by_another->n_organisation_ids, 0);
}

static void test_a_placement_was_the_wrong_one(void **state)
{
        struct scene *s = *state;
        struct id proposal = course_sent(s);
        struct id person = id_of(course_view(s, s->facilitator, proposal)->beneficiary_id);
        Tracking__OpenPlacement *opening = scene_opening(s, person);
        opening->proposal_id = scene_id(s, proposal);
        (void)scene_open_placement(s, opening);
        (void)fixture_get(&s->f, s->facilitator, "CorrectProposal", correction(s, proposal, STATE(SENT)));
        assert_null(course_view(s, s->facilitator, proposal)->placement_id);
        assert_int_equal(course_next(s, s->company_user)->n_actions, 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_wrong_answer_is_set_right_and_stays, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_who_corrects_what, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_who_had_said_it_is_told, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_placement_was_the_wrong_one, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
