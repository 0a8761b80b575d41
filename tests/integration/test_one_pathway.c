/* Two work contracts of one person as one pathway, through guichetctl and the real daemons, with two partitions: the
 * second begins in a department of the other partition, to which she has moved, and continues the first by its old id.
 * Of the first nobody is asked what became of her, and reporting counts no end; the link is taken back and said again;
 * her employer's own reference is read by it and by the facilitators alone. */
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
#include "reporting/queries.pb-c.h"
#include "tests/lib/net.h"
#include "tests/lib/run_ctl.h"
#include "tracking/queries.pb-c.h"

static struct net *net;
static struct net_home home;
static struct month_end month_end;
static char company[ID_TEXT_SIZE], person[ID_TEXT_SIZE], stranger[ID_TEXT_SIZE];
static char first[ID_TEXT_SIZE], second[ID_TEXT_SIZE], of_stranger[ID_TEXT_SIZE];

#define RUN(...)       CTL_RUN(net->directory, __VA_ARGS__)
#define PLACEMENT(...) CTL_RUN(net->directory, "placement", __VA_ARGS__)
#define BY_COMPANY     "--as", "COMPANY", "--organisation", company
#define REFERENCE      "ZQ-0417"

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

static void refer(const char *name, const char *territory, char ret[ID_TEXT_SIZE])
{
        ctl_done(ask("ReferBeneficiary",
                     "{\"identity\":{\"familyName\":\"%s\",\"givenName\":\"Zéphirine\",\"bornOn\":\"1990-05-17\","
                     "\"sex\":\"WOMAN\",\"commune\":\"31555\"},\"territory\":\"%s\","
                     "\"prescriber\":\"0192f0c1-7a3b-7000-8f00-000000000007\"}",
                     name, territory));
        take_id("beneficiaryId", ret);
        ctl_done(ask("DecideEligibility",
                     "{\"beneficiaryId\":\"%s\",\"publicCode\":\"B_RSA\",\"proofCode\":\"ATTESTATION_RSA\","
                     "\"proofDated\":\"2026-01-20\",\"validFrom\":\"2026-02-01\",\"decidedOn\":\"2026-02-01\","
                     "\"eligible\":true}",
                     ret));
}

static int open_from(const char *whom, const char *day, const char *before)
{
        char obligation[ID_TEXT_SIZE];
        id_format(month_end.obligation, obligation);
        return ask("OpenPlacement",
                   "{\"beneficiaryId\":\"%s\",\"obligationId\":\"%s\",\"modality\":\"DIRECT_HIRE\",\"employer\":\"%s\","
                   "\"employerName\":\"Jardins du Midi\",\"hostCompany\":\"%s\",\"tutor\":\"M. Tuteur\","
                   "\"startsOn\":\"%s\",\"weeklyHours\":\"35\",\"romeCode\":\"F1703\",\"workContract\":\"CDD\"%s%s%s}",
                   whom, obligation, company, company, day, before == NULL ? "" : ",\"continuesPlacementId\":\"",
                   before == NULL ? "" : before, before == NULL ? "" : "\"");
}

/* Of how many ends nobody has asked what became of the person. */
static void ends_not_asked(uint32_t count)
{
        struct arena arena scoped(arena_fini) = {0};
        Reporting__ConsolidationRequest all = REPORTING__CONSOLIDATION_REQUEST__INIT;
        net_wait_followed(net, "reporting-1", "tracking-1");
        net_wait_followed(net, "reporting-1", "tracking-2");
        const Reporting__ConsolidationReply *told = net_ask(net, "reporting.Consolidation", &all, &arena);
        uint32_t not_asked = 0;
        for (size_t i = 0; i < told->n_by_moment; i++)
                if (told->by_moment[i]->at == 1) /* at the end */
                        not_asked = told->by_moment[i]->not_asked;
        assert_int_equal(not_asked, count);
}

static bool is_to_be_asked(const char *placement)
{
        ctl_done(RUN("outcome", "due"));
        return strstr(ctl_output(), placement) != NULL;
}

static void wait_moved(void)
{
        for (int i = 0; i < 600; i++) {
                if (open_from(person, "2026-07-01", first) == 0) {
                        take_id("placementId", second);
                        return;
                }
                harness_pause_ms(50);
        }
        fail_msg("%s", ctl_output());
}

