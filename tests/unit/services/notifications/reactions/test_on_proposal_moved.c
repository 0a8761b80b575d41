#include "tests/unit/services/notifications/fixture.h"

/* A step of the proposal of a person whom organisation 1 referred. */
static void step(struct fixture *f, Tracking__ProposalState state, Types__Role by, bool is_private)
{
        Tracking__ProposalStep step = TRACKING__PROPOSAL_STEP__INIT;
        Tracking__ProposalMoved moved = TRACKING__PROPOSAL_MOVED__INIT;
        Tracking__Event event = TRACKING__EVENT__INIT;
        step.state = state;
        step.by = by;
        step.happened_on = day_to(&f->arena, day_of_civil((struct civil){2026, 11, 2}));
        moved.proposal_id = id_to(&f->arena, organisation(203));
        moved.beneficiary_id = id_to(&f->arena, organisation(201));
        moved.need_id = id_to(&f->arena, organisation(204));
        moved.prescriber = id_to(&f->arena, organisation(1));
        moved.territory = (char *)"31";
        moved.need_title = (char *)"Maçon";
        moved.is_private = is_private;
        moved.step = &step;
        event.body_case = TRACKING__EVENT__BODY_PROPOSAL_MOVED;
        event.proposal_moved = &moved;
        feed_tracking(f, &event);
}

static void test_the_prescriber_is_told(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        step(f, TRACKING__PROPOSAL_STATE__PROPOSAL_NO_SHOW, TYPES__ROLE__COMPANY, false);
        const Notifications__InboxReply *reply = inbox(f, 1);
        assert_int_equal(reply->n_notices, 1);
        assert_int_equal(reply->notices[0]->kind, KIND(PROPOSAL_STEP));
        assert_non_null(strstr(reply->notices[0]->title, "pas venue"));
        assert_non_null(strstr(reply->notices[0]->text, "« Maçon »"));
        assert_true(id_equal(id_of(reply->notices[0]->subject_id), organisation(204)));
        assert_int_equal(outbox(f, NULL), 1);
}

static void test_what_it_did_itself_it_knows(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        step(f, TRACKING__PROPOSAL_STATE__PROPOSAL_WITHDRAWN, TYPES__ROLE__PRESCRIBER, false);
        step(f, TRACKING__PROPOSAL_STATE__PROPOSAL_PLACED, TYPES__ROLE__FACILITATOR,
             false); /* told with its placement */
        assert_int_equal(inbox(f, 1)->n_notices, 0);
        step(f, TRACKING__PROPOSAL_STATE__PROPOSAL_EXPIRED, TYPES__ROLE__ROLE_NONE, false);
        assert_int_equal(inbox(f, 1)->n_notices, 1);
}

static void test_made_and_corrected(void **state)
{
        struct fixture *f = *state;
        Tracking__ProposalStep step = TRACKING__PROPOSAL_STEP__INIT;
        Tracking__ProposalMade made = TRACKING__PROPOSAL_MADE__INIT;
        Tracking__ProposalCorrected corrected = TRACKING__PROPOSAL_CORRECTED__INIT;
        Tracking__Event event = TRACKING__EVENT__INIT;
        step.state = TRACKING__PROPOSAL_STATE__PROPOSAL_PROPOSED;
        step.by = TYPES__ROLE__FACILITATOR;
        step.happened_on = day_to(&f->arena, day_of_civil((struct civil){2026, 11, 2}));
        made.beneficiary_id = corrected.beneficiary_id = id_to(&f->arena, organisation(201));
        made.need_id = corrected.need_id = id_to(&f->arena, organisation(204));
        made.prescriber = corrected.prescriber = id_to(&f->arena, organisation(1));
        made.territory = corrected.territory = (char *)"31";
        made.step = corrected.step = &step;
        event.body_case = TRACKING__EVENT__BODY_PROPOSAL_MADE;
        event.proposal_made = &made;
        feed_tracking(f, &event);
        event.body_case = TRACKING__EVENT__BODY_PROPOSAL_CORRECTED;
        event.proposal_corrected = &corrected;
        feed_tracking(f, &event);
        const Notifications__InboxReply *reply = inbox(f, 1);
        assert_int_equal(reply->n_notices, 2);
        assert_non_null(strstr(reply->notices[0]->title, "une étape était fausse"));
        assert_non_null(strstr(reply->notices[1]->text, "proposée par le facilitateur"));
}

