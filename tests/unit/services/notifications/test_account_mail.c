/* What mails to who has an account say: each kind in full, and with all that may be missing. */
#include "tests/unit/services/notifications/fixture.h"

#include "accounts/events.pb-c.h"

#include "services/notifications/account_mail.h"

static struct words words_of(struct fixture *f, Accounts__MailKind kind, bool whole)
{
        struct dated texts;
        struct err_info info;
        Accounts__MailToSendReply told = ACCOUNTS__MAIL_TO_SEND_REPLY__INIT;
        Accounts__DrawMailReply drawn = ACCOUNTS__DRAW_MAIL_REPLY__INIT;
        Types__Instant at = TYPES__INSTANT__INIT, ends = TYPES__INSTANT__INIT;
        assert_int_equal(words_load("deploy/rules", &texts, &info), 0);
        assert_int_equal(instant_parse("2026-11-30T08:05:00Z", &at.ms), 0);
        assert_int_equal(instant_parse("2026-12-07T22:30:00Z", &ends.ms), 0);
        told.kind = kind;
        told.name = arena_text(&f->arena, "marie");
        told.at = &at;
        told.role = TYPES__ROLE__COMPANY;
        drawn.token = arena_text(&f->arena, "SECRET");
        drawn.ends = &ends;
        if (whole) {
                told.browser = arena_text(&f->arena, "Firefox, Linux");
                told.place = arena_text(&f->arena, "192.0.2.0/24");
                told.label = arena_text(&f->arena, "ProConnect");
                told.by = arena_text(&f->arena, "anne");
        }
        const struct account_mail mail = {&told, &drawn, whole ? "Peintures du Lauragais" : NULL,
                                          whole || account_mail_needs_address(kind) ? "https://g.example" : NULL};
        struct words words =
                account_mail_words(dated_on(&texts, day_of_civil((struct civil){2026, 11, 30})), &mail, &f->arena);
        dated_fini(&texts);
        return words;
}

static void test_each_kind(void **state)
{
        struct fixture *f = *state;
        for (int kind = 1; kind <= ACCOUNTS__MAIL_KIND__MAIL_ROLE_GIVEN; kind++)
                for (int whole = 0; whole < 2; whole++) {
                        struct words words = words_of(f, (Accounts__MailKind)kind, whole == 1);
                        assert_non_null(words.title);
                        assert_non_null(strstr(words.text, "marie"));
                        assert_null(strstr(words.text, "{{"));
                        assert_true((strstr(words.text, "/e/SECRET") != NULL) ==
                                    account_mail_needs_address((Accounts__MailKind)kind));
                }
        assert_null(words_of(f, (Accounts__MailKind)99, true).title);
}

static void test_what_they_tell(void **state)
{
        struct fixture *f = *state;
        struct words words = words_of(f, ACCOUNTS__MAIL_KIND__MAIL_NEW_BROWSER, true);
        assert_non_null(strstr(words.text, "30 novembre 2026 à 9\u00a0h\u00a005"));
        assert_non_null(strstr(words.text, "Navigateur : Firefox, Linux"));
        assert_non_null(strstr(words.text, "https://g.example/"));
        words = words_of(f, ACCOUNTS__MAIL_KIND__MAIL_INVITATION, true);
        assert_non_null(strstr(words.text, "anne vous invite"));
        assert_non_null(strstr(words.text, "7 décembre 2026 à 23\u00a0h\u00a030"));
        assert_non_null(strstr(words.text, "Peintures du Lauragais"));
        assert_null(strstr(words_of(f, ACCOUNTS__MAIL_KIND__MAIL_INVITATION, false).text, "Pour :"));
}

/* One event, one mail that waits; without a mail server none, and without an address for people none with a link. */
static void feed_due(struct fixture *f, Accounts__MailKind kind)
{
        Accounts__MailDue due = ACCOUNTS__MAIL_DUE__INIT;
        Accounts__Event event = ACCOUNTS__EVENT__INIT;
        due.mail_id = id_to(&f->arena, organisation((uint8_t)(100 + kind)));
        due.account_id = id_to(&f->arena, organisation(99));
        due.kind = kind;
        event.body_case = ACCOUNTS__EVENT__BODY_MAIL_DUE;
        event.mail_due = &due;
        assert_int_equal(
                engine_feed(f->engine, "accounts-1", engine_source_position(f->engine, "accounts-1") + 1, &event.base),
                0);
}

static void test_queued(void **state)
{
        struct fixture *f = *state;
        int64_t due_ms = 0;
        feed_due(f, ACCOUNTS__MAIL_KIND__MAIL_SIGN_IN_LINK);
        feed_due(f, ACCOUNTS__MAIL_KIND__MAIL_NEW_BROWSER);
        assert_int_equal(outbox(f, &due_ms), 2);
        assert_true(due_ms == f->world.now_ms_value);
}

static void test_not_queued(void **state)
{
        struct fixture *f = *state;
        feed_due(f, ACCOUNTS__MAIL_KIND__MAIL_NEW_BROWSER);
        assert_int_equal(outbox(f, NULL), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_each_kind, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_they_tell, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_queued, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_not_queued, setup_without_mail, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
