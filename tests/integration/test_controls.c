/* A control on a sample, from the draw to its close, through guichetctl and the real daemons, with two partitions: each
 * draws its own, anybody draws again, a placement that is not proven has its hours back to be checked, and the ledger
 * and reporting move only when a facilitator has validated anew. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "contracts/queries.pb-c.h"
#include "reporting/queries.pb-c.h"
#include "tests/lib/net.h"
#include "tests/lib/run_ctl.h"

static const char WORDS[] = "la feuille du chef d'équipe, photographiée";

/* Of each partition a department. */
struct place {
        const char *territory;
        char person[ID_TEXT_SIZE], placement[ID_TEXT_SIZE], control[ID_TEXT_SIZE];
};
static struct place places[] = {{.territory = "31"}, {.territory = "66"}};

static struct net *net;
static struct month_end month_end;
static struct harness context;
static char scratch[64], company[ID_TEXT_SIZE];

#define RUN(...)    CTL_RUN(net->directory, __VA_ARGS__)
#define SAMPLE(...) CTL_RUN(net->directory, "sample", __VA_ARGS__)
#define BY_COMPANY  "--as", "COMPANY", "--organisation", company

static int ask(const char *method, const char *format, ...)
{
        char json[2048];
        va_list args;
        va_start(args, format);
        (void)vsnprintf(json, sizeof(json), format, args);
        va_end(args);
        return RUN("call", "tracking", method, json, "--as", "FACILITATOR", "--territory", "*");
}

static void take_id(const char *name, char ret[ID_TEXT_SIZE])
{
        struct id id;
        const char *at = strstr(ctl_output(), name);
        at = at == NULL ? NULL : strchr(at + strlen(name) + 1, '"');
        if (at == NULL)
                fail_msg("no %s in: %s", name, ctl_output());
        (void)snprintf(ret, ID_TEXT_SIZE, "%s", at + 1);
        assert_int_equal(id_parse(ret, &id), 0);
}

static void said_nothing_of(const char *text)
{
        if (strstr(ctl_output(), text) != NULL)
                fail_msg("%s in: %s", text, ctl_output());
}

/* The ledger and reporting say this sum of both partitions. */
static void counts(int64_t hundredths)
{
        struct arena arena scoped(arena_fini) = {0};
        Contracts__ObligationById query = CONTRACTS__OBLIGATION_BY_ID__INIT;
        Reporting__ConsolidationRequest all = REPORTING__CONSOLIDATION_REQUEST__INIT;
        query.obligation_id = id_to(&arena, month_end.obligation);
        for (size_t i = 1; i <= 2; i++) {
                net_wait_followed(net, "contracts-1", net_all[i]);
                net_wait_followed(net, "reporting-1", net_all[i]);
        }
        const Contracts__ObligationView *view = net_ask(net, "contracts.ObligationById", &query, &arena);
        const Reporting__ConsolidationReply *told = net_ask(net, "reporting.Consolidation", &all, &arena);
        assert_int_equal(hours_hundredths(hours_of(view->done)), hundredths);
        assert_int_equal(hours_hundredths(hours_of(told->done)), hundredths);
}

/* Somebody with 120 validated hours in April. */
static void place_person(struct place *place)
{
        char obligation[ID_TEXT_SIZE];
        id_format(month_end.obligation, obligation);
        ctl_done(ask("ReferBeneficiary",
                     "{\"identity\":{\"familyName\":\"Quatrebarbes-Essai\",\"givenName\":\"Zéphirine\","
                     "\"bornOn\":\"1990-05-17\",\"sex\":\"WOMAN\",\"commune\":\"31555\"},\"territory\":\"%s\","
                     "\"prescriber\":\"0192f0c1-7a3b-7000-8f00-000000000007\"}",
                     place->territory));
        take_id("beneficiaryId", place->person);
        ctl_done(ask("DecideEligibility",
                     "{\"beneficiaryId\":\"%s\",\"publicCode\":\"B_RSA\",\"proofCode\":\"ATTESTATION_RSA\","
                     "\"proofDated\":\"2026-01-20\",\"validFrom\":\"2026-02-01\",\"decidedOn\":\"2026-02-01\","
                     "\"eligible\":true}",
                     place->person));
        ctl_done(ask("OpenPlacement",
                     "{\"beneficiaryId\":\"%s\",\"obligationId\":\"%s\",\"modality\":\"DIRECT_HIRE\","
                     "\"employer\":\"%s\",\"employerName\":\"Jardins du Midi\",\"hostCompany\":\"%s\","
                     "\"tutor\":\"M. Tuteur\",\"startsOn\":\"2026-03-10\",\"weeklyHours\":\"35\","
                     "\"romeCode\":\"F1703\",\"workContract\":\"CDD\"}",
                     place->person, obligation, company, company));
        take_id("placementId", place->placement);
        ctl_done(RUN("hours", "submit", place->placement, "2026-04", "--hours", "120", BY_COMPANY));
        ctl_done(RUN("hours", "validate", place->placement, "2026-04", "--territory", place->territory));
}