/* The company and the structure that it is sent to learn that there is one: a label, no file, nobody's name. */
static void test_who_receives_it_is_told(void **state)
{
        struct fixture *f = *state;
        Tracking__ProposalStep step = TRACKING__PROPOSAL_STEP__INIT;
        Tracking__ProposalMoved moved = TRACKING__PROPOSAL_MOVED__INIT;
        Tracking__Event event = TRACKING__EVENT__INIT;
        char file[ID_TEXT_SIZE];
        step.state = TRACKING__PROPOSAL_STATE__PROPOSAL_SENT;
        step.by = TYPES__ROLE__FACILITATOR;
        step.is_untold = true; /* to its prescriber */
        step.happened_on = day_to(&f->arena, day_of_civil((struct civil){2026, 11, 2}));
        step.act_by = day_to(&f->arena, day_of_civil((struct civil){2026, 11, 16}));
        moved.proposal_id = id_to(&f->arena, organisation(203));
        moved.beneficiary_id = id_to(&f->arena, organisation(201));
        moved.need_id = id_to(&f->arena, organisation(204));
        moved.prescriber = id_to(&f->arena, organisation(1));
        moved.company = id_to(&f->arena, organisation(2));
        moved.structure = id_to(&f->arena, organisation(3));
        moved.territory = (char *)"31";
        moved.need_title = (char *)"Maçon";
        moved.step = &step;
        event.body_case = TRACKING__EVENT__BODY_PROPOSAL_MOVED;
        event.proposal_moved = &moved;
        feed_tracking(f, &event);
        id_format(organisation(201), file);
        for (uint8_t n = 2; n <= 3; n++) {
                const Notifications__InboxReply *reply = inbox(f, n);
                assert_int_equal(reply->n_notices, 1);
                assert_int_equal(reply->notices[0]->kind, KIND(PROPOSAL_RECEIVED));
                assert_non_null(strstr(reply->notices[0]->title, "« Maçon »"));
                assert_non_null(strstr(reply->notices[0]->text, "16/11/2026"));
                assert_null(strstr(reply->notices[0]->text, file));
        }
        assert_int_equal(inbox(f, 1)->n_notices, 0);
}

/* Who takes the contract over is told of what it is to answer, and of nothing else. */
static void test_who_inherits_it_is_told(void **state)
{
        struct fixture *f = *state;
        Tracking__ProposalCompanyChanged changed = TRACKING__PROPOSAL_COMPANY_CHANGED__INIT;
        Tracking__ProposalStep step = TRACKING__PROPOSAL_STEP__INIT;
        Tracking__Event event = TRACKING__EVENT__INIT;
        char file[ID_TEXT_SIZE];
        step.state = TRACKING__PROPOSAL_STATE__PROPOSAL_SENT;
        step.happened_on = day_to(&f->arena, day_of_civil((struct civil){2026, 11, 2}));
        step.act_by = day_to(&f->arena, day_of_civil((struct civil){2026, 11, 16}));
        changed.proposal_id = id_to(&f->arena, organisation(203));
        changed.beneficiary_id = id_to(&f->arena, organisation(201));
        changed.need_id = id_to(&f->arena, organisation(204));
        changed.company = id_to(&f->arena, organisation(2));
        changed.territory = (char *)"31";
        changed.need_title = (char *)"Maçon";
        event.body_case = TRACKING__EVENT__BODY_PROPOSAL_COMPANY_CHANGED;
        event.proposal_company_changed = &changed;
        feed_tracking(f, &event); /* of before: it does not say what waits */
        changed.step = &step;
        step.next_actor = TRACKING__PROPOSAL_ACTOR__FACILITATOR_ACTS;
        feed_tracking(f, &event);
        assert_int_equal(inbox(f, 2)->n_notices, 0);
        step.next_actor = TRACKING__PROPOSAL_ACTOR__COMPANY_ACTS;
        feed_tracking(f, &event);
        const Notifications__InboxReply *reply = inbox(f, 2);
        assert_int_equal(reply->n_notices, 1);
        assert_int_equal(reply->notices[0]->kind, KIND(PROPOSAL_RECEIVED));
        assert_non_null(strstr(reply->notices[0]->title, "vous attend pour « Maçon »"));
        assert_non_null(strstr(reply->notices[0]->text, "reprenez un marché"));
        assert_non_null(strstr(reply->notices[0]->text, "16/11/2026"));
        id_format(organisation(201), file);
        assert_null(strstr(reply->notices[0]->text, file));
}

static void action(struct fixture *f, Tracking__ActionState state, uint8_t prescriber)
{
        Tracking__ActionMoved moved = TRACKING__ACTION_MOVED__INIT;
        Tracking__Event event = TRACKING__EVENT__INIT;
        moved.beneficiary_id = id_to(&f->arena, organisation(201));
        moved.territory = (char *)"31";
        moved.state = state;
        moved.happened_on = day_to(&f->arena, day_of_civil((struct civil){2026, 11, 2}));
        moved.kind_label = (char *)"aide à la mobilité";
        moved.prescriber = prescriber == 0 ? NULL : id_to(&f->arena, organisation(prescriber));
        event.body_case = TRACKING__EVENT__BODY_ACTION_MOVED;
        event.action_moved = &moved;
        feed_tracking(f, &event);
}

static void test_an_action_is_told_where_the_rules_say_so(void **state)
{
        struct fixture *f = *state;
        action(f, TRACKING__ACTION_STATE__ACTION_UNDER_WAY, 0);
        assert_int_equal(inbox(f, 1)->n_notices, 0);
        action(f, TRACKING__ACTION_STATE__ACTION_GIVEN_UP, 1);
        const Notifications__InboxReply *reply = inbox(f, 1);
        assert_int_equal(reply->n_notices, 1);
        assert_int_equal(reply->notices[0]->kind, KIND(ACTION_STEP));
        assert_non_null(strstr(reply->notices[0]->title, "aide à la mobilité : abandonnée"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_prescriber_is_told, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_it_did_itself_it_knows, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_made_and_corrected, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_receives_it_is_told, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_inherits_it_is_told, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_an_action_is_told_where_the_rules_say_so, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
