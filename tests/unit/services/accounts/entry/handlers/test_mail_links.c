/* Links of mails: asked for without telling who has an account, good once and for a while, never in the place of a
 * second factor; an invitation sets the first password. */
#include "tests/unit/services/accounts/mail/fixture.h"

#define GOOD "quatre mots sans lien"

static void test_signed_in_by_a_link(void **state)
{
        struct fixture *f = *state;
        (void)with_address(f, "marie", TYPES__ROLE__BUYER, "Marie@exemple.fr");
        ask_sign_in_link(f, "marie@EXEMPLE.fr");
        ProtobufCBinaryData hash = link_of(f, MAIL(SIGN_IN_LINK));
        assert_string_equal(shown(f, hash)->name, "marie");
        assert_false(shown(f, hash)->asks_code);
        const Accounts__SessionReply *session = enter_by_link(f, hash, "");
        assert_int_equal(session->outcome, OPENED(OPEN));
        assert_int_equal(enter_by_link(f, hash, "")->outcome, OPENED(UNKNOWN));
        assert_int_equal(shown(f, hash)->kind, MAIL(NONE));
}

/* Security: nobody's address, one that was not confirmed, one that was asked for a moment ago: the same answer, and
 * nothing is recorded. */
static void test_asked_for_in_vain(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = with_address(f, "marie", TYPES__ROLE__BUYER, "marie@exemple.fr");
        (void)set_address(f, marie, "autre@exemple.fr");
        uint64_t before = engine_position(f->engine);
        ask_sign_in_link(f, "personne@exemple.fr");
        ask_sign_in_link(f, "autre@exemple.fr");
        assert_int_equal(engine_position(f->engine), before);
        for (int i = 0; i < 8; i++) {
                ask_sign_in_link(f, "marie@exemple.fr");
                ask_sign_in_link(f, "marie@exemple.fr"); /* rests */
                f->world.now_ms_value += MAIL_LINK_REST_MS;
        }
        size_t mails = 0;
        for (uint64_t number = before + 1; number <= engine_position(f->engine); number++) {
                const Accounts__Event *event = fixture_event(f, number);
                mails += event->body_case == ACCOUNTS__EVENT__BODY_MAIL_DUE;
        }
        assert_int_equal(mails, MAIL_OF_A_DAY);
        Accounts__AskSignInLink command = ACCOUNTS__ASK_SIGN_IN_LINK__INIT;
        command.email = arena_text(&f->arena, "marie@exemple.fr");
        (void)fixture_refused(f, operator_of(f), "AskSignInLink", &command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_ten_minutes(void **state)
{
        struct fixture *f = *state;
        (void)with_address(f, "marie", TYPES__ROLE__BUYER, "marie@exemple.fr");
        ask_sign_in_link(f, "marie@exemple.fr");
        ProtobufCBinaryData hash = link_of(f, MAIL(SIGN_IN_LINK));
        f->world.now_ms_value += MAIL_LINK_LIFE_MS - 1;
        assert_int_equal(shown(f, hash)->kind, MAIL(SIGN_IN_LINK));
        f->world.now_ms_value += 1;
        assert_int_equal(shown(f, hash)->kind, MAIL(NONE));
        assert_int_equal(enter_by_link(f, hash, "")->outcome, OPENED(UNKNOWN));
        /* a newer one ends the one before */
        ask_sign_in_link(f, "marie@exemple.fr");
        ProtobufCBinaryData first = link_of(f, MAIL(SIGN_IN_LINK));
        f->world.now_ms_value += MAIL_LINK_REST_MS - 1000;
        (void)first;
        assert_int_equal(shown(f, first)->kind, MAIL(SIGN_IN_LINK));
        f->world.now_ms_value += 1000;
        ask_sign_in_link(f, "marie@exemple.fr");
        assert_int_equal(shown(f, first)->kind, MAIL(NONE));
}

/* Security: no mail stands for what a role demands; nor once such a role came, however long ago the link was asked for.
 */
static void test_never_in_the_place_of_a_second_factor(void **state)
{
        struct fixture *f = *state;
        (void)with_address(f, "anne", TYPES__ROLE__FACILITATOR, "anne@exemple.fr");
        ask_sign_in_link(f, "anne@exemple.fr");
        assert_int_equal(newest_mail(f, 0)->kind, MAIL(NO_SIGN_IN_LINK));
        Wire__Passport *marie = with_address(f, "marie", TYPES__ROLE__BUYER, "marie@exemple.fr");
        ask_sign_in_link(f, "marie@exemple.fr");
        ProtobufCBinaryData hash = link_of(f, MAIL(SIGN_IN_LINK));
        Accounts__AddMembership more = ACCOUNTS__ADD_MEMBERSHIP__INIT;
        more.name = marie->user;
        more.role = TYPES__ROLE__FACILITATOR;
        more.territories = marie->territories;
        more.n_territories = marie->n_territories;
        (void)fixture_get(f, operator_of(f), "AddMembership", &more);
        assert_int_equal(enter_by_link(f, hash, "")->outcome, OPENED(UNKNOWN));
}

/* Who set one up herself shows it: a link stands for the password alone. */
static void test_a_code_where_there_is_one(void **state)
{
        struct fixture *f = *state;
        const char *secret;
        Wire__Passport *marie = with_address(f, "marie", TYPES__ROLE__BUYER, "marie@exemple.fr");
        (void)enrol(f, marie, &secret);
        assert_int_equal(newest_mail(f, 0)->kind, MAIL(FACTOR_SET));
        ask_sign_in_link(f, "marie@exemple.fr");
        ProtobufCBinaryData hash = link_of(f, MAIL(SIGN_IN_LINK));
        assert_true(shown(f, hash)->asks_code);
        assert_int_equal(enter_by_link(f, hash, "")->outcome, OPENED(CODE));
        assert_int_equal(enter_by_link(f, hash, "000000")->outcome, OPENED(WRONG));
        assert_int_equal(enter_by_link(f, hash, code_of(f, secret))->outcome, OPENED(OPEN));
}

/* She forgot her password: another without the one before, from that session, within half an hour. */
static void test_another_password(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = with_address(f, "marie", TYPES__ROLE__BUYER, "marie@exemple.fr");
        assert_false(own_access(f, marie)->may_replace_password);
        for (int i = 0; i < 2; i++) {
                ask_sign_in_link(f, "marie@exemple.fr");
                come_by(marie, enter_by_link(f, link_of(f, MAIL(SIGN_IN_LINK)), "")->key_id);
                assert_true(own_access(f, marie)->may_replace_password);
                f->world.now_ms_value += 30 * 60 * 1000 - i;
                assert_int_equal(set_password(f, marie, "", "un autre, long")->outcome,
                                 i == 0 ? OPENED(WRONG) : OPENED(OPEN));
        }
        assert_int_equal(newest_mail(f, 0)->kind, MAIL(PASSWORD_SET));
}

static void test_invited(void **state)
{
        struct fixture *f = *state;
        const Accounts__CreateUserReply *made = invite_new(f, "marie", TYPES__ROLE__BUYER, "marie@exemple.fr");
        assert_true(made->is_invited);
        assert_string_equal(made->token, "");
        ProtobufCBinaryData hash = link_of(f, MAIL(INVITATION));
        const Accounts__MailLinkReply *seen = shown(f, hash);
        assert_string_equal(seen->name, "marie");
        assert_string_equal(seen->by, "essai");
        assert_int_equal(seen->role, TYPES__ROLE__BUYER);
        assert_false(seen->needs_second_factor);
        assert_true(seen->ends->ms == f->world.now_ms_value + INT64_C(7) * MAIL_DAY_MS);
        assert_int_equal(enter_by_link(f, hash, "")->outcome, OPENED(UNKNOWN)); /* it is no link to sign in by */
        assert_int_equal(accept_invitation(f, hash, GOOD)->outcome, OPENED(OPEN));
        assert_int_equal(accept_invitation(f, hash, "un autre, long")->outcome, OPENED(UNKNOWN));
        assert_int_equal(sign_in(f, "marie", GOOD, "")->outcome, OPENED(OPEN));
        ask_sign_in_link(f, "marie@exemple.fr"); /* that she got the mail confirmed it */
        assert_int_equal(newest_mail(f, 0)->kind, MAIL(SIGN_IN_LINK));
}

static void test_an_invitation_ends(void **state)
{
        struct fixture *f = *state;
        (void)invite_new(f, "marie", TYPES__ROLE__BUYER, "marie@exemple.fr");
        ProtobufCBinaryData hash = link_of(f, MAIL(INVITATION));
        f->world.now_ms_value += INT64_C(7) * MAIL_DAY_MS;
        assert_int_equal(accept_invitation(f, hash, GOOD)->outcome, OPENED(UNKNOWN));
        assert_int_equal(all_users(f)->users[0]->invitation, ACCOUNTS__LINK_STATE__LINK_EXPIRED);

        (void)invite_new(f, "luc", TYPES__ROLE__BUYER, "luc@exemple.fr");
        hash = link_of(f, MAIL(INVITATION));
        assert_true(all_users(f)->users[0]->has_address);
        disown_mail(f, hash);
        assert_int_equal(accept_invitation(f, hash, GOOD)->outcome, OPENED(UNKNOWN));
        assert_int_equal(all_users(f)->users[0]->invitation, ACCOUNTS__LINK_STATE__LINK_DISOWNED);
        assert_false(all_users(f)->users[0]->has_address);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup_sign_in, fixture_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_signed_in_by_a_link),
                TEST(test_asked_for_in_vain),
                TEST(test_ten_minutes),
                TEST(test_never_in_the_place_of_a_second_factor),
                TEST(test_a_code_where_there_is_one),
                TEST(test_another_password),
                TEST(test_invited),
                TEST(test_an_invitation_ends),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
