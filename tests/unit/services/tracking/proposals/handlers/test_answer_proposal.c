/* From sent to taken or not: SendProposal, AnswerProposal, and what pauses.c holds. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/proposals/courses.h"

static void test_a_company_takes_her(void **state)
{
        struct scene *s = *state;
        struct id proposal = course_proposed(s);
        course_unseen(s, s->company_user, proposal); /* not sent yet */
        const Tracking__ProposalReply *reply =
                fixture_get(&s->f, s->facilitator, "SendProposal", course_sending(s, proposal));
        assert_int_equal(reply->next_actor, ACTS(COMPANY));
        assert_int_equal(reply->act_by->days, day_number(scene_day(2026, 10, 16)));
        assert_true(id_equal(id_of(scene_last_event(s)->proposal_moved->company), s->company));
        course_unseen(s, s->other_company_user, proposal);
        course_unseen(s, s->structure_user, proposal);

        const Tracking__ProposalView *view = course_view(s, s->company_user, proposal);
        assert_null(view->beneficiary_id); /* nobody that it could know again */
        assert_null(view->prescriber);
        assert_int_equal(view->n_steps, 0);
        assert_int_equal(strlen(view->label), 6);
        assert_int_equal(view->eligible_until->days, day_number(scene_day(2028, 1, 31)));
        assert_true(view->late); /* by the 16th, and it is the 18th */

        reply = course_answer(s, s->company_user, proposal, STATE(MET));
        assert_int_equal(reply->next_actor, ACTS(COMPANY));
        reply = course_answer(s, s->company_user, proposal, STATE(TAKEN));
        assert_int_equal(reply->next_actor, ACTS(FACILITATOR));
        assert_string_equal(reply->next_action, "Ouvrir le parcours");
        assert_int_equal(course_view(s, s->prescriber, proposal)->n_steps, 4);
}

static void test_a_structure_answers_for_its_own(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s), proposal;
        course_company(s, s->company);
        proposal = course_propose(s, person, course_need(s, "need", s->structure));
        const Tracking__ProposalReply *reply =
                fixture_get(&s->f, s->facilitator, "SendProposal", course_sending(s, proposal));
        assert_int_equal(reply->next_actor, ACTS(STRUCTURE));
        assert_int_equal(course_next(s, s->structure_user)->n_actions, 1);
        assert_int_equal(course_next(s, s->company_user)->n_actions, 0);
        assert_string_equal(course_view(s, s->company_user, proposal)->structure_name,
                            "Entreprise d'insertion du Lauragais");
        (void)course_answer(s, s->structure_user, proposal, STATE(TAKEN));
        (void)course_answer(s, s->company_user, proposal, STATE(NOT_TAKEN)); /* either may */
        course_unseen(s, s->structure_user, proposal);
}

