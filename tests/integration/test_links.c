/* Links for those who have no account, through the real daemons: a company declares its month by one. A GET shows and
 * changes nothing, a form without what only a person gives does nothing, what is sent twice is done once; a link that
 * was ended, has expired, is another organisation's or never was opens the same page. A gateway whose line to accounts
 * is cut shows the links that it knows, and acts by none. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/local_time.h"
#include "tests/lib/hired.h"
#include "tests/lib/link_page.h"
#include "tests/lib/run_ctl.h"
#include "tests/lib/visitor.h"

#define STRANGER_ID "0192f0c1-7a3b-7000-8f00-0000000000aa"

enum { BODY_SIZE = 512 };

static struct hired hired;
static char person[ID_TEXT_SIZE], placement[ID_TEXT_SIZE];
static uint16_t port;

/* ---- links, as a facilitator makes them with guichetctl */

static int ask_accounts(const char *method, const char *territory, const char *format, ...)
{
        char json[1024];
        va_list args;
        va_start(args, format);
        (void)vsnprintf(json, sizeof(json), format, args);
        va_end(args);
        return CTL_RUN(hired.net->directory, "call", "accounts", method, json, "--as", "FACILITATOR", "--territory",
                       territory);
}

struct made {
        char id[ID_TEXT_SIZE], path[LINK_PATH_SIZE];
};

static void take_token(struct made *made)
{
        const char *at = strstr(ctl_output(), "\"token\": \"");
        assert_non_null(at);
        at += strlen("\"token\": \"");
        (void)snprintf(made->path, sizeof(made->path), "/l/%.*s", (int)strcspn(at, "\""), at);
}

static struct visited get(const char *path)
{
        return link_page_get(port, path);
}

static struct visited post(const char *path, const char *headers, const char *body)
{
        const struct visitor_request request = {.method = "POST", .path = path, .headers = headers, .body = body};
        return visitor_ask(port, &request);
}

static bool shows(const char *path, const char *text)
{
        return link_page_shows(port, path, text);
}

static void wait_shows(const char *path, const char *text)
{
        link_page_wait(port, path, text);
}

static struct made make_for(const char *organisation, const char *month)
{
        struct made made;
        ctl_done(ask_accounts("MakeLink", "31",
                              "{\"purpose\":\"LINK_DECLARE_MONTH\",\"role\":\"COMPANY\",\"organisationId\":\"%s\","
                              "\"objectId\":\"%s\",\"month\":\"%s\",\"territory\":\"31\"}",
                              organisation, placement, month));
        hired_take_id("linkId", made.id);
        take_token(&made);
        return made;
}

static struct made make(const char *month)
{
        struct made made = make_for(hired.company, month);
        wait_shows(made.path, "Pour confirmer");
        return made;
}

/* ---- what a person does with the page */

static void fill_in(const char *path, const char *hours, char ret_body[BODY_SIZE])
{
        char number[LINK_NUMBER_SIZE];
        link_page_number(port, path, "faire", number);
        (void)snprintf(ret_body, BODY_SIZE, "acte=faire&lu=0&hours=%s&training=&nombre=%s", hours, number);
}

static void said_of_month(const char *month, const char *text)
{
        ctl_done(hired_ask(&hired, "HoursHistory", "{\"placementId\":\"%s\",\"month\":\"%s\"}", placement, month));
        if (text != NULL)
                ctl_said(text);
        else
                assert_null(strstr(ctl_output(), "ACT_STATED"));
}

static size_t times_stated(const char *month)
{
        size_t count = 0;
        said_of_month(month, "ACT_STATED");
        for (const char *at = ctl_output(); (at = strstr(at, "ACT_STATED")) != NULL; at++)
                count++;
        return count;
}

/* ---- tests */

