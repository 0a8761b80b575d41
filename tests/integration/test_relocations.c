/* A person moves to a department that another tracking process follows, through guichetctl and the real daemons: all
 * that is about her goes there with her. She is in the lists there and no more in those here, her contract and hours
 * go on by their old ids, her prescriber is told; an open control holds her back; both processes are killed at any
 * instant (GUICHET_RELOCATION_CYCLES), and nothing is lost or twice. */
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
#include "tracking/queries.pb-c.h"

enum { CYCLES = 2, WAIT_MS = 60000 };

static struct net *net;
static struct net_home home;
static struct month_end month_end;
static char company[ID_TEXT_SIZE], person[ID_TEXT_SIZE], placement[ID_TEXT_SIZE], relocation[ID_TEXT_SIZE];
static int64_t counted = 12000;

#define PRESCRIBER    "0192f0c1-7a3b-7000-8f00-000000000007"
#define RUN(...)      CTL_RUN(net->directory, __VA_ARGS__)
#define RELOCATE(...) CTL_RUN(net->directory, "relocation", __VA_ARGS__)
#define SAMPLE(...)   CTL_RUN(net->directory, "sample", __VA_ARGS__)

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

/* How often she is in the list of a department, over all of its pages. */
static size_t times_listed(const char *territory)
{
        static uint8_t after[256];
        Types__Page page = TYPES__PAGE__INIT;
        struct id id;
        size_t times = 0;
        assert_int_equal(id_parse(person, &id), 0);
        do {
                struct arena arena scoped(arena_fini) = {0};
                Tracking__BeneficiariesRequest request = TRACKING__BENEFICIARIES_REQUEST__INIT;
                request.page = &page;
                request.territory = (char *)(uintptr_t)territory;
                const Tracking__BeneficiariesReply *reply =
                        net_ask(net, "tracking.Beneficiaries", &request.base, &arena);
                for (size_t i = 0; i < reply->n_beneficiaries; i++)
                        times += id_equal(id_of(reply->beneficiaries[i]->beneficiary_id), id);
                assert_true(reply->next.len <= sizeof(after));
                if (reply->next.len > 0)
                        memcpy(after, reply->next.data, reply->next.len);
                page.after = pb_bytes(slice_of(after, reply->next.len));
        } while (page.after.len > 0);
        return times;
}

/* The relocation waits in the list of that department. */
static bool is_asked(const char *territory)
{
        static uint8_t after[256];
        Types__Page page = TYPES__PAGE__INIT;
        struct id id;
        bool is_there = false;
        assert_int_equal(id_parse(relocation, &id), 0);
        do {
                struct arena arena scoped(arena_fini) = {0};
                Tracking__Relocations request = TRACKING__RELOCATIONS__INIT;
                request.page = &page;
                request.territory = (char *)(uintptr_t)territory;
                request.waiting_only = true;
                const Tracking__RelocationsReply *reply = net_ask(net, "tracking.Relocations", &request.base, &arena);
                for (size_t i = 0; i < reply->n_lines; i++)
                        is_there = is_there || id_equal(id_of(reply->lines[i]->relocation_id), id);
                assert_true(reply->next.len <= sizeof(after));
                if (reply->next.len > 0)
                        memcpy(after, reply->next.data, reply->next.len);
                page.after = pb_bytes(slice_of(after, reply->next.len));
        } while (page.after.len > 0);
        return is_there;
}

/* Whether this process itself has her. */
static bool is_in(const char *instance)
{
        struct arena arena scoped(arena_fini) = {0};
        Tracking__BeneficiariesRequest request = TRACKING__BENEFICIARIES_REQUEST__INIT;
        struct answer answer = {0};
        struct id id;
        assert_int_equal(id_parse(person, &id), 0);
        assert_int_equal(link_call_instance(net->link, net_instance(net, instance), "tracking.Beneficiaries",
                                            &request.base, NULL, &arena, &answer, NULL),
                         0);
        const Tracking__BeneficiariesReply *reply = (const void *)answer.body;
        assert_non_null(reply);
        for (size_t i = 0; i < reply->n_beneficiaries; i++)
                if (id_equal(id_of(reply->beneficiaries[i]->beneficiary_id), id))
                        return true;
        return false;
}

/* Until she is there and here no more (a step that is taken is shown by both, until the sender has heard of it): then
 * in the lists of the one, once, and in none of the other. */
static void wait_listed(const char *there, const char *no_more)
{
        bool goes_to_second = strcmp(there, "66") == 0;
        uint64_t give_up_us = harness_now_us() + (uint64_t)WAIT_MS * 1000;
        while (is_in(goes_to_second ? "tracking-1" : "tracking-2") ||
               !is_in(goes_to_second ? "tracking-2" : "tracking-1")) {
                if (harness_now_us() > give_up_us)
                        fail_msg("she does not come to %s", there);
                harness_pause_ms(50);
        }
        assert_int_equal(times_listed(there), 1);
        assert_int_equal(times_listed(no_more), 0);
}

