/* Links made, shown once, sent again, ended, listed, and drawn by the daemon that mails them. */
#include "tests/unit/services/accounts/links/fixture.h"

#include "common/codec/token.h"

/* The hash that the newest event tells. */
static struct slice hash_told(struct fixture *f)
{
        const Accounts__Event *event = fixture_event(f, engine_position(f->engine));
        assert_int_equal(event->body_case, ACCOUNTS__EVENT__BODY_LINK_DRAWN);
        return pb_slice(event->link_drawn->hash);
}

static void assert_opens(struct fixture *f, const char *token)
{
        uint8_t hash[TOKEN_DIGEST_SIZE];
        assert_true(token_of_text(token, hash));
        assert_true(slice_equal(hash_told(f), slice_of(hash, sizeof(hash))));
}

static void test_shown_once(void **state)
{
        struct fixture *f = *state;
        const Accounts__LinkReply *made = make_link(f);
        assert_int_equal(strlen(made->token), TOKEN_TEXT_SIZE - 1);
        assert_true(made->ends->ms == FIXTURE_NOW_MS + INT64_C(30) * 86400000);
        assert_opens(f, made->token);
        assert_int_equal(link_seen(f)->state, ACCOUNTS__LINK_STATE__LINK_OPEN);
        assert_int_equal(link_seen(f)->sendings, 1);
        assert_string_equal(link_seen(f)->given_by, "essai");
        Accounts__MakeLink *wrong = a_link(f);
        wrong->month = NULL;
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator_of(f, "31"), "MakeLink", wrong, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "month");
}

static void test_by_mail_it_is_drawn_as_it_leaves(void **state)
{
        struct fixture *f = *state;
        Accounts__MakeLink *make = a_link(f);
        make->by_mail = true;
        const Accounts__LinkReply *made = fixture_get(f, facilitator_of(f, "31"), "MakeLink", make);
        assert_string_equal(made->token, "");
        assert_null(link_seen(f)->sent_at);
        Accounts__DrawLink draw = ACCOUNTS__DRAW_LINK__INIT;
        draw.link_id = made->link_id;
        f->world.now_ms_value += 86400000;
        const Accounts__DrawLinkReply *drawn = fixture_get(f, service_of(f), "DrawLink", &draw);
        assert_opens(f, drawn->token);
        assert_true(drawn->ends->ms == f->world.now_ms_value + INT64_C(30) * 86400000);
        assert_non_null(link_seen(f)->sent_at);
        (void)fixture_refused(f, facilitator_of(f, "31"), "DrawLink", &draw, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        const Accounts__DrawLinkReply *again = fixture_get(f, service_of(f), "DrawLink", &draw);
        assert_string_not_equal(again->token, drawn->token);
        assert_opens(f, again->token);
}

static void test_sent_again_and_ended_where_they_are_hers(void **state)
{
        struct fixture *f = *state;
        const Accounts__LinkReply *made = make_link(f);
        Accounts__ResendLink resend = ACCOUNTS__RESEND_LINK__INIT;
        Accounts__EndLink end = ACCOUNTS__END_LINK__INIT;
        resend.link_id = end.link_id = made->link_id;
        (void)fixture_refused(f, facilitator_of(f, "09"), "ResendLink", &resend, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, facilitator_of(f, "09"), "EndLink", &end, TYPES__REFUSAL_CODE__NOT_FOUND);
        Accounts__LinksRequest query = ACCOUNTS__LINKS_REQUEST__INIT;
        const Accounts__LinksReply *others = fixture_get(f, facilitator_of(f, "09"), "Links", &query);
        assert_int_equal(others->n_links, 0);

        f->world.now_ms_value += INT64_C(40) * 86400000;
        assert_int_equal(link_seen(f)->state, ACCOUNTS__LINK_STATE__LINK_EXPIRED);
        const Accounts__LinkReply *again = fixture_get(f, facilitator_of(f, "31"), "ResendLink", &resend);
        assert_string_not_equal(again->token, made->token);
        assert_int_equal(link_seen(f)->state, ACCOUNTS__LINK_STATE__LINK_OPEN);
        resend.by_mail = true;
        const Accounts__LinkReply *mailed = fixture_get(f, facilitator_of(f, "31"), "ResendLink", &resend);
        assert_string_equal(mailed->token, "");

        (void)fixture_get(f, facilitator_of(f, "31"), "EndLink", &end);
        assert_int_equal(link_seen(f)->state, ACCOUNTS__LINK_STATE__LINK_ENDED);
        (void)fixture_refused(f, facilitator_of(f, "31"), "EndLink", &end, TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(f, facilitator_of(f, "31"), "ResendLink", &resend, TYPES__REFUSAL_CODE__WRONG_STATE);
        query.open_only = true;
        assert_int_equal(
                ((const Accounts__LinksReply *)fixture_get(f, facilitator_of(f, "31"), "Links", &query))->n_links, 0);
}

/* Security: an operator's link that decides for a buyer is not shown to a facilitator by sending it again. */
static void test_not_shown_to_whom_may_not_make_it(void **state)
{
        struct fixture *f = *state;
        Accounts__MakeLink *make = a_link(f);
        make->purpose = ACCOUNTS__LINK_PURPOSE__LINK_DECIDE_CASE;
        make->role = TYPES__ROLE__ROLE_NONE;
        make->month = NULL;
        make->by_mail = true;
        const Accounts__LinkReply *made = fixture_get(f, operator_of(f), "MakeLink", make);
        Accounts__ResendLink resend = ACCOUNTS__RESEND_LINK__INIT;
        resend.link_id = made->link_id;
        (void)fixture_refused(f, facilitator_of(f, "31"), "ResendLink", &resend, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        resend.by_mail = true;
        (void)fixture_get(f, facilitator_of(f, "31"), "ResendLink", &resend);
}

/* The daemon that mails what others did makes links for that, and for nothing else. */
static void test_made_for_a_mail(void **state)
{
        struct fixture *f = *state;
        Accounts__MakeLink *make = a_link(f);
        (void)fixture_refused(f, service_of(f), "MakeLink", make, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        make->purpose = ACCOUNTS__LINK_PURPOSE__LINK_ANSWER_PROPOSAL;
        make->month = NULL;
        const Accounts__LinkReply *made = fixture_get(f, service_of(f), "MakeLink", make);
        assert_opens(f, made->token);
        assert_false(link_seen(f)->link->by_mail);
}

static void test_listed_of_an_object(void **state)
{
        struct fixture *f = *state;
        Accounts__MakeLink *other = a_link(f);
        Accounts__LinksRequest query = ACCOUNTS__LINKS_REQUEST__INIT;
        const struct id elsewhere = {.b = {9}};
        (void)make_link(f);
        other->object_id = id_to(&f->arena, elsewhere);
        (void)fixture_get(f, facilitator_of(f, "31"), "MakeLink", other);
        query.object_id = id_to(&f->arena, link_object);
        const Accounts__LinksReply *reply = fixture_get(f, facilitator_of(f, "31"), "Links", &query);
        assert_int_equal(reply->n_links, 1);
        query.object_id = NULL;
        reply = fixture_get(f, facilitator_of(f, "31"), "Links", &query);
        assert_int_equal(reply->n_links, 2);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_shown_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_by_mail_it_is_drawn_as_it_leaves, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_sent_again_and_ended_where_they_are_hers, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_not_shown_to_whom_may_not_make_it, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_made_for_a_mail, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_listed_of_an_object, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
