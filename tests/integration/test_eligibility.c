/* Eligibility as facilitators do it, through guichetctl and the real daemons, in two partitions of tracking: a proof is
 * seen, a decision on one's own referral waits for a colleague, hours before it do not count unless that is motivated,
 * it is lengthened, suspended, struck; nothing that was validated goes away, and nobody else learns why. A buyer has a
 * policy of its own, a month counts in part, a refusal holds in all of a person's files. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/local_time.h"
#include "common/codec/types.h"
#include "tests/lib/net.h"
#include "tests/lib/run_ctl.h"

enum { JSON_SIZE = 2048, WAIT_MS = 20000, LOOK_EVERY_MS = 50 };

static const char PRESCRIBER[] = "0192f0c1-7a3b-7000-8f00-000000000007", ISSUER[] = "caisse des Glycines bleues",
                  WHY[] = "attestation au nom d'une homonyme", DOUBT[] = "la caisse ne la retrouve pas";

/* One person in each of the two partitions. */
static const char *const territories[] = {"31", "66"};

static struct net *net;
static struct month_end month_end;
static struct net_home home;
static struct day today;
static char json[JSON_SIZE];
static char persons[2][ID_TEXT_SIZE], decisions[2][ID_TEXT_SIZE], placement[ID_TEXT_SIZE], suspension[ID_TEXT_SIZE];

#define RUN(...) CTL_RUN(net->directory, __VA_ARGS__)

static const char *json_of(const char *format, ...)
{
        va_list args;
        va_start(args, format);
        (void)vsnprintf(json, sizeof(json), format, args);
        va_end(args);
        return json;
}

static int ask(const char *method, const char *text)
{
        return RUN("call", "tracking", method, text, "--as", "FACILITATOR", "--territory", "*");
}

/* "2026-05-01", so many days before today; eight may be used at a time. */
static const char *ago(int days)
{
        static char texts[8][DAY_TEXT_SIZE];
        static size_t used;
        char *text = texts[used++ % ARRAY_SIZE(texts)];
        day_format(day_of_number(day_number(today) - days), text);
        return text;
}

static void not_said(const char *text)
{
        if (strstr(ctl_output(), text) != NULL)
                fail_msg("\"%s\" is in: %s", text, ctl_output());
}

/* The first id behind this text. */
static void take_id(const char *text, char ret[ID_TEXT_SIZE])
{
        struct id id;
        const char *at = strstr(ctl_output(), text);
        if (at == NULL)
                fail_msg("no \"%s\" in: %s", text, ctl_output());
        for (at += strlen(text); *at != '\0'; at++) {
                (void)snprintf(ret, ID_TEXT_SIZE, "%s", at);
                if (id_parse(ret, &id) == 0)
                        return;
        }
        fail_msg("no id behind \"%s\" in: %s", text, ctl_output());
}

static void refer(const char *territory, const char *prescriber, char ret[ID_TEXT_SIZE])
{
        ctl_done(ask("ReferBeneficiary",
                     json_of("{\"identity\":{\"familyName\":\"Essai-droits\",\"givenName\":\"Zoé\",\"bornOn\":"
                             "\"1990-05-17\"},\"territory\":\"%s\"%s%s%s}",
                             territory, prescriber == NULL ? "" : ",\"prescriber\":\"",
                             prescriber == NULL ? "" : prescriber, prescriber == NULL ? "" : "\"")));
        take_id("beneficiaryId", ret);
}

static int open_placement(const char *person, const char *obligation, const char *work_contract, const char *from)
{
        char company[ID_TEXT_SIZE];
        id_format(month_end.company, company);
        return ask("OpenPlacement",
                   json_of("{\"beneficiaryId\":\"%s\",\"obligationId\":\"%s\",\"modality\":\"DIRECT_HIRE\","
                           "\"employer\":\"%s\",\"employerName\":\"Jardins du Midi\",\"hostCompany\":\"%s\","
                           "\"tutor\":\"M. Tuteur\",\"startsOn\":\"%s\",\"weeklyHours\":\"35\","
                           "\"romeCode\":\"F1703\",\"workContract\":\"%s\"}",
                           person, obligation, company, company, from, work_contract));
}