static void test_who_is_not_taken_leaves_the_view(void **state)
{
        struct scene *s = *state;
        struct id proposal = course_sent(s);
        Tracking__AnswerProposal *command = course_answering(s, proposal, STATE(NOT_TAKEN));
        command->refusal_code = arena_text(&s->f.arena, "");
        assert_string_equal(
                fixture_refused(&s->f, s->company_user, "AnswerProposal", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "refusalCode");
        command->refusal_code = arena_text(&s->f.arena, "OTHER");
        assert_string_equal(
                fixture_refused(&s->f, s->company_user, "AnswerProposal", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "words");
        command->words = arena_text(&s->f.arena, "numéro 2 90 05 99 352 123");
        (void)fixture_refused(&s->f, s->company_user, "AnswerProposal", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->words = arena_text(&s->f.arena, "chantier déplacé à Foix");
        const Tracking__ProposalReply *reply = fixture_get(&s->f, s->company_user, "AnswerProposal", command);
        assert_int_equal(reply->next_actor, TRACKING__PROPOSAL_ACTOR__NOBODY_ACTS);
        course_unseen(s, s->company_user, proposal);
        assert_int_equal(course_next(s, s->company_user)->n_actions, 0);
        const Tracking__ProposalView *view = course_view(s, s->facilitator, proposal);
        assert_string_equal(view->outcome_code, "OTHER");
        assert_non_null(strstr(view->outcome_label, "autre motif"));
        /* the words are sealed: no byte of them in what is told */
        assert_null(memmem(scene_published(s, 0).data, scene_published(s, 0).size, "déplacé", strlen("déplacé")));
}

static void test_sending(void **state)
{
        struct scene *s = *state;
        struct id proposal, need;
        course_company(s, s->company);
        need = course_need(s, "need", (struct id){0});
        proposal = course_propose(s, scene_refer(s), need);
        Tracking__SendProposal *command = course_sending(s, proposal);
        (void)fixture_refused(&s->f, s->facilitator, "SendProposal", command, TYPES__REFUSAL_CODE__NOT_ELIGIBLE);
        (void)fixture_refused(&s->f, s->prescriber, "SendProposal", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->stranger, "SendProposal", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        command->sent_on = scene_date(s, 2026, 9, 30); /* before it was proposed */
        assert_string_equal(
                fixture_refused(&s->f, s->facilitator, "SendProposal", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "sentOn");
        (void)fixture_refused(&s->f, s->facilitator, "AnswerProposal", course_answering(s, proposal, STATE(MET)),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(&s->f, s->facilitator, "AnswerProposal", course_answering(s, proposal, STATE(SENT)),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_a_company_that_is_not_in_the_directory(void **state)
{
        struct scene *s = *state;
        struct id proposal = course_propose(s, scene_eligible_person(s), course_need(s, "need", (struct id){0}));
        const Tracking__ProposalReply *reply =
                fixture_get(&s->f, s->facilitator, "SendProposal", course_sending(s, proposal));
        assert_int_equal(reply->next_actor, ACTS(FACILITATOR)); /* she asks it herself */
        (void)course_answer(s, s->facilitator, proposal, STATE(MET));
}

static void test_she_did_not_come_and_can_come_now(void **state)
{
        struct scene *s = *state;
        struct id proposal = course_sent(s);
        Tracking__ResumeProposal resume = TRACKING__RESUME_PROPOSAL__INIT;
        resume.proposal_id = scene_id(s, proposal);
        resume.resumed_on = scene_date(s, 2026, 10, 7);
        (void)fixture_refused(&s->f, s->prescriber, "ResumeProposal", &resume, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_int_equal(course_answer(s, s->company_user, proposal, STATE(NO_SHOW))->next_actor, ACTS(PRESCRIBER));
        assert_int_equal(course_next(s, s->prescriber)->n_actions, 1);
        const Tracking__ProposalReply *reply = fixture_get(&s->f, s->prescriber, "ResumeProposal", &resume);
        assert_int_equal(reply->state, STATE(SENT));
        assert_int_equal(reply->next_actor, ACTS(COMPANY));
        assert_int_equal(course_next(s, s->prescriber)->n_actions, 0);
        Tracking__AnswerProposal *met = course_answering(s, proposal, STATE(MET));
        assert_string_equal(
                fixture_refused(&s->f, s->company_user, "AnswerProposal", met, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "answeredOn"); /* on the 5th, and it went on on the 7th */
}

static void test_postponed(void **state)
{
        struct scene *s = *state;
        struct id proposal = course_sent(s);
        Tracking__PostponeProposal postpone = TRACKING__POSTPONE_PROPOSAL__INIT;
        postpone.proposal_id = scene_id(s, proposal);
        postpone.postponed_on = scene_date(s, 2026, 10, 6);
        postpone.until = scene_date(s, 2026, 11, 16);
        assert_string_equal(fixture_refused(&s->f, s->company_user, "PostponeProposal", &postpone,
                                            TYPES__REFUSAL_CODE__INVALID_FIELD)
                                    ->field,
                            "postponementCode");
        postpone.postponement_code = arena_text(&s->f.arena, "PERSON_NOT_FREE");
        const Tracking__ProposalReply *reply = fixture_get(&s->f, s->prescriber, "PostponeProposal", &postpone);
        assert_int_equal(reply->next_actor, ACTS(FACILITATOR));
        assert_int_equal(reply->act_by->days, day_number(scene_day(2026, 11, 23)));
        const Tracking__ProposalView *view = course_view(s, s->company_user, proposal);
        assert_int_equal(view->until->days, day_number(scene_day(2026, 11, 16)));
        assert_string_equal(view->outcome_label, ""); /* why she is not free is nothing for a company */
        assert_string_not_equal(course_view(s, s->prescriber, proposal)->outcome_label, "");
}

static void test_withdrawn(void **state)
{
        struct scene *s = *state;
        struct id proposal = course_sent(s);
        Tracking__WithdrawProposal withdraw = TRACKING__WITHDRAW_PROPOSAL__INIT;
        withdraw.proposal_id = scene_id(s, proposal);
        withdraw.withdrawn_on = scene_date(s, 2026, 10, 6);
        withdraw.withdrawal_code = arena_text(&s->f.arena, "PERSON_FOUND_WORK");
        (void)fixture_refused(&s->f, s->company_user, "WithdrawProposal", &withdraw, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        withdraw.withdrawal_code = arena_text(&s->f.arena, "SKILLS"); /* of another list */
        (void)fixture_refused(&s->f, s->prescriber, "WithdrawProposal", &withdraw, TYPES__REFUSAL_CODE__INVALID_FIELD);
        withdraw.withdrawal_code = arena_text(&s->f.arena, "PERSON_FOUND_WORK");
        (void)fixture_get(&s->f, s->prescriber, "WithdrawProposal", &withdraw);
        course_unseen(s, s->company_user, proposal);
        (void)fixture_refused(&s->f, s->company_user, "AnswerProposal", course_answering(s, proposal, STATE(MET)),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->prescriber, "WithdrawProposal", &withdraw, TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* A placement follows from it and closes it; one without a proposal goes as before. */
static void test_placed(void **state)
{
        struct scene *s = *state;
        struct id proposal = course_sent(s);
        (void)course_answer(s, s->company_user, proposal, STATE(TAKEN));
        struct id person = id_of(course_view(s, s->facilitator, proposal)->beneficiary_id);
        Tracking__OpenPlacement *opening = scene_opening(s, scene_eligible_person(s));
        opening->proposal_id = scene_id(s, proposal);
        assert_string_equal(
                fixture_refused(&s->f, s->facilitator, "OpenPlacement", opening, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "proposalId"); /* another person's */
        opening->beneficiary_id = scene_id(s, person);
        opening->obligation_id = scene_id(s, s->unpriced);
        (void)fixture_refused(&s->f, s->facilitator, "OpenPlacement", opening, TYPES__REFUSAL_CODE__INVALID_FIELD);
        opening->obligation_id = scene_id(s, s->obligation);
        struct id placement = scene_open_placement(s, opening);
        assert_true(id_equal(id_of(scene_view(s, placement)->proposal_id), proposal));
        const Tracking__ProposalView *view = course_view(s, s->company_user, proposal);
        assert_int_equal(view->state, STATE(PLACED));
        assert_true(id_equal(id_of(view->placement_id), placement));
        assert_int_equal(course_next(s, s->facilitator)->n_actions, 0);
        opening->starts_on = scene_date(s, 2026, 1, 10);
        (void)fixture_refused(&s->f, s->facilitator, "OpenPlacement", opening, TYPES__REFUSAL_CODE__NOT_ELIGIBLE);
}

static void test_nobody_overwrites_what_he_has_not_read(void **state)
{
        struct scene *s = *state;
        struct id proposal = course_sent(s);
        Tracking__AnswerProposal *command = course_answering(s, proposal, STATE(MET));
        command->seen = course_view(s, s->company_user, proposal)->version;
        (void)course_answer(s, s->facilitator, proposal, STATE(NO_SHOW));
        (void)fixture_refused(&s->f, s->company_user, "AnswerProposal", command, TYPES__REFUSAL_CODE__WRONG_STATE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_company_takes_her, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_structure_answers_for_its_own, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_who_is_not_taken_leaves_the_view, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_sending, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_company_that_is_not_in_the_directory, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_she_did_not_come_and_can_come_now, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_postponed, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_withdrawn, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_placed, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_nobody_overwrites_what_he_has_not_read, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