/* Each partition draws among its own, and the draw is done again by a tool that believes nothing but frame and seed. */
static void test_drawn_in_each_partition(void **state)
{
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
                ctl_done(SAMPLE("draw", "--territory", places[i].territory, "--from", "2026-01-01", "--until",
                                "2026-06-30", "--evidence", "TIMESHEETS,PAYSLIPS", "--on", "2026-07-06"));
                ctl_said("1 parcours tirés sur 1");
                (void)snprintf(places[i].control, ID_TEXT_SIZE, "%s", ctl_output());
                ctl_done(SAMPLE("check", places[i].control));
                ctl_said("le même tirage");
                ctl_done(SAMPLE("show", places[i].control, "--as", "AUDITOR"));
                ctl_said(places[i].placement);
        }
        ctl_refused(SAMPLE("draw", "--territory", "31", "--from", "2026-01-01", "--until", "2026-06-30", "--evidence",
                           "PAYSLIPS", "--seed", "12 33", "--on", "2026-07-06"),
                    "d'où elle vient");
        ctl_refused(SAMPLE("show", places[0].control, "--territory", "66"), "Ce contrôle n'existe pas ici");
        ctl_done(SAMPLE("list", "--open")); /* one list over both */
        ctl_said(places[0].control);
        ctl_said(places[1].control);
}

/* The company is told by a notice, reads what and by when, and neither a name nor what makes her eligible. */
static void test_asked_and_answered(void **state)
{
        const struct place *place = &places[0];
        (void)state;
        ctl_refused(SAMPLE("show", place->control, place->placement, BY_COMPANY),
                    "Ce parcours n'est pas de ce contrôle");
        ctl_done(SAMPLE("ask", place->control, "--on", "2026-07-07"));
        ctl_said("2026-08-18");
        net_wait_followed(net, "notifications-1", "tracking-1");
        ctl_done(RUN("call", "notifications", "Inbox", "{}", BY_COMPANY));
        ctl_said("Contrôle : justificatifs à transmettre avant le 18/08/2026");
        said_nothing_of("Quatrebarbes");
        ctl_done(SAMPLE("due", BY_COMPANY));
        ctl_said(place->placement);
        ctl_said("en retard");
        said_nothing_of(places[1].placement); /* nothing was asked of it there */
        ctl_done(SAMPLE("show", place->control, place->placement, BY_COMPANY));
        ctl_said("bulletins de paie");
        said_nothing_of(place->person);
        ctl_done(SAMPLE("answer", place->control, place->placement, "--evidence", "TIMESHEETS", "--dated", "2026-04-30",
                        "--issuer", "le chef d'équipe", "--words", WORDS, "--on", "2026-07-20", BY_COMPANY));
        ctl_done(SAMPLE("show", place->control, place->placement, BY_COMPANY));
        said_nothing_of(WORDS);
        ctl_done(SAMPLE("show", place->control, place->placement));
        ctl_said(WORDS);
        net_kill_instance(net, "tracking-1");
        net_start_instance(net, "tracking-1", NULL);
        net_wait_serving(net, "tracking-1");
}

