/* Mail to who has an account, through the real daemons, a real mail server and two gateways: she is invited, signs
 * in by a link, changes her address, is told what happened; addresses and secrets stand in no file of the network,
 * and nobody learns who has an account. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "tests/lib/dialogue.h"
#include "tests/lib/link_page.h"
#include "tests/lib/network.h"
#include "tests/lib/smtp_server.h"
#include "tests/lib/visitor.h"

#define OUTSIDE  "https://guichet.example"
#define PASSWORD "quatre mots sans lien"
#define TYPED    "motdepasse=quatre+mots+sans+lien&encore=quatre+mots+sans+lien"
#define COMPANY  "0192f0c1-7a3b-7000-8f00-000000000008"

enum { WAITS = 600, LOOK_EVERY_MS = 25, COOKIE_SIZE = 64 };

static struct smtp_server server;
static struct network *network;
static struct arena arena;
static char mails[256 * 1024];

/* ---- mails */

/* The text of the newest mail to that address whose subject begins so; NULL: none yet. */
static const char *mail_to(const char *email, const char *subject)
{
        char *rcpt = arena_printf(&arena, "\nrcpt %s\n", email),
             *wanted = arena_printf(&arena, "\nsubject %s", subject);
        const char *found = NULL;
        smtp_server_read(&server, mails, sizeof(mails));
        for (const char *at = mails; (at = strstr(at, rcpt)) != NULL; at += strlen(rcpt)) {
                const char *its = strstr(at, "\nsubject ");
                if (its != NULL && strncmp(its, wanted, strlen(wanted)) == 0)
                        found = strstr(its, "\ntext ");
        }
        return found;
}

