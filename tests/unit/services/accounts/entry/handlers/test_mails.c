/* What the daemon that mails is told as a mail leaves: where it goes, what it says; nothing any more once it is late,
 * or its account is gone. */
#include "tests/unit/services/accounts/mail/fixture.h"

static void test_what_a_mail_says(void **state)
{
        struct fixture *f = *state;
        (void)with_address(f, "marie", TYPES__ROLE__BUYER, "Marie@exemple.fr");
        (void)sign_in_with(f, "marie", "quatre mots sans lien", "", browser_of(f, 'z', "203.0.113.0/24"));
        const Accounts__MailDue *due = newest_mail(f, 0);
        assert_int_equal(due->kind, MAIL(NEW_BROWSER));
        const Accounts__MailToSendReply *mail = mail_to_send(f, due);
        assert_string_equal(mail->email, "Marie@exemple.fr");
        assert_string_equal(mail->name, "marie");
        assert_string_equal(mail->browser, "Firefox, Linux");
        assert_string_equal(mail->place, "203.0.113.0/24");
        assert_string_equal(mail->territory, "31");
        assert_false(mail->carries_link);
        Accounts__DrawMail draw = ACCOUNTS__DRAW_MAIL__INIT;
        draw.mail_id = due->mail_id;
        (void)fixture_refused(f, mailer_of(f), "DrawMail", &draw, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, operator_of(f), "DrawMail", &draw, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

/* An address that is not confirmed gets what confirms it, and nothing else. */
static void test_to_whom(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = with_password(f, "marie", TYPES__ROLE__BUYER, "quatre mots sans lien");
        (void)set_address(f, marie, "marie@exemple.fr");
        const Accounts__MailDue *due = newest_mail(f, 0);
        assert_string_equal(mail_to_send(f, due)->email, "marie@exemple.fr");
        uint64_t before = engine_position(f->engine);
        (void)sign_in_with(f, "marie", "quatre mots sans lien", "", browser_of(f, 'z', ""));
        assert_null(newest_mail(f, before));
        confirm_address(f, draw_link(f, due));
        assert_not_sent(f, due);
        (void)sign_in_with(f, "marie", "quatre mots sans lien", "", browser_of(f, 'y', ""));
        assert_int_equal(newest_mail(f, before)->kind, MAIL(NEW_BROWSER));
}

static void test_too_late(void **state)
{
        struct fixture *f = *state;
        (void)with_address(f, "marie", TYPES__ROLE__BUYER, "marie@exemple.fr");
        ask_sign_in_link(f, "marie@exemple.fr");
        const Accounts__MailDue *due = newest_mail(f, 0);
        f->world.now_ms_value += MAIL_LINK_LIFE_MS;
        assert_true(mail_to_send(f, due)->carries_link);
        f->world.now_ms_value += 1;
        assert_not_sent(f, due);
        (void)sign_in_with(f, "marie", "quatre mots sans lien", "", browser_of(f, 'z', ""));
        due = newest_mail(f, 0);
        revoke_user(f, "marie");
        assert_not_sent(f, due);
}

/* What is secret or personal of a mail is in no event that is published, and none of it is left after a while. */
static void test_forgotten(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = with_address(f, "marie", TYPES__ROLE__BUYER, "marie@exemple.fr");
        (void)marie;
        (void)sign_in_with(f, "marie", "quatre mots sans lien", "", browser_of(f, 'z', "203.0.113.0/24"));
        const Accounts__MailDue *due = newest_mail(f, 0);
        struct slice events = engine_events_after(f->engine, 0, 0, &f->arena);
        assert_null(memmem(events.data, events.size, "exemple.fr", 10));
        assert_null(memmem(events.data, events.size, "203.0.113", 9));
        f->world.now_ms_value += (MAIL_KEPT_DAYS + INT64_C(1)) * MAIL_DAY_MS;
        (void)sign_in_with(f, "marie", "quatre mots sans lien", "", browser_of(f, 'y', ""));
        assert_not_sent(f, due);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup_sign_in, fixture_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_what_a_mail_says),
                TEST(test_to_whom),
                TEST(test_too_late),
                TEST(test_forgotten),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
