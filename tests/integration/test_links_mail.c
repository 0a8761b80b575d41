/* Links by mail, through the real daemons and a real mail server: the secret is drawn as the mail leaves and stands in
 * no file of the network; "send me my link again" says the same to everybody, mails whoever is known, and rests; who
 * says that it is not she is heard by the facilitator. */
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
#include "common/base/local_time.h"
#include "tests/lib/dialogue.h"
#include "tests/lib/link_page.h"
#include "tests/lib/network.h"
#include "tests/lib/smtp_server.h"
#include "tests/lib/visitor.h"

#define PRESCRIBER "0192f0c1-7a3b-7000-8f00-000000000007"
#define COMPANY    "0192f0c1-7a3b-7000-8f00-000000000008"
#define NO_VERSION "18446744073709551615"
#define NOTHING    "0192f0c1-7a3b-7000-8f00-00000000dead"
#define OUTSIDE    "https://guichet.example"

enum { WAITS = 600, LOOK_EVERY_MS = 25 };

static struct smtp_server server;
static struct network *network;
static char mails[128 * 1024];

static void read_mails(void)
{
        smtp_server_read(&server, mails, sizeof(mails));
}

/* Links that were taken from mails so far. */
static char taken[16][LINK_PATH_SIZE];
static size_t taken_count;

static bool was_taken(const char *path)
{
        for (size_t i = 0; i < taken_count; i++)
                if (strcmp(taken[i], path) == 0)
                        return true;
        return false;
}

