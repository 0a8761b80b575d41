#include "tests/unit/services/notifications/fixture.h"

/* A step of a control of evidence that is asked of organisation 1. */
static void step(struct fixture *f, Tracking__EvidenceState state)
{
        char *evidence[] = {(char[]){"bulletins de paie"}, (char[]){"relevés d'heures"}};
        Tracking__EvidenceStep step = TRACKING__EVIDENCE_STEP__INIT;
        Tracking__EvidenceMoved moved = TRACKING__EVIDENCE_MOVED__INIT;
        Tracking__Event event = TRACKING__EVENT__INIT;
        step.state = state;
        step.happened_on = day_to(&f->arena, day_of_civil((struct civil){2026, 11, 2}));
        step.act_by = day_to(&f->arena, day_of_civil((struct civil){2026, 12, 14}));
        step.label = (char *)"la pièce est illisible";
        moved.control_id = id_to(&f->arena, organisation(203));
        moved.placement_id = id_to(&f->arena, organisation(201));
        moved.beneficiary_id = id_to(&f->arena, organisation(202));
        moved.organisation = id_to(&f->arena, organisation(1));
        moved.territory = (char *)"31";
        moved.step = &step;
        moved.evidence = evidence;
        moved.n_evidence = 2;
        event.body_case = TRACKING__EVENT__BODY_EVIDENCE_MOVED;
        event.evidence_moved = &moved;
        feed_tracking(f, &event);
}

static void test_who_is_asked_is_told(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        step(f, TRACKING__EVIDENCE_STATE__EVIDENCE_ASKED);
        const Notifications__InboxReply *reply = inbox(f, 1);
        assert_int_equal(reply->n_notices, 1);
        assert_int_equal(reply->notices[0]->kind, KIND(EVIDENCE_WANTED));
        assert_non_null(strstr(reply->notices[0]->title, "avant le 14/12/2026"));
        assert_non_null(strstr(reply->notices[0]->text, "bulletins de paie ; relevés d'heures"));
        step(f, TRACKING__EVIDENCE_STATE__EVIDENCE_DISPUTED);
        reply = inbox(f, 1);
        assert_non_null(strstr(reply->notices[0]->text, "la pièce est illisible"));
        step(f, TRACKING__EVIDENCE_STATE__EVIDENCE_NOT_PROVEN);
        step(f, TRACKING__EVIDENCE_STATE__EVIDENCE_CONFIRMED);
        assert_int_equal(inbox(f, 1)->n_notices, 4);
}

static void test_what_is_nobodys_news(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        step(f, TRACKING__EVIDENCE_STATE__EVIDENCE_ANSWERED); /* its own act */
        step(f, TRACKING__EVIDENCE_STATE__EVIDENCE_TO_CONFIRM);
        step(f, TRACKING__EVIDENCE_STATE__EVIDENCE_SETTLED);
        assert_int_equal(inbox(f, 1)->n_notices, 0);
}

static void test_a_step_that_was_wrong(void **state)
{
        struct fixture *f = *state;
        Tracking__EvidenceTakenBack taken_back = TRACKING__EVIDENCE_TAKEN_BACK__INIT;
        Tracking__Event event = TRACKING__EVENT__INIT;
        taken_back.placement_id = id_to(&f->arena, organisation(201));
        taken_back.organisation = id_to(&f->arena, organisation(1));
        taken_back.territory = (char *)"31";
        taken_back.before = TRACKING__EVIDENCE_STATE__EVIDENCE_NOT_PROVEN;
        taken_back.now = TRACKING__EVIDENCE_STATE__EVIDENCE_ANSWERED_AGAIN;
        event.body_case = TRACKING__EVENT__BODY_EVIDENCE_TAKEN_BACK;
        event.evidence_taken_back = &taken_back;
        feed_tracking(f, &event);
        assert_non_null(strstr(inbox(f, 1)->notices[0]->text, "transmis de nouveau"));
        taken_back.before = TRACKING__EVIDENCE_STATE__EVIDENCE_ANSWERED_AGAIN;
        taken_back.now = TRACKING__EVIDENCE_STATE__EVIDENCE_DISPUTED;
        feed_tracking(f, &event);
        assert_int_equal(inbox(f, 1)->n_notices, 1);
}

/* The prescriber is told of other terms, and that those before were wrong. */
static void test_other_terms(void **state)
{
        struct fixture *f = *state;
        Tracking__PlacementTerms terms = TRACKING__PLACEMENT_TERMS__INIT;
        Tracking__PlacementChanged changed = TRACKING__PLACEMENT_CHANGED__INIT;
        Tracking__Event event = TRACKING__EVENT__INIT;
        terms.changed_on = day_to(&f->arena, day_of_civil((struct civil){2026, 11, 2}));
        terms.work_contract = (char *)"CDDI";
        terms.weekly_hours = hours_to(&f->arena, hours_of_hundredths(2600));
        changed.placement_id = id_to(&f->arena, organisation(201));
        changed.beneficiary_id = id_to(&f->arena, organisation(202));
        changed.prescriber = id_to(&f->arena, organisation(1));
        changed.territory = (char *)"31";
        changed.terms = &terms;
        event.body_case = TRACKING__EVENT__BODY_PLACEMENT_CHANGED;
        event.placement_changed = &changed;
        feed_tracking(f, &event);
        const Notifications__InboxReply *reply = inbox(f, 1);
        assert_non_null(strstr(reply->notices[0]->title, "avenant au contrat"));
        assert_non_null(strstr(reply->notices[0]->text, "CDDI, sans terme, 26,00 h par semaine"));
        terms.is_correction = true;
        feed_tracking(f, &event);
        assert_non_null(strstr(inbox(f, 1)->notices[0]->title, "contrat rectifié"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_who_is_asked_is_told, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_nobodys_news, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_step_that_was_wrong, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_other_terms, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