static const char *wait_mail(const char *email, const char *subject)
{
        for (int i = 0; i < WAITS; i++) {
                const char *text = mail_to(email, subject);
                if (text != NULL)
                        return arena_printf(&arena, "%.*s", (int)(strstr(text, "\ndefects ") - text), text);
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
        fail_msg("no mail \"%s\" to %s: %s", subject, email, mails);
        return NULL;
}

/* The path of the link that it carries. */
static void take_link(const char *email, const char *subject, char ret[LINK_PATH_SIZE])
{
        const char *text = wait_mail(email, subject), *at = strstr(text, OUTSIDE "/e/");
        assert_non_null(at);
        (void)snprintf(ret, LINK_PATH_SIZE, "%.*s", (int)(strlen("/e/") + 43), at + strlen(OUTSIDE));
}

static size_t mails_to(const char *email)
{
        smtp_server_read(&server, mails, sizeof(mails));
        return smtp_server_count(mails, arena_printf(&arena, "\nrcpt %s\n", email));
}

static void stands_in_no_file(const char *text)
{
        char command[512];
        (void)snprintf(command, sizeof(command), "grep -rqaF -e '%s' '%s'", text, network_directory(network));
        assert_int_not_equal(system(command), 0);
        (void)snprintf(command, sizeof(command), "grep -rqaF -e accounts '%s'", network_directory(network));
        assert_int_equal(system(command), 0); /* it does look */
}

/* ---- a browser */

struct browser {
        char session[COOKIE_SIZE], mark[COOKIE_SIZE];
};

static void keep_cookie(const struct visited *visited, const char *name, char kept[COOKIE_SIZE])
{
        char *start = arena_printf(&arena, "Set-Cookie: %s=", name);
        const char *at = strstr(visited->text, start);
        if (at != NULL)
                (void)snprintf(kept, COOKIE_SIZE, "%.*s", (int)strcspn(at + strlen(start), ";"), at + strlen(start));
}

static uint16_t port_of(const char *gateway)
{
        return network_http_port(network, gateway);
}

static struct visited ask(const char *gateway, struct browser *browser, const char *path, const char *type,
                          const char *body)
{
        char *headers = arena_printf(&arena,
                                     "Cookie: __Host-guichet=%s; __Host-guichet-navigateur=%s\r\n%s"
                                     "Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n"
                                     "User-Agent: Firefox/140 Linux\r\n",
                                     browser->session, browser->mark, type);
        const struct visitor_request request = {
                .method = body == NULL ? "GET" : "POST", .path = path, .headers = headers, .body = body};
        struct visited visited = visitor_ask(port_of(gateway), &request);
        keep_cookie(&visited, "__Host-guichet", browser->session);
        keep_cookie(&visited, "__Host-guichet-navigateur", browser->mark);
        return visited;
}

static struct visited call(const char *gateway, struct browser *browser, const char *method, const char *body)
{
        return ask(gateway, browser, arena_printf(&arena, "/v1/%s", method), "", body);
}

static int status_at(const char *gateway, struct browser *browser)
{
        struct visited visited scoped(visited_fini) = ask(gateway, browser, "/v1/session", "", NULL);
        return visited.status;
}

/* The form of `act` at that gateway, as somebody sends it who has read the page; a cookie is kept. */
static int act(const char *gateway, struct browser *browser, const char *path, const char *name, const char *fields)
{
        char number[LINK_NUMBER_SIZE];
        link_page_number(port_of(gateway), path, name, number);
        struct visited visited scoped(visited_fini) =
                ask(gateway, browser, path, LINK_FORM,
                    arena_printf(&arena, "acte=%s&nombre=%s%s%s", name, number, fields[0] == '\0' ? "" : "&", fields));
        return visited.status;
}

static int ask_link(const char *gateway, const char *address)
{
        struct browser nobody = {0};
        struct visited visited scoped(visited_fini) =
                call(gateway, &nobody, "sign-in/link", arena_printf(&arena, "{\"address\":\"%s\"}", address));
        return visited.status;
}

static void create(const char *name, const char *role, const char *organisation, const char *email)
{
        say_as(network, "OPERATOR", NULL, "*");
        const json_t *made =
                say("accounts.CreateUser", "{'name': '%s', 'role': '%s', 'territories': ['%s'], 'email': '%s'%s%s%s}",
                    name, role, strcmp(role, "COORDINATOR") == 0 ? "*" : "31", email,
                    organisation == NULL ? "" : ", 'organisation': '", organisation == NULL ? "" : organisation,
                    organisation == NULL ? "" : "'");
        assert_true(json_is_true(said(made, "isInvited")));
        assert_null(json_object_get(made, "token"));
}

/* ---- tests */

static struct browser marie;

/* A scanner opens, and posts what it makes up: nothing happens. She reads, and sets a password, once. */
static void invited(void **state)
{
        char path[LINK_PATH_SIZE];
        struct browser scanner = {0};
        (void)state;
        create("marie", "BUYER", COMPANY, "Marie@exemple.fr");
        take_link("Marie@exemple.fr", "Guichet : vous êtes invité", path);
        assert_true(link_page_shows(port_of("gateway-1"), path, "Votre invitation"));
        assert_true(link_page_shows(port_of("gateway-2"), path, "acheteur"));
        assert_false(link_page_shows(port_of("gateway-1"), path, "<script"));
        struct visited blind scoped(visited_fini) =
                ask("gateway-1", &scanner, path, LINK_FORM, "acte=faire&nombre=1234&" TYPED);
        assert_int_equal(blind.status, 422);
        struct visited blinder scoped(visited_fini) =
                ask("gateway-1", &scanner, path, LINK_FORM, "acte=pas-moi&nombre=1234");
        assert_int_equal(blinder.status, 422);
        assert_int_equal(act("gateway-1", &marie, path, "faire", "motdepasse=court&encore=court"), 422);
        assert_int_equal(act("gateway-1", &marie, path, "faire", "motdepasse=quatre+mots+sans+lien&encore=autre"), 422);
        assert_string_equal(marie.session, "");
        assert_int_equal(act("gateway-2", &marie, path, "faire", TYPED), 303);
        assert_int_equal(status_at("gateway-2", &marie), 200);
        struct visited again scoped(visited_fini) =
                ask("gateway-1", &scanner, path, LINK_FORM, "acte=faire&nombre=1234&" TYPED);
        assert_int_equal(again.status, 404);
        assert_string_equal(scanner.session, "");
        stands_in_no_file(path + strlen("/e/"));
        stands_in_no_file("arie@exemple.fr");

        struct visited in scoped(visited_fini) =
                call("gateway-1", &marie, "sign-in", "{\"name\":\"marie\",\"password\":\"" PASSWORD "\"}");
        assert_int_equal(in.status, 200);
        assert_string_equal(visited_text(&in, NULL, "outcome"), "SIGN_IN_OPEN");
}

/* Whoever asks gets the same answer; one mail leaves, to the address that was confirmed; its link is good once. */
static void signed_in_by_a_link(void **state)
{
        char path[LINK_PATH_SIZE];
        struct browser other = {0};
        (void)state;
        size_t before = mails_to("Marie@exemple.fr");
        assert_int_equal(ask_link("gateway-1", "personne@exemple.fr"), 204);
        assert_int_equal(ask_link("gateway-1", "marie@exemple.fr"), 204);
        assert_int_equal(ask_link("gateway-1", "marie"), 400);
        take_link("Marie@exemple.fr", "Guichet : votre lien de connexion", path);
        assert_int_equal(ask_link("gateway-2", "marie@exemple.fr"), 204); /* rests */
        assert_int_equal(act("gateway-2", &other, path, "faire", ""), 303);
        assert_int_equal(status_at("gateway-2", &other), 200);
        struct visited again scoped(visited_fini) = ask("gateway-1", &other, path, LINK_FORM, "acte=faire&nombre=1234");
        assert_int_equal(again.status, 404);

        /* she has forgotten her password: another, without the one before */
        struct visited own scoped(visited_fini) = call("gateway-2", &other, "accounts/OwnAccess", NULL);
        if (!json_is_true(json_object_get(json_object_get(own.json, "reply"), "mayReplacePassword")))
                fail_msg("%s", own.text);
        struct visited set scoped(visited_fini) =
                call("gateway-2", &other, "password", "{\"password\":\"cinq mots encore sans lien\"}");
        assert_int_equal(set.status, 200);
        (void)wait_mail("Marie@exemple.fr", "Guichet : votre mot de passe");
        struct visited later scoped(visited_fini) =
                call("gateway-2", &other, "password", "{\"password\":\"" PASSWORD "\"}");
        assert_int_equal(later.status, 400); /* that session is another's: it came by no link */
        marie = other;
        const char *news = wait_mail("Marie@exemple.fr", "Guichet : connexion depuis un nouveau navigateur");
        assert_non_null(strstr(news, "Firefox, Linux"));
        assert_int_equal(mails_to("personne@exemple.fr"), 0);
        assert_int_equal(mails_to("Marie@exemple.fr"), before + 3); /* the link, the browser, the password */
        stands_in_no_file(path + strlen("/e/"));
}

/* Where a role demands a second factor, no link lets in: a mail says so. */
static void no_link_for_who_must_show_more(void **state)
{
        char path[LINK_PATH_SIZE];
        struct browser first = {0};
        (void)state;
        create("coordination", "COORDINATOR", NULL, "coordination@exemple.fr");
        take_link("coordination@exemple.fr", "Guichet : vous êtes invité", path);
        assert_true(link_page_shows(port_of("gateway-1"), path, "second facteur"));
        assert_int_equal(act("gateway-1", &first, path, "faire", TYPED), 303);
        struct visited session scoped(visited_fini) = ask("gateway-1", &first, "/v1/session", "", NULL);
        assert_true(json_is_true(json_object_get(session.json, "mustEnrol")));
        assert_int_equal(ask_link("gateway-1", "coordination@exemple.fr"), 204);
        const char *text = wait_mail("coordination@exemple.fr", "Guichet : pas de lien de connexion");
        assert_null(strstr(text, "/e/"));
}

/* A new address gets what confirms it, and nothing else; the one before reads that it is no more. */
static void another_address(void **state)
{
        char path[LINK_PATH_SIZE];
        struct browser nobody = {0};
        (void)state;
        struct visited set scoped(visited_fini) =
                call("gateway-2", &marie, "accounts/SetOwnAddress", "{\"email\":\"m.durand@exemple.fr\"}");
        assert_int_equal(set.status, 200);
        take_link("m.durand@exemple.fr", "Guichet : confirmez votre adresse", path);
        assert_int_equal(ask_link("gateway-1", "m.durand@exemple.fr"), 204);
        assert_int_equal(act("gateway-1", &nobody, path, "faire", ""), 200);
        assert_string_equal(nobody.session, ""); /* it opens no session */
        (void)wait_mail("Marie@exemple.fr", "Guichet : l'adresse de votre compte a changé");
        assert_int_equal(mails_to("m.durand@exemple.fr"), 1);
        struct visited own scoped(visited_fini) = call("gateway-2", &marie, "accounts/OwnAccess", NULL);
        assert_string_equal(visited_text(&own, "reply", "address"), "m.durand@exemple.fr");

        struct visited wrong scoped(visited_fini) =
                call("gateway-2", &marie, "accounts/SetOwnAddress", "{\"email\":\"autre@exemple.fr\"}");
        assert_int_equal(wrong.status, 200);
        take_link("autre@exemple.fr", "Guichet : confirmez votre adresse", path);
        assert_int_equal(act("gateway-2", &nobody, path, "pas-moi", ""), 200);
        struct visited still scoped(visited_fini) = call("gateway-2", &marie, "accounts/OwnAccess", NULL);
        assert_string_equal(visited_text(&still, "reply", "address"), "m.durand@exemple.fr");
        assert_null(visited_text(&still, "reply", "awaitingAddress"));
        stands_in_no_file("m.durand@exemple.fr");
}

/* Whom an operator invites to a role that reads of persons is mailed with the consent, and no token is shown. */
static void invited_with_the_consent(void **state)
{
        char first[LINK_PATH_SIZE], path[LINK_PATH_SIZE];
        struct browser lea = {0};
        (void)state;
        create("lea", "COMPANY", COMPANY, "lea@exemple.fr");
        say_as(network, "OPERATOR", NULL, "*");
        (void)say_refused("WRONG_STATE", "accounts.Invite", "{'name': 'lea'}");
        char *token = arena_text(&arena, said_text(say("accounts.RenewToken", "{'name': 'coordination'}"), "token"));
        assert_int_equal(mails_to("lea@exemple.fr"), 0);
        const json_t *given = say("accounts.ConfirmUser", "{'name': 'lea', 'consentToken': '%s'}", token);
        assert_true(json_is_true(said(given, "isInvited")));
        assert_null(json_object_get(given, "token"));
        take_link("lea@exemple.fr", "Guichet : vous êtes invité", first);

        /* sent again: the one before opens nothing; taken back: neither does that */
        (void)say_refused("NOT_ALLOWED", "accounts.Invite", "{'name': 'lea'}");
        (void)say("accounts.Invite", "{'name': 'lea', 'consentToken': '%s', 'email': 'lea.b@exemple.fr'}", token);
        take_link("lea.b@exemple.fr", "Guichet : vous êtes invité", path);
        assert_true(link_page_shows(port_of("gateway-1"), first, "plus rien"));
        (void)say("accounts.EndInvitation", "{'name': 'lea', 'consentToken': '%s'}", token);
        assert_true(link_page_shows(port_of("gateway-2"), path, "plus rien"));
        assert_true(said_anywhere(say("accounts.Users", "{}"), "LINK_ENDED"));
        (void)say("accounts.Invite", "{'name': 'lea', 'consentToken': '%s', 'email': 'lea.c@exemple.fr'}", token);
        take_link("lea.c@exemple.fr", "Guichet : vous êtes invité", path);
        assert_int_equal(act("gateway-2", &lea, path, "faire", TYPED), 303);
        assert_int_equal(status_at("gateway-2", &lea), 200);
        (void)say_refused("WRONG_STATE", "accounts.Invite", "{'name': 'lea', 'consentToken': '%s'}", token);
}

/* One's own, refused ones too; everybody's for who looks after accesses, and for nobody else. */
static void a_journal(void **state)
{
        (void)state;
        struct browser nobody = {0};
        struct visited bad scoped(visited_fini) =
                call("gateway-1", &nobody, "sign-in", "{\"name\":\"marie\",\"password\":\"un autre mot de passe\"}");
        assert_int_equal(bad.status, 401);
        struct visited own scoped(visited_fini) = call("gateway-1", &marie, "accounts/OwnSignIns", NULL);
        const json_t *list = json_object_get(json_object_get(own.json, "reply"), "signIns");
        assert_string_equal(said_text(json_array_get(list, 0), "outcome"), "SIGN_IN_WRONG");
        assert_string_equal(said_text(json_array_get(list, 2), "way"), "WAY_MAIL_LINK");
        assert_string_equal(said_text(json_array_get(list, 4), "way"), "WAY_INVITATION");
        say_as(network, "OPERATOR", NULL, "*");
        assert_true(said_anywhere(say("accounts.SignIns", "{}"), "coordination"));
        (void)say_refused("NOT_ALLOWED", "accounts.OwnSignIns", "{}");
        say_as(network, "DATA_PROTECTION", NULL, "31");
        assert_true(said_count(say("accounts.SignIns", "{'from': '2020-01-01'}"), "signIns") >= 4);
        assert_int_equal(said_count(say("accounts.SignIns", "{'until': '2020-01-01'}"), "signIns"), 0);
        say_as(network, "FACILITATOR", NULL, "31");
        (void)say_refused("NOT_ALLOWED", "accounts.SignIns", "{}");
}

/* Who left is mailed nothing any more, and her address is nowhere. */
static void gone(void **state)
{
        (void)state;
        say_as(network, "OPERATOR", NULL, "*");
        size_t before = mails_to("m.durand@exemple.fr");
        (void)say("accounts.RevokeUser", "{'name': 'marie'}");
        assert_int_equal(ask_link("gateway-1", "m.durand@exemple.fr"), 204);
        const json_t *users = say("accounts.Users", "{}");
        assert_false(said_anywhere(users, "m.durand"));
        assert_int_equal(ask_link("gateway-1", "coordination@exemple.fr"), 204);
        assert_int_equal(mails_to("m.durand@exemple.fr"), before);
}

static int start(void **state)
{
        static char more[256];
        (void)state;
        smtp_server_init(&server);
        smtp_server_start(&server);
        (void)snprintf(more, sizeof(more),
                       "\"settings\":{\"smtp_url\":\"%s\",\"mail_from\":\"guichet@exemple.fr\",\"smtp_tls\":\"none\","
                       "\"public_address\":\"" OUTSIDE "\"},",
                       server.url);
        const struct network_part parts[] = {
                {"directory-1", "directory", ""},
                {"accounts-1", "accounts", "\"settings\":{\"password_memory_kib\":19456,\"password_passes\":2},"},
                {"notifications-1", "notifications", more},
                {"contracts-1", "contracts", ""},
                {"tracking-1", "tracking", "\"partition\":1,\"territories\":[\"31\"],"},
                {"gateway-1", "gateway", "\"settings\":{\"web\":\"tests/integration/web\"},"},
                {"gateway-2", "gateway", "\"settings\":{\"web\":\"tests/integration/web\"},"},
        };
        network = network_start(parts, ARRAY_SIZE(parts));
        network_wait_known(network);
        return 0;
}

static int stop(void **state)
{
        (void)state;
        network_stop(&network);
        smtp_server_fini(&server);
        dialogue_end();
        arena_fini(&arena);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(invited),
                cmocka_unit_test(signed_in_by_a_link),
                cmocka_unit_test(no_link_for_who_must_show_more),
                cmocka_unit_test(another_address),
                cmocka_unit_test(invited_with_the_consent),
                cmocka_unit_test(a_journal),
                cmocka_unit_test(gone),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
