/* Evidence is asked of the employer, who reads what and by when, and answers; nobody else does. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/controls/sampled.h"

static void test_all_are_asked_at_once(void **state)
{
        struct scene *s = *state;
        struct sampled sampled = sampled_drawn(s);
        Tracking__AskEvidence *command = sampled_asking(s, &sampled);
        command->placement_id = NULL;
        command->asked_on = scene_date(s, 2026, 7, 5); /* before the draw */
        (void)fixture_refused(&s->f, s->facilitator, "AskEvidence", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->asked_on = scene_date(s, 2026, 7, 7);
        const Tracking__AskEvidenceReply *reply = fixture_get(&s->f, s->facilitator, "AskEvidence", command);
        assert_int_equal(reply->asked, 1);
        assert_int_equal(reply->act_by->days, day_number(scene_day(2026, 7, 7)) + 42);
        reply = fixture_get(&s->f, s->facilitator, "AskEvidence", command);
        assert_int_equal(reply->asked, 0);
        (void)fixture_refused(&s->f, s->facilitator, "AskEvidence", sampled_asking(s, &sampled),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(&s->f, s->stranger, "AskEvidence", sampled_asking(s, &sampled),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* Before it is asked, an employer knows of nothing; then of what is asked, and not of whom. */
static void test_what_an_employer_reads(void **state)
{
        struct scene *s = *state;
        struct sampled sampled = sampled_drawn(s);
        Tracking__EvidenceById query = TRACKING__EVIDENCE_BY_ID__INIT;
        query.control_id = scene_id(s, sampled.control);
        query.placement_id = scene_id(s, sampled.placement);
        (void)fixture_refused(&s->f, s->structure_user, "EvidenceById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_get(&s->f, s->facilitator, "AskEvidence", sampled_asking(s, &sampled));
        const Tracking__EvidenceView *view = sampled_view(s, s->structure_user, &sampled);
        assert_null(view->beneficiary_id);
        assert_int_equal(view->n_evidence, 1);
        assert_string_equal(view->evidence[0], "relevés d'heures signés de la période");
        assert_true(view->late); /* it is October */
        assert_int_equal(sampled_due(s, s->structure_user, false)->n_items, 1);
        assert_int_equal(sampled_due(s, s->facilitator, false)->n_items, 0);
        assert_int_equal(sampled_due(s, s->facilitator, true)->n_items, 1);
        assert_int_equal(sampled_due(s, s->stranger, true)->n_items, 0);
        assert_int_equal(sampled_due(s, s->other_company_user, false)->n_items, 0);
        /* the company where it is done is not asked */
        (void)fixture_refused(&s->f, s->company_user, "EvidenceById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->company_user, "AnswerEvidence", sampled_answering(s, &sampled, 15),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_an_answer(void **state)
{
        struct scene *s = *state;
        struct sampled sampled = sampled_asked(s);
        Tracking__AnswerEvidence *command = sampled_answering(s, &sampled, 15);
        command->pieces[0]->document_id = scene_id(s, scene_name("document"));
        (void)fixture_refused(&s->f, s->structure_user, "AnswerEvidence", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->facilitator, "AnswerEvidence", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        command = sampled_answering(s, &sampled, 15);
        command->words = arena_text(&s->f.arena, "1 85 05 78 006 084 36");
        (void)fixture_refused(&s->f, s->structure_user, "AnswerEvidence", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = sampled_answering(s, &sampled, 15);
        (void)fixture_get(&s->f, s->structure_user, "AnswerEvidence", command);
        /* nothing of who made it out, nor of what was said, is published */
        struct slice published = scene_published(s, 0);
        assert_null(memmem(published.data, published.size, "chef de chantier", strlen("chef de chantier")));
        assert_null(memmem(published.data, published.size, "feuille du 30", strlen("feuille du 30")));
        const Tracking__EvidenceView *view = sampled_view(s, s->facilitator, &sampled);
        assert_int_equal(view->n_steps, 3);
        assert_string_equal(view->steps[2]->words, "la feuille du 30 manque");
        assert_string_equal(view->steps[2]->pieces[0]->issuer, "le chef de chantier");
        assert_int_equal(sampled_view(s, s->auditor, &sampled)->n_steps, 0);
        assert_int_equal(sampled_view(s, s->structure_user, &sampled)->n_steps, 0);
}

/* Of who is erased the days and the result stay, and no word. */
static void test_erased(void **state)
{
        struct scene *s = *state;
        struct sampled sampled = sampled_answered(s);
        Tracking__ErasePerson erasing = TRACKING__ERASE_PERSON__INIT;
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, sampled.placement));
        erasing.beneficiary_id = scene_id(s, sampled.person);
        erasing.erasure_code = arena_text(&s->f.arena, "PERSON_ASKED");
        (void)fixture_get(&s->f, s->facilitator, "ErasePerson", &erasing);
        assert_string_equal(sampled_view(s, s->facilitator, &sampled)->steps[2]->words, "");
        assert_int_equal(sampled_due(s, s->facilitator, false)->n_items, 0);
        (void)fixture_refused(&s->f, sampled.colleague, "JudgeEvidence", sampled_judging(s, &sampled, 20, NULL),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_int_equal(sampled_figures(s, &sampled)->set_aside, 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_all_are_asked_at_once, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_what_an_employer_reads, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_an_answer, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_erased, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