/* ---- the tests, one after the other */

/* In both partitions: a proof is seen; on one's own referral it waits for a colleague. */
static void test_a_second_pair_of_eyes(void **state)
{
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(territories); i++) {
                char proof[ID_TEXT_SIZE];
                refer(territories[i], NULL, persons[i]);
                ctl_done(RUN("eligibility", "show", persons[i]));
                ctl_said("pas encore décidée");
                ctl_done(RUN("eligibility", "proof", persons[i], "--proof", "ATTESTATION_RSA", "--issuer", ISSUER,
                             "--dated", ago(210), "--on", ago(202)));
                take_id("Noté", proof);
                ctl_done(RUN("eligibility", "decide", persons[i], "--public", "B_RSA", "--proof-id", proof, "--from",
                             ago(200), "--on", ago(200)));
                ctl_said("En attente");
                take_id("Décision", decisions[i]);
                ctl_done(RUN("eligibility", "show", persons[i]));
                ctl_said("en attente");
                ctl_said("un autre facilitateur");
                assert_int_equal(RUN("eligibility", "confirm", persons[i], "--decision", decisions[i]), 3);
                ctl_said("un autre facilitateur du département");
                ctl_done(RUN("eligibility", "due"));
                ctl_said("confirmer la décision");
        }
        ctl_done(RUN("eligibility", "confirm", persons[0], "--decision", decisions[0], "--user", "collègue", "--on",
                     ago(199)));
        ctl_said("Éligible jusqu'au");
        ctl_done(RUN("eligibility", "confirm", persons[1], "--decision", decisions[1], "--user", "collègue",
                     "--refused", "--reason", WHY));
        ctl_done(RUN("eligibility", "show", persons[1]));
        ctl_said("non confirmée");
}

/* Not a day before the decision, unless somebody says why. */
static void test_before_the_decision(void **state)
{
        (void)state;
        assert_int_equal(RUN("eligibility", "decide", persons[1], "--public", "B_RSA", "--proof", "ATTESTATION_RSA",
                             "--dated", ago(60), "--from", ago(50), "--user", "collègue"),
                         3);
        ctl_said("ne comptent pas");
        ctl_done(RUN("eligibility", "decide", persons[1], "--public", "B_RSA", "--proof", "ATTESTATION_RSA", "--dated",
                     ago(60), "--from", ago(50), "--retroactive", "vue le jour même, notée depuis", "--user",
                     "collègue"));
        ctl_said("Éligible jusqu'au");
        take_id("Décision", decisions[1]);
}

static void place_and_work(void)
{
        char obligation[ID_TEXT_SIZE], month[MONTH_TEXT_SIZE];
        id_format(month_end.obligation, obligation);
        assert_int_equal(open_placement(persons[0], obligation, "CDD", ago(201)), 3);
        ctl_said("n'est pas éligible");
        ctl_done(open_placement(persons[0], obligation, "CDD", ago(190)));
        take_id("placementId", placement);
        month_format(month_of_day(day_of_number(day_number(today) - 100)), month);
        ctl_done(ask("SubmitHours",
                     json_of("{\"placementId\":\"%s\",\"month\":\"%s\",\"hours\":\"120\"}", placement, month)));
        ctl_done(ask("PlacementById", json_of("{\"placementId\":\"%s\"}", placement)));
        const char *version = strstr(ctl_output(), "\"version\"");
        assert_non_null(version);
        ctl_done(ask("ValidateHours", json_of("{\"placementId\":\"%s\",\"month\":\"%s\",\"seen\":%lu}", placement,
                                              month, strtoul(version + strcspn(version, "0123456789"), NULL, 10))));
}