/* Waits for a mail with a link that was not taken yet: of one second, mails are in no order. */
static void take_link(char ret_path[LINK_PATH_SIZE])
{
        for (int i = 0; i < WAITS; i++) {
                read_mails();
                for (const char *at = mails; (at = strstr(at, OUTSIDE "/l/")) != NULL;) {
                        at += strlen(OUTSIDE);
                        (void)snprintf(ret_path, LINK_PATH_SIZE, "%.*s", (int)(strlen("/l/") + 43), at);
                        if (was_taken(ret_path))
                                continue;
                        assert_true(taken_count < ARRAY_SIZE(taken));
                        memcpy(taken[taken_count++], ret_path, LINK_PATH_SIZE);
                        return;
                }
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
        fail_msg("no link: %s", mails);
}

static size_t links_mailed(void)
{
        read_mails();
        return smtp_server_count(mails, OUTSIDE "/l/");
}

static uint16_t port(void)
{
        return network_http_port(network, "gateway-1");
}

static struct visited ask(const char *method, const char *path, const char *body)
{
        return strcmp(method, "POST") == 0 ? link_page_post(port(), path, body) : link_page_get(port(), path);
}

static void wait_shows(const char *path, const char *text)
{
        link_page_wait(port(), path, text);
}

static void post_act(const char *path, const char *act, int status)
{
        link_page_act(port(), path, act, "", status);
}

static void make_link(const char *object)
{
        say_as(network, "FACILITATOR", NULL, "31");
        (void)say("accounts.MakeLink",
                  "{'purpose': 'LINK_TAKE_NOTE', 'organisationId': '" PRESCRIBER
                  "', 'objectId': '%s', 'territory': '31', 'byMail': true}",
                  object);
}

/* The newest notice of the prescriber's inbox; there must be `count` of them. */
static const char *newest_notice(size_t count)
{
        say_as(network, "PRESCRIBER", PRESCRIBER, "31");
        for (int i = 0; i < WAITS; i++) {
                const json_t *box = say("notifications.Inbox", "{}");
                if (said_count(box, "notices") == count)
                        return said_text(box, "notices.0.noticeId");
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
        fail_msg("there are never %zu notices", count);
        return NULL;
}

/* Whether any file of the network has the token: stores, logs, whatever it left. */
static void stands_in_no_file(const char *token)
{
        char command[512];
        (void)snprintf(command, sizeof(command), "grep -rqaF -e '%s' '%s'", token, network_directory(network));
        assert_int_not_equal(system(command), 0);
        (void)snprintf(command, sizeof(command), "grep -rqaF -e accounts '%s'", network_directory(network));
        assert_int_equal(system(command), 0); /* it does look */
}

static char first[LINK_PATH_SIZE];

static void mailed_and_answered(void **state)
{
        char path[LINK_PATH_SIZE];
        (void)state;
        make_link(NOTHING);
        take_link(first);
        wait_shows(first, "Ce lien n&#39;ouvre plus rien"); /* there is no such notice */
        const char *notice = newest_notice(1);
        make_link(notice);
        take_link(path);
        wait_shows(path, "Prendre connaissance d&#39;un avis");
        stands_in_no_file(path + strlen("/l/"));

        post_act(path, "faire", 303);
        wait_shows(path, "C'est fait");
        say_as(network, "PRESCRIBER", PRESCRIBER, "31");
        const json_t *box = say("notifications.Inbox", "{'unreadOnly': true}");
        assert_int_equal(said_count(box, "notices"), 1); /* that of the second link */
        read_mails();
        assert_int_equal(smtp_server_count(mails, "subject On attend de vous : prendre connaissance d'un avis"), 2);
        assert_int_equal(smtp_server_count(mails, "defects []\n"), 1 + 2);
}

static void send_again(const char *address, char *ret_page, size_t size)
{
        char body[128];
        (void)snprintf(body, sizeof(body), "adresse=%s", address);
        struct visited visited scoped(visited_fini) = ask("POST", "/l/renvoi", body);
        assert_int_equal(visited.status, 200);
        (void)snprintf(ret_page, size, "%s", visited.body);
}

static void sent_again_whoever_asks(void **state)
{
        static char known[8192], unknown[8192], soon[8192];
        char path[LINK_PATH_SIZE];
        (void)state;
        make_link(newest_notice(2)); /* the mail of the second link is a notice itself */
        take_link(path);
        wait_shows(path, "Pour confirmer");
        struct visited form scoped(visited_fini) = ask("GET", "/l/renvoi", NULL);
        assert_int_equal(form.status, 200);
        struct visited none scoped(visited_fini) = ask("POST", "/l/renvoi", "adresse=personne");
        assert_int_equal(none.status, 422);

        send_again("inconnue%40exemple.fr", unknown, sizeof(unknown));
        send_again("ML%40exemple.fr", known, sizeof(known));
        assert_string_equal(known, unknown);
        char again[LINK_PATH_SIZE], other[LINK_PATH_SIZE];
        take_link(other); /* two are open: this one, and that of no notice */
        take_link(again);
        wait_shows(path, "Ce lien n&#39;ouvre plus rien"); /* another token stands in its place */
        send_again("ml%40exemple.fr", soon, sizeof(soon)); /* rests: the same answer, and no mail */
        assert_string_equal(soon, known);
        (void)poll(NULL, 0, 1000);
        assert_int_equal(links_mailed(), 5);
        assert_int_equal(smtp_server_count(mails, "rcpt inconnue@exemple.fr\n"), 0);

        struct visited page scoped(visited_fini) = ask("GET", again, NULL);
        const char *good = strstr(page.text, "Pour confirmer") != NULL ? again : other;
        post_act(good, "pas-moi", 200);
        wait_shows(good, "Ce lien n&#39;ouvre plus rien");
        say_as(network, "FACILITATOR", NULL, "31");
        for (int i = 0; i < WAITS; i++) {
                if (said_anywhere(say("notifications.RecentNotices", "{}"), "LINK_NOT_MINE"))
                        return;
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
        fail_msg("nobody is told that it was not she");
}

static void nobody_asks_for_ever(void **state)
{
        (void)state;
        for (int i = 0; i < 40; i++) {
                struct visited visited scoped(visited_fini) = ask("POST", "/l/renvoi", "adresse=a%40exemple.fr");
                if (visited.status == 429)
                        return;
                assert_int_equal(visited.status, 200);
        }
        fail_msg("somebody may ask for ever");
}

/* ---- what others did is answered by the link of its mail */

static const char *const mark_of_code = "abonnement :\\r\\n\\r\\n    ";

/* The code of the mail to that address. */
static void confirm(const char *subscription, const char *email)
{
        char to[64];
        (void)snprintf(to, sizeof(to), "rcpt %s\n", email);
        for (int i = 0; i < WAITS; i++) {
                read_mails();
                const char *at = strstr(mails, to);
                at = at == NULL ? NULL : strstr(at, mark_of_code);
                if (at == NULL) {
                        (void)poll(NULL, 0, LOOK_EVERY_MS);
                        continue;
                }
                (void)say("notifications.ConfirmAddress", "{'subscriptionId': '%s', 'code': '%.9s'}", subscription,
                          at + strlen(mark_of_code));
                return;
        }
        fail_msg("no code: %s", mails);
}

/* The address counts once its code came back. */
static void subscribe(const char *organisation, const char *email)
{
        say_as(network, "FACILITATOR", NULL, "31");
        confirm(said_text(say("notifications.Subscribe",
                              "{'organisationId': '%s', 'organisationName': 'Essai', 'territory': '31', 'email': '%s'}",
                              organisation, email),
                          "subscriptionId"),
                email);
}

/* A company owes hours and looks for somebody; returns the need. */
static const char *look_for_somebody(const char *today)
{
        say_as(network, "FACILITATOR", NULL, "31");
        const char *contract = said_text(
                say("contracts.OpenContract",
                    "{'record': {'kind': 'MARKET', 'number': '2026-051', 'buyerSiret': '21310555400017', 'object':"
                    " 'Réfection de l’école', 'place': {'code': '31555', 'kind': 'COMMUNE'},"
                    " 'amount': '1000000.00', 'startsOn': '%s'}, 'territories': ['31']}",
                    today),
                "contractId");
        const char *clause =
                said_text(say("contracts.PutClause",
                              "{'contractId': '%s', 'lot': 1, 'territories': ['31'], 'calibration': {'amount':"
                              " '1000000.00', 'labourShare': '0.5', 'insertionRate': '0.05', 'hourlyCost': '30.00'}}",
                              contract),
                          "clauseId");
        const char *obligation =
                said_text(say("contracts.RecordObligation",
                              "{'clauseId': '%s', 'contractorSiret': '13002526500013', 'contractorName': 'Peintures"
                              " du Lauragais', 'contractorOrganisation': '" COMPANY "'}",
                              clause),
                          "obligationId");
        return said_text(
                say("contracts.DeclareNeed",
                    "{'obligationId': '%s', 'romeCode': 'F1606', 'title': 'Peintre en bâtiment', 'positions': 2,"
                    " 'startsOn': '%s', 'commune': '31555', 'modality': 'DIRECT_HIRE'}",
                    obligation, today),
                "needId");
}

static void a_proposal_is_answered_from_its_mail(void **state)
{
        char today[DAY_TEXT_SIZE], path[LINK_PATH_SIZE], fields[128];
        struct world world = world_real();
        (void)state;
        day_format(local_day("31", world.now_ms(&world)), today);
        subscribe(COMPANY, "chantier@exemple.fr");
        const char *need = look_for_somebody(today);
        say_as(network, "PRESCRIBER", PRESCRIBER, "31");
        const char *person =
                said_text(say("tracking.ReferBeneficiary",
                              "{'identity': {'familyName': 'Quatrebarbes-Essai', 'givenName': 'Zéphirine', 'bornOn':"
                              " '1990-05-17', 'sex': 'WOMAN'}, 'territory': '31'}"),
                          "beneficiaryId");
        say_as(network, "FACILITATOR", NULL, "31");
        (void)say("tracking.DecideEligibility",
                  "{'beneficiaryId': '%s', 'publicCode': 'B_RSA', 'proofCode': 'ATTESTATION_RSA', 'proofDated': '%s',"
                  " 'validFrom': '%s', 'eligible': true}",
                  person, today, today);
        const char *proposal = said_text(
                say_until_granted("tracking.ProposeBeneficiary",
                                  "{'beneficiaryId': '%s', 'needId': '%s', 'proposedOn': '%s'}", person, need, today),
                "proposalId");
        (void)say("tracking.SendProposal", "{'proposalId': '%s', 'sentOn': '%s', 'seen': '" NO_VERSION "'}", proposal,
                  today);
        take_link(path);
        assert_int_equal(smtp_server_count(mails, "subject Une personne vous est proposée"), 1);
        wait_shows(path, "Répondre à une proposition");
        assert_false(link_page_shows(port(), path, "Quatrebarbes"));
        (void)snprintf(fields, sizeof(fields), "answer=PROPOSAL_TAKEN&answered_on=%s", today);
        link_page_act(port(), path, "faire", fields, 303);
        wait_shows(path, "Une réponse a été donnée");
        say_as(network, "FACILITATOR", NULL, "31");
        assert_string_equal(said_text(say("tracking.ProposalById", "{'proposalId': '%s'}", proposal), "state"),
                            "PROPOSAL_TAKEN");
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
                {"accounts-1", "accounts", ""},
                {"notifications-1", "notifications", more},
                {"contracts-1", "contracts", ""},
                {"tracking-1", "tracking", "\"partition\":1,\"territories\":[\"31\"],"},
                {"gateway-1", "gateway", "\"settings\":{\"web\":\"tests/integration/web\"},"},
        };
        network = network_start(parts, ARRAY_SIZE(parts));
        subscribe(PRESCRIBER, "ml@exemple.fr");
        return 0;
}

static int stop(void **state)
{
        (void)state;
        network_stop(&network);
        smtp_server_fini(&server);
        dialogue_end();
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(mailed_and_answered),
                cmocka_unit_test(sent_again_whoever_asks),
                cmocka_unit_test(a_proposal_is_answered_from_its_mail),
                cmocka_unit_test(nobody_asks_for_ever),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