static void shown_and_done_once(void **state)
{
        char body[BODY_SIZE];
        struct made made = make("2026-09");
        (void)state;
        struct visited page scoped(visited_fini) = get(made.path);
        assert_int_equal(page.status, 200);
        assert_non_null(strstr(page.text, "Jardins du Midi"));
        assert_non_null(strstr(page.text, "septembre 2026"));
        assert_non_null(strstr(page.text, "Referrer-Policy: no-referrer"));
        assert_non_null(strstr(page.text, "Cache-Control: no-store"));
        assert_non_null(strstr(page.text, "default-src 'none'"));
        assert_null(strstr(page.text, "default-src 'self'"));
        assert_null(strstr(page.text, "<script"));
        assert_null(strstr(page.body, made.path + strlen("/l/")));
        said_of_month("2026-09", NULL);

        fill_in(made.path, "35%2C5", body);
        struct visited done scoped(visited_fini) = post(made.path, LINK_BROWSER, body);
        assert_int_equal(done.status, 303);
        assert_non_null(strstr(done.text, made.path));
        assert_true(shows(made.path, "C'est fait"));
        assert_true(shows(made.path, "35,5"));
        said_of_month("2026-09", "35.50");
        said_of_month("2026-09", "lien par courriel");
        struct visited again scoped(visited_fini) = post(made.path, LINK_BROWSER, body);
        assert_int_equal(again.status, 200);
        assert_non_null(strstr(again.text, "Ce lien a servi"));
        assert_int_equal(times_stated("2026-09"), 1);
        ctl_done(ask_accounts("Links", "31", "{\"objectId\":\"%s\"}", placement));
        ctl_said("LINK_USED");
        ctl_said("35,5");
        assert_null(strstr(ctl_output(), made.path + strlen("/l/")));
}

/* Two at the same moment, as a double click sends them. */
static void sent_twice_at_once(void **state)
{
        enum { TWICE = 6 };
        char body[BODY_SIZE], request[2 * BODY_SIZE];
        int fds[TWICE];
        struct made made = make("2026-08");
        (void)state;
        fill_in(made.path, "12", body);
        int size = snprintf(request, sizeof(request),
                            "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" LINK_BROWSER
                            "Content-Length: %zu\r\n\r\n%s",
                            made.path, strlen(body), body);
        for (size_t i = 0; i < TWICE; i++)
                fds[i] = visitor_open(port);
        for (size_t i = 0; i < TWICE; i++)
                assert_true(visitor_send(fds[i], request, (size_t)size));
        for (size_t i = 0; i < TWICE; i++) {
                struct visited visited scoped(visited_fini) = visitor_receive(fds[i]);
                if (visited.status != 303 && visited.status != 200)
                        fail_msg("%s", visited.text);
        }
        assert_true(shows(made.path, "C'est fait"));
        assert_int_equal(times_stated("2026-08"), 1);
}

/* A scanner submits what it finds: as it is, and with what it likes. */
static void what_no_person_gave_does_nothing(void **state)
{
        static const struct {
                const char *headers, *body;
                int status;
        } tried[] = {
                {LINK_BROWSER, "acte=faire&lu=0&hours=&training=&nombre=", 422},
                {LINK_BROWSER, "acte=faire&lu=0&hours=1&training=1&nombre=1", 422},
                {LINK_BROWSER, "acte=faire&lu=0&hours=1&training=1&nombre=1234", 422},
                {LINK_BROWSER, "acte=faire&lu=0&hours=test&training=test&nombre=test", 422},
                {LINK_BROWSER, "acte=pas-moi&nombre=0000", 422},
                {LINK_BROWSER, "acte=pas-moi&nombre=", 422},
                {LINK_BROWSER, "hours=1", 400},
                {LINK_BROWSER, "", 400},
                {LINK_BROWSER, "acte=faire&acte=faire", 400},
                {LINK_BROWSER, "acte=%00", 400},
                {"Content-Type: application/json\r\n", "{}", 400},
                {LINK_FORM "Sec-Fetch-Site: cross-site\r\n", "acte=faire&lu=0&hours=1&nombre=1", 403},
                {LINK_FORM "Origin: https://elsewhere.example\r\n", "acte=faire&lu=0&hours=1&nombre=1", 403},
        };
        struct made made = make("2026-07");
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(tried); i++) {
                struct visited visited scoped(visited_fini) = post(made.path, tried[i].headers, tried[i].body);
                if (visited.status != tried[i].status)
                        fail_msg("%s: %d", tried[i].body, visited.status);
        }
        said_of_month("2026-07", NULL);
        assert_true(shows(made.path, "Pour confirmer"));
}