static void test_suspended_and_struck(void **state)
{
        char extension[ID_TEXT_SIZE];
        (void)state;
        place_and_work();
        ctl_done(RUN("eligibility", "extend", persons[0], "--months", "6", "--reason", "formation en cours", "--user",
                     "collègue"));
        ctl_said("Éligible jusqu'au");
        take_id("Décision", extension);
        ctl_done(RUN("eligibility", "suspend", persons[0], "--from", ago(180), "--code", "PROOF_DOUBTED", "--reason",
                     DOUBT));
        ctl_said("à vérifier");
        ctl_said("120.00 h validées");
        take_id("Suspension", suspension);
        ctl_done(RUN("eligibility", "show", persons[0]));
        ctl_said("suspendue");
        ctl_said("un justificatif est mis en doute");
        ctl_said("vérifier des heures");
        not_said(DOUBT);
        ctl_done(RUN("eligibility", "resume", persons[0], "--suspension", suspension, "--from", ago(180), "--reason",
                     "retrouvée"));
        ctl_done(RUN("eligibility", "show", persons[0]));
        ctl_said(": éligible");
        not_said("à vérifier");

        assert_int_equal(RUN("eligibility", "correct", persons[0], "--decision", decisions[0], "--code", "WRONG_PERSON",
                             "--reason", WHY),
                         3);
        ctl_said("annulez d'abord la prolongation");
        ctl_done(RUN("eligibility", "correct", persons[0], "--decision", extension, "--code", "WRONG_PERSON",
                     "--reason", WHY));
        not_said("à vérifier");
        ctl_done(RUN("eligibility", "correct", persons[0], "--decision", decisions[0], "--code", "WRONG_PERSON",
                     "--reason", WHY));
        ctl_said("Non éligible");
        ctl_said("à vérifier");
        ctl_done(ask("PlacementById", json_of("{\"placementId\":\"%s\"}", placement)));
        ctl_said("\"validated\": \"120.00\""); /* it stays: somebody has to look at it */
        ctl_done(RUN("eligibility", "due"));
        ctl_said("vérifier des heures");
}

/* Her prescriber learns until when, or that she is not: never why. */
static void test_others_are_not_told_why(void **state)
{
        char other[ID_TEXT_SIZE], decision[ID_TEXT_SIZE];
        (void)state;
        refer("66", PRESCRIBER, other);
        ctl_done(RUN("eligibility", "decide", other, "--public", "B_RSA", "--proof", "ATTESTATION_RSA", "--dated",
                     ago(20), "--from", ago(10), "--on", ago(10)));
        take_id("Décision", decision);
        ctl_done(RUN("eligibility", "correct", other, "--decision", decision, "--code", "OTHER", "--reason", WHY));
        ctl_done(RUN("call", "tracking", "EligibilityById", json_of("{\"beneficiaryId\":\"%s\"}", other), "--as",
                     "PRESCRIBER", "--organisation", PRESCRIBER, "--territory", "66"));
        ctl_said("WAITING");
        not_said("decisions");
        not_said(WHY);
        net_wait_followed(net, "notifications-1", "tracking-2");
        ctl_done(RUN("call", "notifications", "Inbox", json_of("{\"organisationId\":\"%s\"}", PRESCRIBER), "--as",
                     "PRESCRIBER", "--organisation", PRESCRIBER, "--territory", "66"));
        const char *first = strstr(ctl_output(), "ELIGIBILITY_KNOWN");
        assert_non_null(first);
        assert_non_null(strstr(first + 1, "ELIGIBILITY_KNOWN")); /* that she is, then that she is not */
        not_said(WHY);
        not_said("RSA");
}

static int ask_contracts(const char *method, const char *text)
{
        return RUN("call", "contracts", method, text, "--as", "FACILITATOR", "--territory", "*");
}