/* ---- tests, in this order */

static void test_the_second_contract_continues_the_first(void **state)
{
        char relocation[ID_TEXT_SIZE];
        (void)state;
        ctl_done(RUN("outcome", "end", first, "--on", "2026-06-30", "--territory", "31"));
        ends_not_asked(1);
        assert_true(is_to_be_asked(first));
        ctl_done(RUN("relocation", "propose", person, "--to", "66", "--moved", "2026-06-15", "--agreed", "2026-06-20",
                     "--territory", "31"));
        (void)snprintf(relocation, sizeof(relocation), "%s", ctl_output());
        ctl_done(RUN("relocation", "accept", relocation, "--territory", "66"));
        wait_moved();
        ctl_done(PLACEMENT("show", second));
        ctl_said(first);
        ctl_done(PLACEMENT("show", first));
        ctl_said(second);
        ctl_done(RUN("proposal", "path", person, "--territory", "66"));
        ctl_said("à la suite du parcours");
        ends_not_asked(0);
        assert_false(is_to_be_asked(first));
        ctl_refused(RUN("outcome", "record", first, "--at", "AT_EXIT", "--on", "2026-07-02", "--outcome", "DURABLE_JOB",
                        "--source", "PERSON", "--territory", "31"),
                    "la fin du dernier");
}

/* Somebody else's, who is in the other partition: the way there is said. */
static void test_of_another_department(void **state)
{
        (void)state;
        ctl_refused(open_from(stranger, "2026-09-01", first), "relocation propose");
        ctl_refused(PLACEMENT("link", of_stranger, "--after", first, "--reason", "essai"), "relocation propose");
}

static void test_taken_back_and_said_again(void **state)
{
        (void)state;
        ctl_done(PLACEMENT("unlink", second, "--reason", "deux contrats sans rapport", "--territory", "66"));
        ends_not_asked(1);
        assert_true(is_to_be_asked(first));
        net_kill_instance(net, "tracking-2");
        net_start_instance(net, "tracking-2", NULL);
        net_wait_serving(net, "tracking-2");
        ctl_done(PLACEMENT("link", second, "--after", first, "--reason", "c'était bien la suite", "--territory", "66"));
        ends_not_asked(0);
        assert_false(is_to_be_asked(first));
}

static void test_what_the_employer_calls_her(void **state)
{
        (void)state;
        ctl_refused(PLACEMENT("reference", second, "--text", "2900531555123", BY_COMPANY), "sécurité sociale");
        ctl_refused(PLACEMENT("reference", second, "--text", REFERENCE), "votre rôle");
        ctl_done(PLACEMENT("reference", second, "--text", REFERENCE, BY_COMPANY));
        ctl_done(RUN("hours", "month", "2026-07", BY_COMPANY));
        ctl_said(REFERENCE);
        ctl_done(RUN("hours", "month", "2026-07", "--territory", "66"));
        ctl_said(REFERENCE);
        ctl_done(ask("PlacementById", "{\"placementId\":\"%s\"}", second));
        ctl_said(REFERENCE);
        ctl_done(RUN("proposal", "path", person, "--territory", "66"));
        said_nothing_of(REFERENCE);
        ctl_done(RUN("person", "export", person, "--reason-code", "PERSON_ASKED", "--reason", "copie demandée le 12",
                     "--territory", "66"));
        ctl_said(REFERENCE);
        ctl_done(RUN("verify"));
}

/* ---- */

static int setup(void **state)
{
        (void)state;
        net = net_open(&home, "one-pathway");
        if (net == NULL)
                return -1;
        month_end_obligation(net, &month_end);
        id_format(month_end.company, company);
        net_wait_followed(net, "tracking-1", "contracts-1");
        net_wait_followed(net, "tracking-2", "contracts-1");
        refer("Quatrebarbes-Essai", "31", person);
        refer("Vachier-Essai", "66", stranger);
        ctl_done(open_from(person, "2026-03-10", NULL));
        take_id("placementId", first);
        ctl_done(open_from(stranger, "2026-07-01", NULL));
        take_id("placementId", of_stranger);
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
                cmocka_unit_test(test_of_another_department),
                cmocka_unit_test(test_the_second_contract_continues_the_first),
                cmocka_unit_test(test_taken_back_and_said_again),
                cmocka_unit_test(test_what_the_employer_calls_her),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