static void what_is_wrong_is_said_by_the_field(void **state)
{
        char body[BODY_SIZE];
        struct made made = make("2026-06");
        (void)state;
        fill_in(made.path, "beaucoup", body);
        struct visited text scoped(visited_fini) = post(made.path, LINK_BROWSER, body);
        assert_int_equal(text.status, 422);
        assert_non_null(strstr(text.text, "id=\"hours-erreur\""));
        assert_non_null(strstr(text.text, "value=\"beaucoup\""));
        fill_in(made.path, "5000", body);
        struct visited much scoped(visited_fini) = post(made.path, LINK_BROWSER, body);
        assert_int_equal(much.status, 422);
        assert_non_null(strstr(much.text, "id=\"hours-erreur\""));
        fill_in(made.path, "%3Cscript%3E%22", body);
        struct visited markup scoped(visited_fini) = post(made.path, LINK_BROWSER, body);
        assert_null(strstr(markup.text, "<script"));
        assert_non_null(strstr(markup.text, "value=\"&lt;script&gt;&quot;\""));
        said_of_month("2026-06", NULL);
        fill_in(made.path, "20", body); /* and then it is right */
        struct visited done scoped(visited_fini) = post(made.path, LINK_BROWSER, body);
        assert_int_equal(done.status, 303);
        said_of_month("2026-06", "20.00");
}

