/* What happens to proposals without anybody's command: their need closes, another company takes over, nobody says
 * anything, the person is erased. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/proposals/silence.h"
#include "tests/unit/services/tracking/proposals/courses.h"

static void test_a_closed_need_leaves_them_behind(void **state)
{
        struct scene *s = *state;
        struct id taken = course_sent(s), need = scene_name("need");
        struct id waits = course_propose(s, scene_eligible_person(s), need);
        struct id elsewhere = course_propose(s, scene_refer(s), course_need(s, "other need", (struct id){0}));
        (void)course_answer(s, s->company_user, taken, STATE(TAKEN));
        course_close_need(s, need);
        const Tracking__ProposalView *view = course_view(s, s->prescriber, waits);
        assert_int_equal(view->state, STATE(WITHDRAWN));
        assert_string_equal(view->outcome_code, "NEED_CLOSED");
        assert_int_equal(view->since->days, day_number(scene_day(2026, 10, 17)));
        assert_int_equal(view->steps[1]->by, TYPES__ROLE__ROLE_NONE);
        assert_int_equal(course_view(s, s->prescriber, taken)->state, STATE(TAKEN));
        assert_int_equal(course_view(s, s->prescriber, elsewhere)->state, STATE(PROPOSED));
        uint64_t position = engine_position(s->f.engine);
        course_close_need(s, need); /* told again, nothing more follows */
        assert_int_equal(engine_position(s->f.engine), position);
}

static void test_another_company_takes_over(void **state)
{
        struct scene *s = *state;
        struct id sent = course_sent(s), waits = course_propose(s, scene_refer(s), scene_name("need"));
        course_company(s, s->other_company);
        const Tracking__ProposalCompanyChanged *told = scene_last_event(s)->proposal_company_changed;
        assert_int_equal(scene_last_event(s)->body_case, TRACKING__EVENT__BODY_PROPOSAL_COMPANY_CHANGED);
        assert_true(id_equal(id_of(told->company), s->other_company));
        assert_true(id_equal(id_of(told->need_id), scene_name("need")));
        assert_string_equal(told->need_title, "Maçon");
        assert_string_equal(told->territory, "31");
        assert_int_equal(told->step->state, STATE(SENT));
        assert_int_equal(told->step->next_actor, ACTS(COMPANY));
        course_unseen(s, s->company_user, sent);
        assert_int_equal(course_view(s, s->other_company_user, sent)->state, STATE(SENT));
        assert_int_equal(course_next(s, s->other_company_user)->n_actions, 1);
        assert_int_equal(course_next(s, s->company_user)->n_actions, 0);
        course_unseen(s, s->other_company_user, waits); /* it was not sent to anybody */
}

/* The obligation names its company by the SIRET alone. */
static void test_a_company_is_known_by_its_siret(void **state)
{
        struct scene *s = *state;
        scene_obligation_of(s, s->obligation, 3000, "13002526500013");
        scene_organisation_of(s, s->company, DIRECTORY__ORGANISATION_KIND__ORDINARY_COMPANY, "Peintures",
                              "13002526500013");
        struct id proposal = course_propose(s, scene_eligible_person(s), course_need(s, "need", (struct id){0}));
        (void)fixture_get(&s->f, s->facilitator, "SendProposal", course_sending(s, proposal));
        assert_int_equal(course_view(s, s->company_user, proposal)->state, STATE(SENT));
        course_unseen(s, s->other_company_user, proposal);
}

struct looking {
        struct job job;
};

static void run_job(struct work *work, void *argument)
{
        silence_look(work, &((struct looking *)argument)->job);
}

static bool is_due(struct scene *s, struct id proposal, struct due *ret)
{
        struct txn *txn = txn_begin_read(engine_store(s->f.engine), NULL);
        bool waits = due_find(txn, &persons_retention, (struct due_name){JOB_SILENCE, proposal}, ret);
        txn_end_read(txn);
        return waits;
}

/* The clock is turned to where it is due. */
static void look(struct scene *s, struct id proposal)
{
        struct looking looking = {0};
        struct err_info info = {0};
        assert_true(is_due(s, proposal, &looking.job.due));
        s->f.world.now_ms_value = looking.job.due.at_ms;
        struct item *item = item_new(s->f.engine);
        item->kind = ITEM_INTERNAL;
        item->fn = run_job;
        item->argument = &looking;
        assert_int_equal(engine_run(s->f.engine, item, &info), 0);
        item_free(s->f.engine, &item);
}

static void test_silence_ends_it(void **state)
{
        struct scene *s = *state;
        struct due due;
        struct id proposal = course_proposed(s);
        assert_false(is_due(s, proposal, &due)); /* a facilitator's delay costs nobody his place */
        (void)fixture_get(&s->f, s->facilitator, "SendProposal", course_sending(s, proposal));
        look(s, proposal);
        assert_int_equal(s->f.world.now_ms_value, (int64_t)(day_number(scene_day(2026, 10, 2)) + 61) * 86400000);
        assert_int_equal(course_view(s, s->prescriber, proposal)->state, STATE(EXPIRED));
        course_unseen(s, s->company_user, proposal);
        assert_false(is_due(s, proposal, &due));

        Tracking__ResumeProposal resume = TRACKING__RESUME_PROPOSAL__INIT;
        resume.proposal_id = scene_id(s, proposal);
        resume.resumed_on = scene_date(s, 2026, 12, 2);
        (void)fixture_get(&s->f, s->facilitator, "ResumeProposal", &resume);
        assert_int_equal(course_view(s, s->company_user, proposal)->state, STATE(SENT));
        assert_true(is_due(s, proposal, &due));
        Tracking__AnswerProposal *answer = course_answering(s, proposal, STATE(TAKEN));
        answer->answered_on = scene_date(s, 2026, 12, 2);
        (void)fixture_get(&s->f, s->company_user, "AnswerProposal", answer);
        assert_false(is_due(s, proposal, &due)); /* what is left to do is the facilitator's */
}

