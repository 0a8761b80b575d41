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
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_prescriber_is_told, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
