#include "tests/unit/services/notifications/fixture.h"

/* An answer on whether the person of a placement is still there; by organisation 1, or written by a facilitator. */
static void state_it(struct fixture *f, Tracking__Presence answer, bool by_organisation)
{
        Tracking__PresenceStated stated = TRACKING__PRESENCE_STATED__INIT;
        Tracking__Event event = TRACKING__EVENT__INIT;
        stated.presence_id = id_to(&f->arena, organisation(203));
        stated.placement_id = id_to(&f->arena, organisation(201));
        stated.beneficiary_id = id_to(&f->arena, organisation(202));
        stated.territory = (char *)"31";
        stated.answer = answer;
        stated.happened_on = day_to(&f->arena, day_of_civil((struct civil){2026, 11, 2}));
        stated.act_by = day_to(&f->arena, day_of_civil((struct civil){2026, 12, 14}));
        stated.organisation = by_organisation ? id_to(&f->arena, organisation(1)) : NULL;
        event.body_case = TRACKING__EVENT__BODY_PRESENCE_STATED;
        event.presence_stated = &stated;
        feed_tracking(f, &event);
}

static void test_who_is_gone_is_told(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        state_it(f, TRACKING__PRESENCE__GONE, true);
        const Notifications__InboxReply *reply = inbox(f, 1);
        assert_int_equal(reply->n_notices, 1);
        assert_int_equal(reply->notices[0]->kind, KIND(PERSON_GONE));
        assert_string_equal(reply->notices[0]->territory, "31");
        assert_non_null(strstr(reply->notices[0]->title, "depuis le 02/11/2026"));
        assert_non_null(strstr(reply->notices[0]->text, "d'ici le 14/12/2026"));
        assert_int_equal(reply->notices[0]->delivery, NOTIFICATIONS__DELIVERY_STATE__DELIVERY_NONE); /* its own words */
}

static void test_what_is_nobodys_news(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        state_it(f, TRACKING__PRESENCE__STILL_THERE, true);
        state_it(f, TRACKING__PRESENCE__GONE, false);
        assert_int_equal(inbox(f, 1)->n_notices, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_who_is_gone_is_told, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_nobodys_news, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