/* The ledger and reporting have them once, wherever she is. */
static void counts(void)
{
        struct arena arena scoped(arena_fini) = {0};
        Contracts__ObligationById query = CONTRACTS__OBLIGATION_BY_ID__INIT;
        Reporting__ConsolidationRequest all = REPORTING__CONSOLIDATION_REQUEST__INIT;
        static const char *const sources[] = {"tracking-1", "tracking-2"};
        query.obligation_id = id_to(&arena, month_end.obligation);
        for (size_t i = 0; i < 2; i++) {
                net_wait_followed(net, "contracts-1", sources[i]);
                net_wait_followed(net, "reporting-1", sources[i]);
        }
        const Contracts__ObligationView *view = net_ask(net, "contracts.ObligationById", &query, &arena);
        const Reporting__ConsolidationReply *told = net_ask(net, "reporting.Consolidation", &all, &arena);
        assert_int_equal(hours_hundredths(hours_of(view->done)), counted);
        assert_int_equal(hours_hundredths(hours_of(told->done)), counted);
        assert_int_equal(told->persons, 1);
}

/* Her contract is of department 31, where the work is, and its facilitator vouches for it by the id of always. */
static void work_a_month(const char *month)
{
        ctl_done(RUN("hours", "submit", placement, month, "--hours", "100", "--as", "COMPANY", "--organisation",
                     company));
        ctl_done(RUN("hours", "validate", placement, month, "--territory", "31"));
        counted += 10000;
        counts();
}

static void propose(const char *from, const char *to)
{
        ctl_done(RELOCATE("propose", person, "--to", to, "--moved", "2026-10-01", "--agreed", "2026-10-05",
                          "--territory", from));
        (void)snprintf(relocation, sizeof(relocation), "%s", ctl_output());
}

/* ---- tests, in this order */

static void test_an_open_control_holds_her(void **state)
{
        char control[ID_TEXT_SIZE];
        (void)state;
        ctl_done(SAMPLE("draw", "--territory", "31", "--from", "2026-01-01", "--until", "2026-06-30", "--evidence",
                        "PAYSLIPS", "--on", "2026-07-06"));
        (void)snprintf(control, sizeof(control), "%s", ctl_output());
        propose("31", "66");
        ctl_refused(RELOCATE("accept", relocation, "--territory", "66"), "contrôle par échantillon");
        assert_int_equal(times_listed("31"), 1);
        ctl_done(SAMPLE("ask", control, "--on", "2026-07-07"));
        ctl_done(SAMPLE("answer", control, placement, "--evidence", "PAYSLIPS", "--dated", "2026-04-30", "--on",
                        "2026-07-20"));
        ctl_done(SAMPLE("judge", control, placement, "--accepted", "--on", "2026-07-27", "--user", "collegue"));
        ctl_done(SAMPLE("close", control, "--on", "2026-10-01"));
}

/* Who is to take her finds it in the list of her own department, which another process begins. */
static void test_she_goes_where_she_lives(void **state)
{
        (void)state;
        assert_true(is_asked("66"));
        ctl_refused(RELOCATE("accept", relocation, "--territory", "31"), "Seul le facilitateur du département");
        ctl_done(RELOCATE("accept", relocation, "--territory", "66"));
        ctl_said("Il rejoint la partie 2");
        wait_listed("66", "31");
        assert_true(is_in("tracking-2"));
        assert_false(is_in("tracking-1"));
        ctl_refused(RELOCATE("accept", relocation, "--territory", "66"), "déjà accepté");
}

static void test_old_ids_go_on(void **state)
{
        (void)state;
        work_a_month("2026-05");
        ctl_done(RUN("proposal", "path", person, "--territory", "66"));
        ctl_done(ask("PlacementById", "{\"placementId\":\"%s\"}", placement));
        ctl_said("2026-05");
        ctl_done(RUN("hours", "month", "2026-05", "--territory", "31")); /* where the work is */
        ctl_said(placement);
        ctl_refused(RUN("person", "export", person, "--reason-code", "PERSON_ASKED", "--reason", "copie demandée le 12",
                        "--territory", "31"),
                    "n'est pas suivie ici");
        ctl_done(RUN("person", "export", person, "--reason-code", "PERSON_ASKED", "--reason", "copie demandée le 12",
                     "--territory", "66"));
        ctl_said("Quatrebarbes");
}

