/* A month's hours as a company and two facilitators live them, through guichetctl and the real daemons, with two
 * partitions of tracking: what the days do not hold is refused, what is odd is said, what is wrong goes back and comes
 * again, what counted is corrected, a placement ends early. Through it all, and a kill -9, the ledger of the one
 * obligation is the sum of what is validated in both. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "contracts/queries.pb-c.h"
#include "reporting/queries.pb-c.h"
#include "tests/lib/net.h"
#include "tests/lib/run_ctl.h"

static const char WORDS[] = "la feuille signée de la semaine 17";

/* Of each partition a department. */
struct place {
        const char *territory;
        char person[ID_TEXT_SIZE], placement[ID_TEXT_SIZE];
};
static struct place places[] = {{.territory = "31"}, {.territory = "66"}};

static struct net *net;
static struct month_end month_end;
static struct net_home home;
static char company[ID_TEXT_SIZE];

/* ---- asking */

#define RUN(...)   CTL_RUN(net->directory, __VA_ARGS__)
#define HOURS(...) CTL_RUN(net->directory, "hours", __VA_ARGS__)
#define BY_COMPANY "--as", "COMPANY", "--organisation", company

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

/* ---- a person in each */

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
}

/* ---- the tests, one after the other */

/* Field report H10, and what is only odd. */
static void test_what_the_days_hold(void **state)
{
        const char *id = places[0].placement;
        (void)state;
        ctl_refused(HOURS("submit", id, "2026-04", "--hours", "262,50", BY_COMPANY), "durée hebdomadaire");
        ctl_refused(HOURS("submit", id, "2026-03", "--hours", "220", BY_COMPANY), "du 10 mars 2026 au 31 mars 2026");
        ctl_done(HOURS("submit", id, "2026-04", "--hours", "190", BY_COMPANY));
        ctl_said("à vérifier");
        ctl_refused(HOURS("validate", id, "2026-04", "--territory", "31"), "validez avec un motif");
        ctl_done(HOURS("submit", id, "2026-04", "--hours", "150", BY_COMPANY));
        counts(0);
}

static void test_sent_back_and_stated_again(void **state)
{
        const char *id = places[0].placement;
        (void)state;
        ctl_done(HOURS("return", id, "2026-04", "--code", "EVIDENCE", "--reason", WORDS, "--territory", "31"));
        ctl_refused(HOURS("return", id, "2026-04", "--code", "EVIDENCE", "--territory", "31"), "déjà renvoyées");
        ctl_refused(HOURS("validate", id, "2026-04", "--territory", "31"), "ont été renvoyées");
        ctl_done(HOURS("month", "2026-04", BY_COMPANY));
        ctl_said("renvoyées : un justificatif manque");
        ctl_done(HOURS("history", id, "2026-04", BY_COMPANY));
        ctl_said(WORDS);
        ctl_done(HOURS("submit", id, "2026-04", "--hours", "140", "--training", "7", BY_COMPANY));
        net_kill_instance(net, "tracking-1");
        net_start_instance(net, "tracking-1", NULL);
        net_wait_serving(net, "tracking-1");
        ctl_done(HOURS("month", "2026-04", "--territory", "31", "--state", "HOURS_STATED"));
        ctl_said("à valider");
        ctl_done(HOURS("validate", id, "2026-04", "--territory", "31"));
        ctl_said("147"); /* training counts, by the policy of the day */
        counts(14700);
        ctl_refused(HOURS("submit", id, "2026-04", "--hours", "130", BY_COMPANY), "déjà validées");
}

static void test_corrected_with_a_reason(void **state)
{
        const char *id = places[0].placement;
        (void)state;
        ctl_refused(HOURS("validate", id, "2026-04", "--hours", "130", "--territory", "31"), "dites pourquoi");
        ctl_refused(HOURS("validate", id, "2026-04", "--hours", "130", "--reason", "x", "--territory", "66"),
                    "Ce parcours n'existe pas ici");
        ctl_done(HOURS("validate", id, "2026-04", "--hours", "130", "--reason", "absence du 14", "--territory", "31"));
        counts(13000);
        ctl_done(HOURS("history", id, "2026-04", "--territory", "31"));
        ctl_said("absence du 14");
        ctl_said("190"); /* every figure is there */
        ctl_said("150");
        ctl_said("147");
}