/* A market's obligation, all of it through contracts. `targets`: what its calibration says besides. */
static void make_obligation(const char *buyer, const char *commune, const char *targets, char ret[ID_TEXT_SIZE])
{
        char contract[ID_TEXT_SIZE], clause[ID_TEXT_SIZE], company[ID_TEXT_SIZE];
        id_format(month_end.company, company);
        ctl_done(ask_contracts(
                "ImportContract",
                json_of("{\"record\":{\"kind\":\"MARKET\",\"format\":\"DECP_2022\",\"number\":\"2026-%s\","
                        "\"buyerSiret\":\"%s\",\"object\":\"Réfection de l'école\",\"place\":"
                        "{\"kind\":\"COMMUNE\",\"code\":\"%s\"},\"amount\":\"1000000\",\"notifiedOn\":"
                        "\"%s\"}}",
                        commune, buyer, commune, ago(220))));
        take_id("contractId", contract);
        ctl_done(ask_contracts("PutClause",
                               json_of("{\"contractId\":\"%s\",\"lot\":1,\"calibration\":{\"amount\":\"1000000\","
                                       "\"labourShare\":\"0.5\",\"insertionRate\":\"0.05\",\"hourlyCost\":\"30\"%s}}",
                                       contract, targets)));
        take_id("clauseId", clause);
        ctl_done(ask_contracts("RecordObligation",
                               json_of("{\"clauseId\":\"%s\",\"contractorSiret\":\"35600000000048\","
                                       "\"contractorName\":\"Jardins du Midi\",\"contractorOrganisation\":\"%s\"}",
                                       clause, company)));
        take_id("obligationId", ret);
        net_wait_followed(net, "tracking-1", "contracts-1");
        net_wait_followed(net, "tracking-2", "contracts-1");
}

/* Contracts says for whom a clause is; tracking hears of it, and the no names these, never what she is. */
static void test_a_clause_for_some_publics(void **state)
{
        char obligation[ID_TEXT_SIZE], one[ID_TEXT_SIZE];
        (void)state;
        make_obligation("13002526500013", "31555", ",\"targetPublics\":[\"B_QPV\"]", obligation);
        refer("31", PRESCRIBER, one);
        ctl_done(RUN("eligibility", "decide", one, "--public", "B_RSA", "--proof", "ATTESTATION_RSA", "--dated",
                     ago(20), "--from", ago(10), "--on", ago(10)));
        assert_int_equal(open_placement(one, obligation, "CDD", ago(9)), 3);
        ctl_said("quartier prioritaire");
        not_said("RSA");
        ctl_done(RUN("eligibility", "decide", one, "--public", "B_QPV", "--proof", "JUSTIFICATIF_DOMICILE", "--dated",
                     ago(20), "--from", ago(10), "--on", ago(10), "--judged", ago(12)));
        ctl_done(open_placement(one, obligation, "CDD", ago(9)));
}

/* Who is of a public that this buyer does not admit is not placed with it; which policy decided is told to facilitators
 * alone. */
static void place_by_policy(const char *person, const char *obligation)
{
        char company[ID_TEXT_SIZE], id[ID_TEXT_SIZE];
        id_format(month_end.company, company);
        ctl_done(RUN("eligibility", "decide", person, "--public", "B_PLIE", "--proof", "COURRIER_PLIE", "--dated",
                     ago(110), "--from", ago(100), "--on", ago(100)));
        assert_int_equal(open_placement(person, obligation, "CDI", ago(95)), 3);
        ctl_said("Ville de Paris");
        not_said("PLIE");
        ctl_done(RUN("eligibility", "decide", person, "--public", "B_RSA", "--proof", "ATTESTATION_RSA", "--dated",
                     ago(110), "--from", ago(100), "--on", ago(100)));
        ctl_done(open_placement(person, obligation, "CDI", ago(95)));
        take_id("placementId", id);
        ctl_done(ask("PlacementById", json_of("{\"placementId\":\"%s\"}", id)));
        ctl_said("\"policyCode\": \"PARIS_EPEC\"");
        ctl_done(RUN("call", "tracking", "PlacementById", json_of("{\"placementId\":\"%s\"}", id), "--as", "COMPANY",
                     "--organisation", company));
        not_said("policyCode");
        ctl_said("eligibleUntil");
}