/* What is held of her proposals is in what she is given; erased, nothing of them is left. */
static void test_they_are_hers_and_go_with_her(void **state)
{
        struct scene *s = *state;
        struct id proposal = course_sent(s);
        struct due due;
        Tracking__AnswerProposal *answer = course_answering(s, proposal, STATE(NOT_TAKEN));
        Types__Id *person = course_view(s, s->facilitator, proposal)->beneficiary_id;
        answer->words = arena_text(&s->f.arena, "elle habite trop loin du chantier");
        (void)fixture_get(&s->f, s->company_user, "AnswerProposal", answer);
        (void)course_propose(s, id_of(person), course_need(s, "other need", (struct id){0}));

        Tracking__ExportPerson export = TRACKING__EXPORT_PERSON__INIT;
        export.beneficiary_id = person;
        export.reason = arena_text(&s->f.arena, "copie demandée le 12 octobre");
        export.reason_code = arena_text(&s->f.arena, "PERSON_ASKED");
        const Tracking__PersonExport *whole = fixture_get(&s->f, s->facilitator, "ExportPerson", &export);
        assert_int_equal(whole->n_proposals, 2);
        assert_int_equal(whole->proposals[0]->n_steps, 3);
        assert_int_equal(whole->file->n_proposal_words, 1);
        assert_string_equal(whole->file->proposal_words[0]->words, "elle habite trop loin du chantier");
        bool shared = false;
        for (size_t i = 0; i < whole->n_sharings; i++)
                shared = shared || (strcmp(whole->sharings[i]->sharing_code, "PROPOSED_TO") == 0 &&
                                    id_equal(id_of(whole->sharings[i]->organisation), s->company));
        assert_true(shared);

        Tracking__ErasePerson erase = TRACKING__ERASE_PERSON__INIT;
        erase.beneficiary_id = person;
        erase.erasure_code = arena_text(&s->f.arena, "PERSON_ASKED");
        (void)fixture_get(&s->f, s->facilitator, "ErasePerson", &erase);
        course_unseen(s, s->facilitator, proposal);
        course_unseen(s, s->prescriber, proposal);
        assert_int_equal(course_next(s, s->facilitator)->n_actions, 0);
        assert_false(is_due(s, proposal, &due));
}

static void test_a_restricted_person_is_shown_to_no_company(void **state)
{
        struct scene *s = *state;
        struct id proposal = course_sent(s);
        Tracking__RestrictPerson restriction = TRACKING__RESTRICT_PERSON__INIT;
        restriction.beneficiary_id = course_view(s, s->facilitator, proposal)->beneficiary_id;
        restriction.restriction_code = arena_text(&s->f.arena, "UNLAWFUL");
        (void)fixture_get(&s->f, s->facilitator, "RestrictPerson", &restriction);
        course_unseen(s, s->company_user, proposal);
        assert_int_equal(course_next(s, s->company_user)->n_actions, 0);
        (void)fixture_refused(&s->f, s->facilitator, "AnswerProposal", course_answering(s, proposal, STATE(MET)),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* While her file is restricted it does not end; afterwards as much time is left as there was. */
static void test_silence_waits_while_she_is_restricted(void **state)
{
        enum { DAYS = 40 };
        struct scene *s = *state;
        struct due before, after;
        struct id proposal = course_sent(s);
        Tracking__RestrictPerson restriction = TRACKING__RESTRICT_PERSON__INIT;
        Tracking__LiftRestriction lifting = TRACKING__LIFT_RESTRICTION__INIT;
        restriction.beneficiary_id = lifting.beneficiary_id = course_view(s, s->facilitator, proposal)->beneficiary_id;
        restriction.restriction_code = arena_text(&s->f.arena, "UNLAWFUL");
        lifting.lifting_code = arena_text(&s->f.arena, "VERIFIED");
        int32_t act_by = course_view(s, s->facilitator, proposal)->act_by->days;
        assert_true(is_due(s, proposal, &before));
        (void)fixture_get(&s->f, s->facilitator, "RestrictPerson", &restriction);
        assert_false(is_due(s, proposal, &after));
        s->f.world.now_ms_value += (int64_t)DAYS * 86400000;
        (void)fixture_get(&s->f, s->facilitator, "LiftRestriction", &lifting);
        assert_true(is_due(s, proposal, &after));
        assert_int_equal(after.at_ms - before.at_ms, (int64_t)DAYS * 86400000);
        assert_int_equal(course_view(s, s->facilitator, proposal)->act_by->days, act_by + DAYS);
        look(s, proposal);
        assert_int_equal(course_view(s, s->prescriber, proposal)->state, STATE(EXPIRED));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_closed_need_leaves_them_behind, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_company_is_known_by_its_siret, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_another_company_takes_over, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_silence_ends_it, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_they_are_hers_and_go_with_her, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_restricted_person_is_shown_to_no_company, scene_open,
                                                scene_close),
                cmocka_unit_test_setup_teardown(test_silence_waits_while_she_is_restricted, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
