/* Mails through a real server, and the ways in which one does not go. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/notifications/channels/smtp.h"
#include "services/notifications/mail.h"
#include "tests/lib/smtp_server.h"

static struct smtp_server server;
static struct smtp_settings settings = {.from = "guichet@exemple.fr", .tls = SMTP_TLS_TRY};
static atomic_bool quit;

static int start_server(void **state)
{
        (void)state;
        smtp_start();
        smtp_server_init(&server);
        smtp_server_start(&server);
        settings.url = server.url;
        return 0;
}

static int stop_server(void **state)
{
        (void)state;
        smtp_server_fini(&server);
        smtp_stop();
        return 0;
}

static struct smtp_result send_to(struct smtp_channel *channel, const char *to, const char *subject, const char *text)
{
        struct arena arena scoped(arena_fini) = {0};
        struct mail mail = {.id = {{1, 2, 3}},
                            .at_ms = INT64_C(1792324800000),
                            .from = settings.from,
                            .to = to,
                            .subject = subject,
                            .text = text,
                            .foot = ""};
        struct slice message;
        struct err_info info = {0};
        struct smtp_result result = {0};
        if (mail_compose(&mail, &arena, &message, &info) != 0)
                fail_msg("%s", info.text);
        smtp_send(channel, to, message, &result);
        return result;
}

static struct smtp_result send_once(const struct smtp_settings *how, const char *to)
{
        struct smtp_channel *channel = smtp_open(how, &quit);
        struct smtp_result result = send_to(channel, to, "Essai", "Essai");
        smtp_close(channel);
        return result;
}

static void test_accents_arrive(void **state)
{
        (void)state;
        static const char subject[] = "Nouveau besoin : 3 postes « Maçon coffreur » à partir du 02/11/2026, œuvre à "
                                      "L'Haÿ-les-Roses, éligibilité vérifiée d'ici là";
        static const char text[] = "Bâtiment du Midi cherche 3 personnes.\n.\n..deux points\nDébut — ça va";
        struct smtp_channel *channel = smtp_open(&settings, &quit);
        char got[8192];
        for (int i = 0; i < 2; i++) { /* twice over the same connection */
                struct smtp_result result = send_to(channel, "ml.lauragais@exemple.org", subject, text);
                if (!result.accepted)
                        fail_msg("%s", result.reason);
                assert_string_equal(result.reason, "");
        }
        smtp_close(channel);

        smtp_server_read(&server, got, sizeof(got));
        assert_int_equal(smtp_server_count(got, "id <01020300-0000-0000-0000-000000000000@exemple.fr>\n"), 2);
        assert_int_equal(smtp_server_count(got, "to ml.lauragais@exemple.org\n"), 2);
        assert_int_equal(smtp_server_count(got, "rcpt ml.lauragais@exemple.org\n"), 2);
        assert_int_equal(smtp_server_count(got, "from Guichet <guichet@exemple.fr>\n"), 2);
        assert_int_equal(smtp_server_count(got, "date Sun, 18 Oct 2026 12:00:00 +0000\n"), 2);
        assert_int_equal(smtp_server_count(got, subject), 2);
        assert_int_equal(smtp_server_count(got, "personnes.\\r\\n.\\r\\n..deux points\\r\\nDébut — ça va\\r\\n"), 2);
        assert_int_equal(smtp_server_count(got, "defects []\n"), 2);
        assert_int_equal(smtp_server_count(got, "bcc None\n"), 2);
}

static void test_refused_for_good(void **state)
{
        (void)state;
        struct smtp_result result = send_once(&settings, "inconnu@exemple.org");
        assert_false(result.accepted);
        assert_true(result.permanent);
        assert_non_null(strstr(result.reason, "550 5.1.1 No such mailbox"));
}

static void test_refused_for_now(void **state)
{
        (void)state;
        struct smtp_result result = send_once(&settings, "plein@exemple.org");
        assert_false(result.accepted);
        assert_false(result.permanent);
        assert_non_null(strstr(result.reason, "452 4.2.2 Mailbox full"));
}

static void test_the_channel_goes_on_after_a_refusal(void **state)
{
        (void)state;
        struct smtp_channel *channel = smtp_open(&settings, &quit);
        assert_false(send_to(channel, "inconnu@exemple.org", "Essai", "Essai").accepted);
        assert_true(send_to(channel, "connu@exemple.org", "Essai", "Essai").accepted);
        smtp_close(channel);
}

static void test_nobody_listens(void **state)
{
        (void)state;
        int port;
        char url[64];
        struct smtp_settings nowhere = settings;
        int fd = smtp_server_bind(&port); /* bound, but it does not listen */
        (void)snprintf(url, sizeof(url), "smtp://127.0.0.1:%d", port);
        nowhere.url = url;
        struct smtp_result result = send_once(&nowhere, "connu@exemple.org");
        (void)close(fd);
        assert_false(result.accepted);
        assert_false(result.permanent);
        assert_true(result.reason[0] != '\0');
}

static void test_tls_is_required(void **state)
{
        (void)state;
        struct smtp_settings strict = settings;
        strict.tls = SMTP_TLS_REQUIRE; /* and this server has none */
        struct smtp_result result = send_once(&strict, "connu@exemple.org");
        assert_false(result.accepted);
        assert_false(result.permanent); /* the operator can mend that */
        assert_true(result.reason[0] != '\0');
}

/* A server that takes the connection and says nothing: broken off as soon as the daemon quits. */
static void test_quit_breaks_off(void **state)
{
        (void)state;
        int port;
        char url[64];
        struct smtp_settings mute = settings;
        int fd = smtp_server_bind(&port);
        assert_int_equal(listen(fd, 1), 0);
        (void)snprintf(url, sizeof(url), "smtp://127.0.0.1:%d", port);
        mute.url = url;
        atomic_store(&quit, true);
        struct smtp_result result = send_once(&mute, "connu@exemple.org");
        atomic_store(&quit, false);
        (void)close(fd);
        assert_false(result.accepted);
        assert_false(result.permanent);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_accents_arrive),  cmocka_unit_test(test_refused_for_good),
                cmocka_unit_test(test_refused_for_now), cmocka_unit_test(test_the_channel_goes_on_after_a_refusal),
                cmocka_unit_test(test_nobody_listens),  cmocka_unit_test(test_tls_is_required),
                cmocka_unit_test(test_quit_breaks_off),
        };
        return cmocka_run_group_tests(tests, start_server, stop_server);
}