/* Which days of a month count is told to facilitators; a company is told the last one of all. */
static void see_the_month(const char *person, const char *territory)
{
        char company[ID_TEXT_SIZE], month[MONTH_TEXT_SIZE];
        id_format(month_end.company, company);
        month_format(month_of_day(day_of_number(day_number(today) - 65)), month);
        ctl_done(RUN("hours", "month", month, "--territory", territory));
        not_said("éligible du");
        ctl_done(RUN("eligibility", "suspend", person, "--from", ago(70), "--until", ago(60), "--code", "PROOF_DOUBTED",
                     "--reason", DOUBT));
        ctl_done(RUN("hours", "month", month, "--territory", territory));
        ctl_said("éligible du");
        ctl_done(RUN("hours", "month", month, "--as", "COMPANY", "--organisation", company));
        ctl_said("Jardins du Midi");
        not_said("éligible du");
}

/* One person with two files: what is refused in one is refused in both, until they are two again. */
static void refuse_in_one_file(const char *territory, const char *obligation)
{
        char one[ID_TEXT_SIZE], other[ID_TEXT_SIZE];
        refer(territory, PRESCRIBER, one);
        refer(territory, PRESCRIBER, other);
        ctl_done(RUN("eligibility", "decide", one, "--public", "B_RSA", "--proof", "ATTESTATION_RSA", "--dated",
                     ago(60), "--from", ago(50), "--on", ago(50)));
        ctl_done(RUN("eligibility", "decide", other, "--public", "B_RSA", "--refused", "--code", "PROOF_TOO_OLD",
                     "--reason", "attestation de 2025", "--from", ago(30), "--on", ago(30)));
        ctl_done(RUN("person", "merge", one, other, "--reason", "même pièce d'identité"));
        assert_int_equal(open_placement(one, obligation, "CDD", ago(20)), 3);
        ctl_said("n'est pas éligible");
        ctl_done(RUN("person", "unmerge", other, "--reason", "deux sœurs, après tout"));
        ctl_done(open_placement(one, obligation, "CDD", ago(20)));
}

static void test_a_policy_of_the_buyers_own(void **state)
{
        static const char *const communes[] = {"31069", "66136"};
        char obligation[ID_TEXT_SIZE], person[ID_TEXT_SIZE];
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(territories); i++) {
                make_obligation("21750001600019", communes[i], "", obligation);
                refer(territories[i], PRESCRIBER, person);
                place_by_policy(person, obligation);
                see_the_month(person, territories[i]);
                refuse_in_one_file(territories[i], obligation);
        }
}

/* All of it is in what she may take out, and replaying the logs gives the same. */
static void test_it_is_all_hers(void **state)
{
        (void)state;
        ctl_done(RUN("person", "export", persons[0], "--reason-code", "PERSON_ASKED", "--reason",
                     "copie demandée par écrit"));
        ctl_said(ISSUER);
        ctl_said(WHY);
        ctl_said(DOUBT);
        ctl_said("annulée");
        ctl_said("confirmée le");
        ctl_done(RUN("verify"));
        net_kill_instance(net, "tracking-1");
        net_start_instance(net, "tracking-1", NULL);
        net_wait_serving(net, "tracking-1");
        ctl_done(RUN("eligibility", "show", persons[0]));
        ctl_said("annulée");
}

static int setup(void **state)
{
        (void)state;
        net = net_open(&home, "eligibility");
        if (net == NULL)
                return -1;
        struct world world = world_real();
        today = local_day("", world.now_ms(&world));
        month_end_obligation(net, &month_end);
        net_wait_followed(net, "tracking-1", "contracts-1");
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
                cmocka_unit_test(test_a_second_pair_of_eyes),
                cmocka_unit_test(test_before_the_decision),
                cmocka_unit_test(test_suspended_and_struck),
                cmocka_unit_test(test_others_are_not_told_why),
                cmocka_unit_test(test_a_clause_for_some_publics),
                cmocka_unit_test(test_a_policy_of_the_buyers_own),
                cmocka_unit_test(test_it_is_all_hers),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