static void test_her_prescriber_is_told_once(void **state)
{
        (void)state;
        net_wait_followed(net, "notifications-1", "tracking-1");
        net_wait_followed(net, "notifications-1", "tracking-2");
        ctl_done(RUN("call", "notifications", "Inbox", "{}", "--as", "PRESCRIBER", "--organisation", PRESCRIBER));
        const char *at = strstr(ctl_output(), "FILE_RELOCATED");
        if (at == NULL)
                fail_msg("nothing of it in: %s", ctl_output());
        assert_null(strstr(at + 1, "FILE_RELOCATED"));
}

/* The other process is down: the yes is said all the same, she is here by her id until it is back. */
static void test_the_other_is_down(void **state)
{
        (void)state;
        propose("66", "31");
        net_kill_instance(net, "tracking-1");
        ctl_done(RELOCATE("accept", relocation, "--territory", "31"));
        assert_true(is_in("tracking-2"));
        net_start_instance(net, "tracking-1", NULL);
        net_wait_serving(net, "tracking-1");
        wait_listed("31", "66");
        work_a_month("2026-06");
}

static void kill_one(const char *victim)
{
        net_kill_instance(net, victim);
        net_start_instance(net, victim, NULL);
        net_wait_serving(net, victim);
}

static void test_killed_at_any_instant(void **state)
{
        static const char *const both[] = {"tracking-1", "tracking-2"}, *const at[] = {"31", "66"};
        const char *wanted = getenv("GUICHET_RELOCATION_CYCLES");
        unsigned long cycles = wanted == NULL ? CYCLES : strtoul(wanted, NULL, 10);
        struct world world = world_seeded(20261129, 0);
        (void)state;
        for (unsigned long cycle = 0; cycle < cycles; cycle++) {
                const char *from = at[cycle % 2], *to = at[(cycle + 1) % 2];
                propose(from, to);
                ctl_done(RELOCATE("accept", relocation, "--territory", to));
                for (int n = 0; n < 3; n++) {
                        uint64_t draw[2];
                        world.random(&world, draw, sizeof(draw));
                        harness_pause_ms((uint32_t)(draw[0] % 40));
                        kill_one(both[draw[1] % 2]);
                }
                wait_listed(to, from);
                assert_true(is_in(both[(cycle + 1) % 2]));
                assert_false(is_in(both[cycle % 2]));
                counts();
        }
        work_a_month("2026-07");
        ctl_done(RUN("verify"));
}

/* ---- */

/* Somebody with 120 validated hours in April. */
static void place_person(void)
{
        char obligation[ID_TEXT_SIZE];
        id_format(month_end.obligation, obligation);
        ctl_done(ask("ReferBeneficiary",
                     "{\"identity\":{\"familyName\":\"Quatrebarbes-Essai\",\"givenName\":\"Zéphirine\","
                     "\"bornOn\":\"1990-05-17\",\"sex\":\"WOMAN\",\"commune\":\"31555\"},\"territory\":\"31\","
                     "\"prescriber\":\"" PRESCRIBER "\"}"));
        take_id("beneficiaryId", person);
        ctl_done(ask("DecideEligibility",
                     "{\"beneficiaryId\":\"%s\",\"publicCode\":\"B_RSA\",\"proofCode\":\"ATTESTATION_RSA\","
                     "\"proofDated\":\"2026-01-20\",\"validFrom\":\"2026-02-01\",\"decidedOn\":\"2026-02-01\","
                     "\"eligible\":true}",
                     person));
        ctl_done(ask("OpenPlacement",
                     "{\"beneficiaryId\":\"%s\",\"obligationId\":\"%s\",\"modality\":\"DIRECT_HIRE\","
                     "\"employer\":\"%s\",\"employerName\":\"Jardins du Midi\",\"hostCompany\":\"%s\","
                     "\"tutor\":\"M. Tuteur\",\"startsOn\":\"2026-03-10\",\"weeklyHours\":\"35\","
                     "\"romeCode\":\"F1703\",\"workContract\":\"CDD\"}",
                     person, obligation, company, company));
        take_id("placementId", placement);
        ctl_done(RUN("hours", "submit", placement, "2026-04", "--hours", "120", "--as", "COMPANY", "--organisation",
                     company));
        ctl_done(RUN("hours", "validate", placement, "2026-04", "--territory", "31"));
}

static int setup(void **state)
{
        (void)state;
        net = net_open(&home, "relocations");
        if (net == NULL)
                return -1;
        month_end_obligation(net, &month_end);
        id_format(month_end.company, company);
        net_wait_followed(net, "tracking-1", "contracts-1");
        net_wait_followed(net, "tracking-2", "contracts-1");
        place_person();
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
                cmocka_unit_test(test_an_open_control_holds_her),
                cmocka_unit_test(test_she_goes_where_she_lives),
                cmocka_unit_test(test_old_ids_go_on),
                cmocka_unit_test(test_her_prescriber_is_told_once),
                cmocka_unit_test(test_the_other_is_down),
                cmocka_unit_test(test_killed_at_any_instant),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