/* The page of a link that never was. */
static struct visited closed_page(void)
{
        return get("/l/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
}

static void wait_closed(const char *path)
{
        struct visited never scoped(visited_fini) = closed_page();
        assert_int_equal(never.status, 404);
        wait_shows(path, "Ce lien n&#39;ouvre plus rien");
        struct visited visited scoped(visited_fini) = get(path);
        assert_int_equal(visited.status, 404);
        assert_string_equal(visited.body, never.body);
}

static void what_opens_nothing_says_nothing(void **state)
{
        char body[BODY_SIZE];
        (void)state;
        struct made ended = make("2026-05");
        fill_in(ended.path, "10", body);
        ctl_done(ask_accounts("EndLink", "31", "{\"linkId\":\"%s\"}", ended.id));
        wait_closed(ended.path);
        struct visited late scoped(visited_fini) = post(ended.path, LINK_BROWSER, body);
        assert_int_equal(late.status, 404);
        said_of_month("2026-05", NULL);

        struct made other = make_for(STRANGER_ID, "2026-05"); /* the object is not that organisation's */
        wait_closed(other.path);
        struct visited acted scoped(visited_fini) = post(other.path, LINK_BROWSER, "acte=faire&lu=0&hours=3&nombre=1");
        assert_int_equal(acted.status, 404);

        wait_closed("/l/x");
}

/* The company works in another department too; a facilitator's link reaches no further than she does. */
static void no_further_than_its_maker(void **state)
{
        char elsewhere[ID_TEXT_SIZE], of_elsewhere[ID_TEXT_SIZE];
        (void)state;
        hired_refer(&hired, "Descossy-Essai", "66", HIRED_PRESCRIBER, elsewhere);
        ctl_done(hired_place(&hired, elsewhere, "2026-02-02", NULL));
        hired_take_id("placementId", of_elsewhere);
        static const struct {
                const char *territory;
                bool opens;
        } makers[] = {{"31", false}, {"66", true}};
        for (size_t i = 0; i < ARRAY_SIZE(makers); i++) {
                struct made made;
                ctl_done(ask_accounts("MakeLink", makers[i].territory,
                                      "{\"purpose\":\"LINK_DECLARE_MONTH\",\"role\":\"COMPANY\",\"organisationId\":"
                                      "\"%s\",\"objectId\":\"%s\",\"month\":\"2026-09\",\"territory\":\"%s\"}",
                                      hired.company, of_elsewhere, makers[i].territory));
                take_token(&made);
                if (makers[i].opens) {
                        wait_shows(made.path, "Pour confirmer");
                        continue;
                }
                wait_closed(made.path);
                struct visited acted scoped(visited_fini) =
                        post(made.path, LINK_BROWSER, "acte=faire&lu=0&hours=3&nombre=1");
                assert_int_equal(acted.status, 404);
        }
}

static void sent_again_and_not_by_others(void **state)
{
        (void)state;
        struct made made = make("2026-04"), again = made;
        assert_int_not_equal(ask_accounts("ResendLink", "66", "{\"linkId\":\"%s\"}", made.id), 0);
        assert_int_not_equal(ask_accounts("EndLink", "66", "{\"linkId\":\"%s\"}", made.id), 0);
        ctl_done(ask_accounts("Links", "66", "{\"objectId\":\"%s\"}", placement));
        assert_null(strstr(ctl_output(), made.id));
        ctl_done(ask_accounts("ResendLink", "31", "{\"linkId\":\"%s\"}", made.id));
        take_token(&again);
        wait_shows(again.path, "Pour confirmer");
        wait_closed(made.path);
        /* of another territory, of a month that is missing, and what the buyer alone decides */
        assert_int_not_equal(ask_accounts("MakeLink", "66",
                                          "{\"purpose\":\"LINK_DECLARE_MONTH\",\"role\":\"COMPANY\",\"organisationId\":"
                                          "\"%s\",\"objectId\":\"%s\",\"month\":\"2026-04\",\"territory\":\"31\"}",
                                          hired.company, placement),
                             0);
        assert_int_not_equal(ask_accounts("MakeLink", "31",
                                          "{\"purpose\":\"LINK_DECLARE_MONTH\",\"role\":\"COMPANY\",\"organisationId\":"
                                          "\"%s\",\"objectId\":\"%s\",\"territory\":\"31\"}",
                                          hired.company, placement),
                             0);
        assert_int_not_equal(ask_accounts("MakeLink", "31",
                                          "{\"purpose\":\"LINK_DECIDE_CASE\",\"organisationId\":\"%s\",\"objectId\":"
                                          "\"%s\",\"territory\":\"31\"}",
                                          hired.company, placement),
                             0);
        ctl_said("exploitant");
}

static void not_me(void **state)
{
        char number[LINK_NUMBER_SIZE], body[BODY_SIZE];
        (void)state;
        struct made made = make("2026-03");
        link_page_number(port, made.path, "faire", number); /* of the other form */
        (void)snprintf(body, sizeof(body), "acte=pas-moi&nombre=%s", number);
        struct visited wrong scoped(visited_fini) = post(made.path, LINK_BROWSER, body);
        assert_int_equal(wrong.status, 422);
        link_page_number(port, made.path, "pas-moi", number);
        (void)snprintf(body, sizeof(body), "acte=pas-moi&nombre=%s", number);
        struct visited done scoped(visited_fini) = post(made.path, LINK_BROWSER, body);
        assert_int_equal(done.status, 200);
        wait_closed(made.path);
        ctl_done(ask_accounts("Links", "31", "{\"objectId\":\"%s\"}", placement));
        ctl_said("LINK_DISOWNED");
}

/* Nothing else than its purpose: the token is no key of the interface. */
static void opens_no_other_door(void **state)
{
        (void)state;
        struct made made = make("2026-10");
        const struct visitor_request request = {
                .method = "GET", .path = "/v1/session", .token = made.path + strlen("/l/")};
        struct visited visited scoped(visited_fini) = visitor_ask(port, &request);
        assert_int_equal(visited.status, 401);
}

/* ---- the other purposes */

static struct made make_of(const char *purpose, const char *role, const char *organisation, const char *object)
{
        struct made made;
        ctl_done(ask_accounts("MakeLink", "31",
                              "{\"purpose\":\"%s\",\"role\":\"%s\",\"organisationId\":\"%s\",\"objectId\":\"%s\","
                              "\"territory\":\"31\"}",
                              purpose, role, organisation, object));
        hired_take_id("linkId", made.id);
        take_token(&made);
        wait_shows(made.path, "Pour confirmer");
        return made;
}

static void act(const char *path, const char *fields, int status)
{
        link_page_act(port, path, "faire", fields, status);
}

static void a_company_names_who_follows(void **state)
{
        (void)state;
        struct made made = make_of("LINK_NAME_RESPONSIBLE", "COMPANY", hired.company, hired.obligation);
        act(made.path, "responsible.name=&responsible.email=a%40exemple.fr", 422);
        act(made.path, "responsible.name=%C3%89l%C3%A9onore+Pic&responsible.email=nulle+part", 422);
        act(made.path,
            "responsible.name=%C3%89l%C3%A9onore+Pic&responsible.email=e.pic%40exemple.fr&responsible.phone=", 303);
        assert_true(shows(made.path, "Une personne a été nommée."));
        assert_false(shows(made.path, "Pic")); /* of nobody's words the page tells any */
        ctl_done(ask_accounts("Links", "31", "{\"objectId\":\"%s\"}", hired.obligation));
        assert_null(strstr(ctl_output(), "Pic"));
}

static int ask_contracts(const char *method, const char *json)
{
        return CTL_RUN(hired.net->directory, "call", "contracts", method, json, "--as", "FACILITATOR", "--territory",
                       "31");
}

/* What a link shows of a placement before anything is asked: nobody's name. */
static void shows_no_name(const char *path)
{
        assert_true(shows(path, "Jardins du Midi"));
        assert_false(shows(path, "Quatrebarbes"));
        assert_false(shows(path, person));
}

/* "Still there" ends the silence; "gone" ends nothing, and is the facilitator's to look at. */
static void a_company_says_who_is_still_there(void **state)
{
        (void)state;
        struct made there = make_of("LINK_STATE_PRESENCE", "COMPANY", hired.company, placement);
        shows_no_name(there.path);
        act(there.path, "answer=PRESENCE_UNKNOWN&happened_on=2026-09-30&reason_code=&text=", 422);
        act(there.path, "answer=STILL_THERE&happened_on=2026-02-01&reason_code=&text=", 422); /* before it began */
        act(there.path, "answer=STILL_THERE&happened_on=2026-09-30&reason_code=&text=", 303);
        assert_true(shows(there.path, "toujours en poste"));
        struct made gone = make_of("LINK_STATE_PRESENCE", "STRUCTURE", hired.company, placement);
        assert_true(shows(gone.path, "toujours en poste")); /* the answer before */
        act(gone.path, "answer=GONE&happened_on=2026-10-05&reason_code=&text=", 422);
        assert_true(shows(gone.path, "Pour confirmer"));
        act(gone.path, "answer=GONE&happened_on=2026-10-05&reason_code=LEFT&text=partie+sans+pr%C3%A9venir", 303);
        assert_false(shows(gone.path, "sans prévenir"));
        assert_false(shows(gone.path, "LEFT"));
        ctl_done(hired_ask(&hired, "FollowUpDue", "{\"gone\":true}"));
        ctl_said(placement);
        ctl_said("met fin au parcours");
        ctl_done(hired_ask(&hired, "PlacementById", "{\"placementId\":\"%s\"}", placement));
        ctl_said("\"GONE\"");
        assert_null(strstr(ctl_output(), "endedOn"));
}

static void a_company_names_its_tutor(void **state)
{
        (void)state;
        struct made tutor = make_of("LINK_NAME_TUTOR", "COMPANY", hired.company, placement);
        shows_no_name(tutor.path);
        assert_true(shows(tutor.path, "M. Tuteur"));
        act(tutor.path, "name=+&function=&since=2026-09-01", 422);
        act(tutor.path, "name=Odile+Quercadou&function=cheffe&since=2026-02-01", 422);
        act(tutor.path, "name=Odile+Quercadou&function=cheffe&since=2026-09-01", 303);
        assert_false(shows(tutor.path, "Quercadou"));
        struct made referent = make_of("LINK_NAME_REFERENT", "STRUCTURE", hired.company, placement);
        act(referent.path, "name=Basile+Nouguier&function=&since=2026-09-01", 303);
        ctl_done(hired_ask(&hired, "PlacementById", "{\"placementId\":\"%s\"}", placement));
        ctl_said("\"tutor\": \"Odile Quercadou\"");
        ctl_said("\"referent\": \"Basile Nouguier\"");
        ctl_done(ask_accounts("Links", "31", "{\"objectId\":\"%s\"}", placement));
        assert_null(strstr(ctl_output(), "Quercadou"));
}

/* A prescriber proposes by a link, the facilitator sends it, the company answers by a link, and so is it withdrawn. */
static void a_need_is_answered_and_a_proposal(void **state)
{
        char json[512], need[ID_TEXT_SIZE], other[ID_TEXT_SIZE], proposal[ID_TEXT_SIZE], fields[256],
                today[DAY_TEXT_SIZE];
        struct world world = world_real();
        (void)state;
        day_format(local_day("31", world.now_ms(&world)), today);
        hired_refer(&hired, "Vachier-Essai", "31", HIRED_PRESCRIBER, other);
        (void)snprintf(json, sizeof(json),
                       "{\"obligationId\":\"%s\",\"romeCode\":\"F1703\",\"title\":\"Maçon coffreur\",\"positions\":1,"
                       "\"startsOn\":\"%s\",\"commune\":\"31555\",\"modality\":\"DIRECT_HIRE\"}",
                       hired.obligation, today);
        ctl_done(ask_contracts("DeclareNeed", json));
        hired_take_id("needId", need);
        net_wait_followed(hired.net, "tracking-1", "contracts-1");

        struct made offered = make_of("LINK_ANSWER_NEED", "PRESCRIBER", HIRED_PRESCRIBER, need);
        assert_true(shows(offered.path, "Maçon coffreur"));
        assert_true(shows(offered.path, other));
        (void)snprintf(fields, sizeof(fields), "beneficiary_id=%s&proposed_on=%s", STRANGER_ID, today);
        act(offered.path, fields, 422); /* nobody whom it referred */
        (void)snprintf(fields, sizeof(fields), "beneficiary_id=%s&proposed_on=%s", other, today);
        act(offered.path, fields, 303);
        assert_true(shows(offered.path, "Une personne a été proposée"));

        ctl_done(hired_ask(&hired, "Proposals", "{\"beneficiaryId\":\"%s\"}", other));
        hired_take_id("proposalId", proposal);
        ctl_done(hired_ask(&hired, "ProposalById", "{\"proposalId\":\"%s\"}", proposal));
        const char *version = strstr(ctl_output(), "\"version\": \"");
        assert_non_null(version);
        unsigned long seen = strtoul(version + strlen("\"version\": \""), NULL, 10);
        ctl_done(hired_ask(&hired, "SendProposal", "{\"proposalId\":\"%s\",\"sentOn\":\"%s\",\"seen\":%lu}", proposal,
                           today, seen));
        struct made answered = make_of("LINK_ANSWER_PROPOSAL", "COMPANY", hired.company, proposal);
        assert_false(shows(answered.path, "Vachier"));
        (void)snprintf(fields, sizeof(fields), "answer=PROPOSAL_PLACED&answered_on=%s", today);
        act(answered.path, fields, 422);
        (void)snprintf(fields, sizeof(fields), "answer=PROPOSAL_TAKEN&answered_on=%s", today);
        act(answered.path, fields, 303);
        ctl_done(hired_ask(&hired, "ProposalById", "{\"proposalId\":\"%s\"}", proposal));
        ctl_said("PROPOSAL_TAKEN");
        struct made withdrawn = make_of("LINK_WITHDRAW_PROPOSAL", "PRESCRIBER", HIRED_PRESCRIBER, proposal);
        assert_true(shows(withdrawn.path, "Maçon coffreur"));
        (void)snprintf(fields, sizeof(fields), "withdrawal_code=&withdrawn_on=%s&words=", today);
        act(withdrawn.path, fields, 422);
        (void)snprintf(fields, sizeof(fields), "withdrawal_code=PERSON_UNAVAILABLE&withdrawn_on=%s&words=", today);
        act(withdrawn.path, fields, 303);
        ctl_done(hired_ask(&hired, "ProposalById", "{\"proposalId\":\"%s\"}", proposal));
        ctl_said("PROPOSAL_WITHDRAWN");
}

/* ---- cut off, and weeks later */

static void known_while_cut_off(void **state)
{
        char body[BODY_SIZE];
        (void)state;
        struct made made = make("2026-02");
        fill_in(made.path, "10", body);
        net_kill_instance(hired.net, "accounts-1");
        assert_true(shows(made.path, "Pour confirmer"));
        struct visited silent scoped(visited_fini) = post(made.path, LINK_BROWSER, body);
        assert_int_equal(silent.status, 504);
        said_of_month("2026-02", NULL);
        net_start_instance(hired.net, "accounts-1", NULL);
        net_wait_serving(hired.net, "accounts-1");
        struct visited done scoped(visited_fini) = post(made.path, LINK_BROWSER, body);
        assert_int_equal(done.status, 303);
        said_of_month("2026-02", "10.00");
}

static void restart_gateway(const char *shift_s)
{
        char library[4096];
        const char *bin = getenv("GUICHET_BIN");
        net_stop_instance(hired.net, "gateway-1");
        if (shift_s != NULL) {
                (void)snprintf(library, sizeof(library), "%s/libclock_shift.so", bin != NULL ? bin : "build/dev/bin");
                (void)setenv("LD_PRELOAD", library, 1);
                (void)setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 1);
                (void)setenv("CLOCK_SHIFT_S", shift_s, 1);
        }
        net_start_instance(hired.net, "gateway-1", NULL);
        (void)unsetenv("LD_PRELOAD");
        (void)unsetenv("CLOCK_SHIFT_S");
        net_wait_serving(hired.net, "gateway-1");
}

