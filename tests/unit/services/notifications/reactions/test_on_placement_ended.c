#include "tests/unit/services/notifications/fixture.h"

static void test_the_prescriber_is_told(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        Tracking__PlacementEnded event_body = TRACKING__PLACEMENT_ENDED__INIT;
        event_body.placement_id = id_to(&f->arena, organisation(202));
        event_body.beneficiary_id = id_to(&f->arena, organisation(201));
        event_body.prescriber = id_to(&f->arena, organisation(1));
        event_body.territory = (char *)"31";
        event_body.ended_on = day_to(&f->arena, day_of_civil((struct civil){2026, 11, 2}));
        event_body.outcome = TRACKING__OUTCOME__DURABLE_JOB;
        Tracking__Event event = TRACKING__EVENT__INIT;
        event.body_case = TRACKING__EVENT__BODY_PLACEMENT_ENDED;
        event.placement_ended = &event_body;
        feed_tracking(f, &event);

        const Notifications__InboxReply *reply = inbox(f, 1);
        assert_int_equal(reply->n_notices, 1);
        assert_int_equal(reply->notices[0]->kind, KIND(PLACEMENT_FINISHED));
        assert_non_null(strstr(reply->notices[0]->title, "contrat terminé, emploi durable"));
        assert_true(id_equal(id_of(reply->notices[0]->subject_id), organisation(202)));
        assert_int_equal(outbox(f, NULL), 1);
        /* its mail lets take note of it without an account */
        const Notifications__Event *posted = fixture_event(f, engine_position(f->engine));
        const Notifications__NoticeLink *link = posted->notice_posted->recipients[0]->link;
        assert_int_equal(link->purpose, ACCOUNTS__LINK_PURPOSE__LINK_TAKE_NOTE);
        assert_int_equal(link->role, TYPES__ROLE__PRESCRIBER);
        assert_null(link->link_id);
}

/* Ends that are set right or taken back, and what is known later: each is a notice to the same prescriber. */
static void test_what_follows_is_told_too(void **state)
{
        struct fixture *f = *state;
        Tracking__PlacementEndCorrected corrected = TRACKING__PLACEMENT_END_CORRECTED__INIT;
        Tracking__PlacementReopened reopened = TRACKING__PLACEMENT_REOPENED__INIT;
        Tracking__OutcomeRecorded recorded = TRACKING__OUTCOME_RECORDED__INIT;
        Tracking__OutcomeAt now = TRACKING__OUTCOME_AT__INIT;
        Tracking__Event event = TRACKING__EVENT__INIT;
        Types__Day *day = day_to(&f->arena, day_of_civil((struct civil){2026, 11, 2}));
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        now.at = TRACKING__OUTCOME_MOMENT__AT_SIX_MONTHS;
        now.outcome = TRACKING__OUTCOME__DURABLE_JOB;
        corrected.placement_id = reopened.placement_id = recorded.placement_id = id_to(&f->arena, organisation(202));
        corrected.beneficiary_id = reopened.beneficiary_id = recorded.beneficiary_id =
                id_to(&f->arena, organisation(201));
        corrected.prescriber = reopened.prescriber = recorded.prescriber = id_to(&f->arena, organisation(1));
        corrected.territory = reopened.territory = recorded.territory = (char *)"31";
        corrected.ended_on = corrected.was_ended_on = reopened.was_ended_on = recorded.ended_on = day;
        corrected.now = corrected.was = reopened.was = recorded.now = &now;
        event.body_case = TRACKING__EVENT__BODY_PLACEMENT_END_CORRECTED;
        event.placement_end_corrected = &corrected;
        feed_tracking(f, &event);
        event.body_case = TRACKING__EVENT__BODY_PLACEMENT_REOPENED;
        event.placement_reopened = &reopened;
        feed_tracking(f, &event);
        event.body_case = TRACKING__EVENT__BODY_OUTCOME_RECORDED;
        event.outcome_recorded = &recorded;
        feed_tracking(f, &event);
        recorded.goes_on = true; /* nobody's news */
        feed_tracking(f, &event);
        const Notifications__InboxReply *reply = inbox(f, 1);
        assert_int_equal(reply->n_notices, 3);
        for (size_t i = 0; i < reply->n_notices; i++)
                assert_int_equal(reply->notices[i]->kind, KIND(PLACEMENT_FINISHED));
}

/* Who follows her from now on. */
static void test_a_relocation_is_told(void **state)
{
        struct fixture *f = *state;
        Tracking__BeneficiaryRelocated relocated = TRACKING__BENEFICIARY_RELOCATED__INIT;
        Tracking__Event event = TRACKING__EVENT__INIT;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        relocated.beneficiary_id = id_to(&f->arena, organisation(201));
        relocated.prescriber = id_to(&f->arena, organisation(1));
        relocated.from_territory = (char *)"31";
        relocated.to_territory = (char *)"81";
        event.body_case = TRACKING__EVENT__BODY_BENEFICIARY_RELOCATED;
        event.beneficiary_relocated = &relocated;
        feed_tracking(f, &event);
        const Notifications__InboxReply *reply = inbox(f, 1);
        assert_int_equal(reply->n_notices, 1);
        assert_int_equal(reply->notices[0]->kind, KIND(FILE_RELOCATED));
        assert_non_null(strstr(reply->notices[0]->title, "département 81"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_relocation_is_told, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_follows_is_told_too, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_prescriber_is_told, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
