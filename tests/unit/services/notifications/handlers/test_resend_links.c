/* ResendLinks: who types a confirmed address is mailed what waits for an answer, once in ten minutes; nobody learns
 * whether it is known. And what notifications does when accounts tells of links. */
#include "tests/unit/services/notifications/fixture.h"

#include "accounts/events.pb-c.h"
#include "services/notifications/subscription.h"

static Wire__Passport *gateway(struct fixture *f)
{
        return fixture_actor(f, TYPES__ROLE__SERVICE, NULL, "*");
}

static void told(struct fixture *f, const void *body)
{
        const ProtobufCMessage *event = event_of_body(&accounts__event__descriptor, body, &f->arena);
        uint64_t number = engine_source_position(f->engine, "accounts-1") + 1;
        assert_int_equal(engine_feed(f->engine, "accounts-1", number, event), 0);
}

static Accounts__Link *a_link(struct fixture *f, uint8_t n, uint8_t of, const char *territory)
{
        Accounts__Link *link = pb_new(&accounts__link__descriptor, &f->arena);
        link->link_id = id_to(&f->arena, organisation(n));
        link->organisation_id = id_to(&f->arena, organisation(of));
        link->object_id = id_to(&f->arena, organisation(200));
        link->purpose = ACCOUNTS__LINK_PURPOSE__LINK_TAKE_NOTE;
        link->role = TYPES__ROLE__PRESCRIBER;
        link->territory = arena_text(&f->arena, territory);
        return link;
}

static void give(struct fixture *f, Accounts__Link *link, bool by_mail)
{
        Accounts__LinkGiven given = ACCOUNTS__LINK_GIVEN__INIT;
        link->by_mail = by_mail;
        given.link = link;
        told(f, &given.base);
}

static void send_again(struct fixture *f, const char *email)
{
        Notifications__ResendLinks command = NOTIFICATIONS__RESEND_LINKS__INIT;
        command.email = arena_text(&f->arena, email);
        (void)fixture_get(f, gateway(f), "ResendLinks", &command);
}

/* The link that the newest notice's mail carries; NULL: none. */
static const Notifications__NoticeLink *carried(struct fixture *f)
{
        const Notifications__Event *event = fixture_event(f, engine_position(f->engine));
        assert_int_equal(event->body_case, NOTIFICATIONS__EVENT__BODY_NOTICE_POSTED);
        return event->notice_posted->recipients[0]->link;
}

static void test_mailed_when_it_is_given(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "ml@exemple.fr");
        size_t before = outbox(f, NULL);
        give(f, a_link(f, 20, 1, "31"), true);
        assert_int_equal(outbox(f, NULL), before + 1);
        assert_true(id_equal(id_of(carried(f)->link_id), organisation(20)));
        assert_int_equal(inbox(f, 1)->notices[0]->kind, KIND(LINK_SENT));
        give(f, a_link(f, 21, 1, "31"), false); /* its maker was shown it */
        assert_int_equal(outbox(f, NULL), before + 1);
        Accounts__LinkAskedAgain again = ACCOUNTS__LINK_ASKED_AGAIN__INIT;
        again.link_id = id_to(&f->arena, organisation(21));
        told(f, &again.base);
        assert_int_equal(outbox(f, NULL), before + 2);
        /* Security: an address that nobody confirmed gets no link */
        give(f, a_link(f, 22, 2, "31"), true);
        assert_int_equal(outbox(f, NULL), before + 2);
        assert_null(carried(f));
}

static void test_again_to_whom_it_is_known(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "ml@exemple.fr");
        give(f, a_link(f, 20, 1, "31"), false);
        give(f, a_link(f, 21, 1, "09"), false); /* of another territory than that address is told of */
        size_t before = outbox(f, NULL);
        uint64_t position = engine_position(f->engine);
        send_again(f, "inconnue@exemple.fr");
        assert_int_equal(engine_position(f->engine), position);
        send_again(f, "ML@Exemple.fr");
        assert_int_equal(outbox(f, NULL), before + 1);
        assert_true(id_equal(id_of(carried(f)->link_id), organisation(20)));
        send_again(f, "ml@exemple.fr"); /* it rests */
        assert_int_equal(outbox(f, NULL), before + 1);
        f->world.now_ms_value += LINKS_INTERVAL_MS;
        send_again(f, "ml@exemple.fr");
        assert_int_equal(outbox(f, NULL), before + 2);

        Accounts__LinkUsed used = ACCOUNTS__LINK_USED__INIT;
        used.link_id = id_to(&f->arena, organisation(20));
        told(f, &used.base);
        f->world.now_ms_value += LINKS_INTERVAL_MS;
        send_again(f, "ml@exemple.fr");
        assert_int_equal(outbox(f, NULL), before + 2); /* nothing waits any more */
        Notifications__ResendLinks command = NOTIFICATIONS__RESEND_LINKS__INIT;
        command.email = arena_text(&f->arena, "ml@exemple.fr");
        (void)fixture_refused(f, facilitator(f, "31"), "ResendLinks", &command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_who_says_that_it_is_not_she(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "ml@exemple.fr");
        Accounts__LinkDisowned disowned = ACCOUNTS__LINK_DISOWNED__INIT;
        give(f, a_link(f, 20, 1, "31"), false);
        size_t before = outbox(f, NULL);
        disowned.link = a_link(f, 20, 1, "31");
        told(f, &disowned.base);
        assert_int_equal(outbox(f, NULL), before); /* the address is somebody else's */
        Notifications__RecentNoticesRequest query = NOTIFICATIONS__RECENT_NOTICES_REQUEST__INIT;
        const Notifications__InboxReply *recent = fixture_get(f, facilitator(f, "31"), "RecentNotices", &query);
        assert_int_equal(recent->notices[0]->kind, KIND(LINK_NOT_MINE));
        Accounts__LinkEnded ended = ACCOUNTS__LINK_ENDED__INIT;
        ended.link_id = disowned.link->link_id;
        told(f, &ended.base);
        f->world.now_ms_value += LINKS_INTERVAL_MS;
        send_again(f, "ml@exemple.fr");
        assert_int_equal(outbox(f, NULL), before);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_mailed_when_it_is_given, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_again_to_whom_it_is_known, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_says_that_it_is_not_she, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