static void expired(void **state)
{
        (void)state;
        struct made made = make("2026-10");
        restart_gateway("2678400"); /* 31 days; a link has 30 */
        wait_closed(made.path);
        restart_gateway(NULL);
        assert_true(shows(made.path, "Pour confirmer"));
}

/* ---- */

static int setup(void **state)
{
        (void)state;
        if (hired_open(&hired, "links") != 0)
                return -1;
        port = (uint16_t)strtoul(strrchr(net_instance(hired.net, "gateway-1")->http, ':') + 1, NULL, 10);
        hired_refer(&hired, "Quatrebarbes-Essai", "31", HIRED_PRESCRIBER, person);
        ctl_done(hired_place(&hired, person, "2026-02-02", NULL));
        hired_take_id("placementId", placement);
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        hired_close(&hired);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(shown_and_done_once),
                cmocka_unit_test(sent_twice_at_once),
                cmocka_unit_test(what_no_person_gave_does_nothing),
                cmocka_unit_test(what_is_wrong_is_said_by_the_field),
                cmocka_unit_test(what_opens_nothing_says_nothing),
                cmocka_unit_test(no_further_than_its_maker),
                cmocka_unit_test(sent_again_and_not_by_others),
                cmocka_unit_test(not_me),
                cmocka_unit_test(opens_no_other_door),
                cmocka_unit_test(a_company_names_who_follows),
                cmocka_unit_test(a_company_says_who_is_still_there),
                cmocka_unit_test(a_company_names_its_tutor),
                cmocka_unit_test(a_need_is_answered_and_a_proposal),
                cmocka_unit_test(known_while_cut_off),
                cmocka_unit_test(expired),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