/* Of the other partition: all that nothing speaks against, at once. */
static void test_many_at_once(void **state)
{
        const char *id = places[1].placement;
        (void)state;
        ctl_done(HOURS("submit", id, "2026-04", "--hours", "120", BY_COMPANY));
        ctl_done(HOURS("copy", id, "2026-05", BY_COMPANY));
        ctl_said("120");
        ctl_done(HOURS("submit", id, "2026-06", "--hours", "190", BY_COMPANY));
        ctl_done(HOURS("validate-month", "2026-05", "--territory", "66"));
        ctl_said("1 validée(s), 0 refusée(s), 0 laissée(s)");
        ctl_done(HOURS("validate-month", "2026-06", "--territory", "66"));
        ctl_said("0 validée(s), 0 refusée(s), 1 laissée(s)");
        ctl_done(HOURS("validate-month", "2026-04", "--territory", "66"));
        counts(13000 + 24000);
        assert_int_equal(HOURS("validate-month", "2026-04", "--territory", "*"), 2);
        ctl_done(HOURS("month", "2026-04", BY_COMPANY)); /* one list over both */
        ctl_said(places[0].placement);
        ctl_said(places[1].placement);
}

/* 44 hours a week on twelve weeks: 599 h in the 92 days of June to August. A list says the same of its row. */
static void test_the_average_of_twelve_weeks(void **state)
{
        char path[4200], list[200];
        const char *id = places[0].placement;
        (void)state;
        ctl_done(HOURS("submit", id, "2026-06", "--hours", "200", "--territory", "31"));
        ctl_done(HOURS("submit", id, "2026-08", "--hours", "199", "--territory", "31"));
        (void)snprintf(path, sizeof(path), "%s/juillet.csv", net->directory);
        (void)snprintf(list, sizeof(list), "parcours;mois;heures\n%s;07/2026;200\n", id);
        FILE *stream = fopen(path, "we");
        assert_non_null(stream);
        assert_true(fputs(list, stream) >= 0);
        assert_int_equal(fclose(stream), 0);
        ctl_done(
                RUN("import", "hours", path, "--preview", "--territory", "31", "--as", "COMPANY", "--sender", company));
        ctl_said("en moyenne sur 12 semaines");
        ctl_done(HOURS("submit", id, "2026-07", "--hours", "200", BY_COMPANY));
        ctl_said("dans vos parcours de cette personne");
        ctl_done(HOURS("month", "2026-06", "--territory", "31"));
        ctl_said("tous les parcours de la personne confondus");
        ctl_refused(HOURS("validate", id, "2026-08", "--territory", "31"), "validez avec un motif");
        ctl_done(HOURS("return", id, "2026-08", "--code", "WORKING_TIME", "--territory", "31"));
        ctl_done(HOURS("month", "2026-08", BY_COMPANY));
        ctl_said("tous emplois confondus");
        ctl_done(HOURS("submit", id, "2026-08", "--hours", "170", "--territory", "31"));
        ctl_done(HOURS("month", "2026-07", "--territory", "31"));
        assert_null(strstr(ctl_output(), "en moyenne"));
}

static void test_a_placement_that_ends_early(void **state)
{
        const char *id = places[1].placement;
        (void)state;
        ctl_done(HOURS("submit", id, "2026-09", "--hours", "151,67", BY_COMPANY));
        ctl_done(HOURS("validate", id, "2026-09", "--territory", "66"));
        counts(13000 + 24000 + 15167);
        ctl_done(ask("EndPlacement", "{\"placementId\":\"%s\",\"endedOn\":\"2026-09-10\",\"outcome\":\"OTHER_EXIT\"}",
                     id));
        ctl_done(HOURS("month", "2026-09", "--territory", "66"));
        ctl_said("à revérifier");
        counts(13000 + 24000 + 15167); /* until somebody decides */
        ctl_refused(HOURS("validate", id, "2026-09", "--territory", "66"), "au 10 septembre 2026");
        ctl_done(HOURS("validate", id, "2026-09", "--hours", "56", "--reason", "fin le 10", "--territory", "66"));
        counts(13000 + 24000 + 5600);
        ctl_done(RUN("verify"));
}

/* ---- */

static int setup(void **state)
{
        (void)state;
        net = net_open(&home, "hours");
        if (net == NULL)
                return -1;
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
        net_close(&home, net);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_what_the_days_hold),          cmocka_unit_test(test_sent_back_and_stated_again),
                cmocka_unit_test(test_corrected_with_a_reason),     cmocka_unit_test(test_many_at_once),
                cmocka_unit_test(test_the_average_of_twelve_weeks), cmocka_unit_test(test_a_placement_that_ends_early),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
