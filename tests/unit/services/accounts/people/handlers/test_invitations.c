/* Who may have somebody invited by mail: whoever could hand over a token, for each of her roles. */
#include "tests/unit/services/accounts/mail/fixture.h"

static Accounts__Invite *inviting(struct fixture *f, const char *name, const char *email)
{
        Accounts__Invite *command = pb_new(&accounts__invite__descriptor, &f->arena);
        command->name = arena_text(&f->arena, name);
        command->email = arena_text(&f->arena, email);
        return command;
}

/* A role that reads of persons: the mail leaves with the consent of a second role, and shows nobody a token. */
static void test_with_the_consent(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *coordinator = coordinator_of(f);
        const Accounts__CreateUserReply *made = invite_new(f, "lea", TYPES__ROLE__COMPANY, "lea@exemple.fr");
        assert_true(made->is_invited);
        assert_null(newest_mail(f, 0));
        (void)fixture_refused(f, coordinator, "Invite", inviting(f, "lea", ""), TYPES__REFUSAL_CODE__WRONG_STATE);
        const Accounts__TokenReply *reply = fixture_get(f, coordinator, "ConfirmUser", named(f, "lea"));
        assert_true(reply->is_invited);
        assert_string_equal(reply->token, "");
        ProtobufCBinaryData first = link_of(f, MAIL(INVITATION));
        assert_string_equal(shown(f, first)->by, "coordination");
        (void)fixture_refused(f, operator_of(f), "Invite", inviting(f, "lea", ""), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_get(f, coordinator, "Invite", inviting(f, "lea", "l.b@exemple.fr"));
        assert_int_equal(shown(f, first)->kind, MAIL(NONE));
        assert_string_equal(mail_to_send(f, newest_mail(f, 0))->email, "l.b@exemple.fr");
        ProtobufCBinaryData second = link_of(f, MAIL(INVITATION));
        Accounts__EndInvitation end = ACCOUNTS__END_INVITATION__INIT;
        end.name = arena_text(&f->arena, "lea");
        (void)fixture_refused(f, operator_of(f), "EndInvitation", &end, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_get(f, coordinator, "EndInvitation", &end);
        (void)fixture_refused(f, coordinator, "EndInvitation", &end, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_int_equal(accept_invitation(f, second, "quatre mots sans lien")->outcome, OPENED(UNKNOWN));
}

/* Security: an operator alone has nobody's account set up that takes a consent, by no way round. */
static void test_no_way_round(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *coordinator = coordinator_of(f);
        (void)create_confirmed(f, coordinator, account(f, "anne")); /* who has not set a password yet */
        Accounts__AddMembership more = ACCOUNTS__ADD_MEMBERSHIP__INIT;
        const Accounts__CreateUser *like = account_in(f, "anne", TYPES__ROLE__BUYER, "31");
        more.name = like->name;
        more.role = like->role;
        more.organisation = like->organisation;
        more.territories = like->territories;
        more.n_territories = like->n_territories;
        more.email = arena_text(&f->arena, "exploitant@exemple.fr");
        const Types__Refusal *refusal =
                fixture_refused(f, operator_of(f), "AddMembership", &more, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        assert_string_equal(refusal->field, "email");
        (void)fixture_refused(f, operator_of(f), "Invite", inviting(f, "anne", "exploitant@exemple.fr"),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        more.email = (char[]){""};
        (void)fixture_get(f, operator_of(f), "AddMembership", &more);
        assert_null(newest_mail(f, 0));
}

/* Who is in already says herself where she gets mail. */
static void test_not_for_who_is_in(void **state)
{
        struct fixture *f = *state;
        (void)with_address(f, "marie", TYPES__ROLE__BUYER, "marie@exemple.fr");
        (void)fixture_refused(f, operator_of(f), "Invite", inviting(f, "marie", "autre@exemple.fr"),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(f, operator_of(f), "Invite", inviting(f, "marie", ""), TYPES__REFUSAL_CODE__WRONG_STATE);
        Accounts__ResetSignIn reset = ACCOUNTS__RESET_SIGN_IN__INIT;
        reset.name = arena_text(&f->arena, "marie");
        (void)fixture_get(f, operator_of(f), "ResetSignIn", &reset);
        assert_int_equal(newest_mail(f, 0)->kind, MAIL(SIGN_IN_RESET));
        assert_string_equal(mail_to_send(f, newest_mail(f, 0))->by, "essai");
        (void)fixture_get(f, operator_of(f), "Invite", inviting(f, "marie", "")); /* to the address that is hers */
        assert_string_equal(mail_to_send(f, newest_mail(f, 0))->email, "marie@exemple.fr");
        assert_int_equal(accept_invitation(f, link_of(f, MAIL(INVITATION)), "un autre, long")->outcome, OPENED(OPEN));
}

/* A role more of who has an address is told there. */
static void test_a_role_more(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = with_address(f, "marie", TYPES__ROLE__BUYER, "marie@exemple.fr");
        static const struct id other = {.b = {9}};
        Accounts__AddMembership more = ACCOUNTS__ADD_MEMBERSHIP__INIT;
        more.name = marie->user;
        more.role = TYPES__ROLE__BUYER;
        more.organisation = id_to(&f->arena, other);
        more.territories = marie->territories;
        more.n_territories = marie->n_territories;
        (void)fixture_get(f, operator_of(f), "AddMembership", &more);
        assert_int_equal(newest_mail(f, 0)->kind, MAIL(ROLE_GIVEN));
        assert_int_equal(mail_to_send(f, newest_mail(f, 0))->role, TYPES__ROLE__BUYER);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup_sign_in, fixture_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_with_the_consent),
                TEST(test_no_way_round),
                TEST(test_not_for_who_is_in),
                TEST(test_a_role_more),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