/* Not proven at the end of the second stage; the figure moves when a facilitator decides, and not before. */
static void test_judged_at_two_stages(void **state)
{
        const struct place *place = &places[0];
        (void)state;
        ctl_done(SAMPLE("judge", place->control, place->placement, "--rejected", "--code", "OTHER_PERSON", "--on",
                        "2026-07-27"));
        ctl_said("à confirmer"); /* who decided her eligibility does not judge alone */
        ctl_refused(SAMPLE("judge", place->control, place->placement, "--accepted", "--on", "2026-07-28"),
                    "un autre compte que le vôtre");
        ctl_done(SAMPLE("judge", place->control, place->placement, "--rejected", "--code", "HOURS_DIFFER", "--on",
                        "2026-07-28", "--user", "collegue"));
        ctl_said("phase contradictoire");
        ctl_refused(SAMPLE("close", place->control, "--on", "2026-10-01"), "n'ont pas encore leur résultat");
        counts(24000);
        ctl_done(SAMPLE("judge", place->control, place->placement, "--rejected", "--code", "NO_ANSWER", "--on",
                        "2026-09-15", "--user", "collegue"));
        ctl_said("1 mois d'heures validées sont à revérifier");
        counts(24000); /* until somebody decides */
        ctl_done(RUN("hours", "month", "2026-04", "--territory", "31"));
        ctl_said("à revérifier");
        ctl_done(RUN("hours", "validate", place->placement, "2026-04", "--hours", "80", "--reason",
                     "les feuilles n'en montrent que 80", "--territory", "31"));
        counts(20000);
        ctl_refused(SAMPLE("settle", place->control, place->placement, "--code", "ELIGIBILITY_SUSPENDED", "--on",
                           "2026-09-16"),
                    "encore éligible");
        ctl_done(SAMPLE("settle", place->control, place->placement, "--code", "HOURS_LOWERED", "--on", "2026-09-16"));
        ctl_done(SAMPLE("close", place->control, "--on", "2026-10-01"));
        ctl_said("non justifiés 1");
        ctl_said("part non justifiée 100,00 %");
        net_wait_followed(net, "notifications-1", "tracking-1");
        ctl_done(RUN("call", "notifications", "Inbox", "{}", BY_COMPANY));
        ctl_said("Contrôle : parcours non justifié");
}

/* Of the other partition: accepted by mistake, taken back, and said anew; nothing of its hours moves. */
static void test_a_wrong_step(void **state)
{
        const struct place *place = &places[1];
        (void)state;
        ctl_done(SAMPLE("ask", place->control, "--on", "2026-07-07"));
        ctl_done(SAMPLE("answer", place->control, place->placement, "--evidence", "PAYSLIPS", "--dated", "2026-04-30",
                        "--on", "2026-07-20"));
        ctl_done(SAMPLE("judge", place->control, place->placement, "--rejected", "--code", "UNREADABLE", "--on",
                        "2026-07-27", "--user", "collegue"));
        ctl_done(SAMPLE("take-back", place->control, place->placement, "--reason", "c'était l'autre dossier"));
        ctl_done(SAMPLE("judge", place->control, place->placement, "--accepted", "--on", "2026-07-27", "--user",
                        "collegue"));
        ctl_done(SAMPLE("show", place->control, place->placement));
        ctl_said("c'était l'autre dossier");
        ctl_done(SAMPLE("close", place->control, "--on", "2026-10-01"));
        ctl_said("part non justifiée 0,00 %");
        ctl_done(SAMPLE("due", "--others"));
        said_nothing_of(place->placement);
        counts(20000);
}

/* What was said in words is hers to read, and goes with her; the figures stay. */
static void test_exported_and_erased(void **state)
{
        const struct place *place = &places[0];
        (void)state;
        ctl_done(RUN("person", "export", place->person, "--reason-code", "PERSON_ASKED", "--reason",
                     "copie demandée le 12"));
        ctl_said(WORDS);
        ctl_said("le chef d'équipe");
        ctl_done(RUN("outcome", "end", place->placement, "--on", "2026-10-02"));
        ctl_done(RUN("person", "erase", place->person, "--code", "PERSON_ASKED"));
        ctl_done(SAMPLE("show", place->control, place->placement));
        said_nothing_of(WORDS);
        said_nothing_of("le chef d'équipe");
        ctl_done(SAMPLE("show", place->control));
        ctl_said("non justifiés 1");
        counts(20000);
        ctl_done(RUN("verify"));
}

/* ---- */

static int setup(void **state)
{
        (void)state;
        (void)snprintf(scratch, sizeof(scratch), "/tmp/guichet-controls-XXXXXX");
        if (mkdtemp(scratch) == NULL)
                return -1;
        context = (struct harness){.directory = scratch, .bin = getenv("GUICHET_BIN"), .seconds = 1};
        net = net_start(&context, net_all, NET_ALL);
        month_end_obligation(net, &month_end);
        id_format(month_end.company, company);
        for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
                net_wait_followed(net, net_all[i + 1], "contracts-1");
                place_person(&places[i]);
        }
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        net_stop(net);
        net_remove(scratch);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_drawn_in_each_partition), cmocka_unit_test(test_asked_and_answered),
                cmocka_unit_test(test_judged_at_two_stages),    cmocka_unit_test(test_a_wrong_step),
                cmocka_unit_test(test_exported_and_erased),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
