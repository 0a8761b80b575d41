/* Control through the real daemon, over sixty days: a statement that does not come, the ladder step by step to the
 * buyer's decision, a suspension, the end, the attestation that is refused, the final statement. Between the steps the
 * daemon is killed and starts again on a later day (lib/clock): no step can be taken before its time, and nothing is
 * lost. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/day.h"
#include "common/base/local_time.h"
#include "common/base/world.h"
#include "tests/lib/dialogue.h"
#include "tests/lib/link_page.h"
#include "tests/lib/program.h"

enum { DAY_S = 86400 };
#define BUYER_SIRET "21310555400017"
#define COMPANY     "0192f0c1-7a3b-7000-8f00-000000000008"

static struct network *network;
static struct day today;  /* of the test, always the same one; the daemons live before it */
static int64_t to_noon_s; /* it is noon when the test begins: so days are the same ones here and in Paris */
static const char *buyer, *contract, *clause, *obligation, *case_id;

/* From now on, the test and every daemon that starts live so many days before today. */
static void live(int days_ago)
{
        char text[24];
        (void)snprintf(text, sizeof(text), "%" PRId64, to_noon_s - (int64_t)days_ago * DAY_S);
        (void)setenv("CLOCK_SHIFT_S", text, 1);
}

static void weeks_later(int days_ago)
{
        static const char *const all[] = {"contracts", "directory", "accounts", "gateway"};
        for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
                network_kill(network, all[i], SIGKILL);
        live(days_ago);
        for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
                network_restart(network, all[i]);
}

/* So many days before the day on which the test runs. */
static const char *day(int days_ago)
{
        static char texts[8][DAY_TEXT_SIZE];
        static size_t next;
        char *text = texts[next++ % 8];
        day_format(day_of_number(day_number(today) - days_ago), text);
        return text;
}

static int start(void **state)
{
        static const struct network_part parts[] = {
                {"contracts", "contracts", ""},
                {"directory", "directory", ""},
                {"accounts", "accounts", ""},
                {"gateway", "gateway", "\"settings\":{\"web\":\"tests/integration/web\"},"}};
        struct world world = world_real();
        (void)state;
        int64_t now_s = world.now_ms(&world) / 1000;
        today = day_of_civil((struct civil){2026, 11, 26}); /* delays end on working days: on any other they may not */
        to_noon_s = (int64_t)day_number(today) * DAY_S + DAY_S / 2 - now_s;
        live(60);
        network = network_start(parts, sizeof(parts) / sizeof(parts[0]));
        return 0;
}

static int stop(void **state)
{
        (void)state;
        dialogue_end();
        network_stop(&network);
        return 0;
}

static void as_house(void)
{
        say_as(network, "FACILITATOR:facilitatrice", NULL, "31");
}

static void as_buyer(void)
{
        say_as(network, "BUYER:marches", buyer, "31");
}

/* A contract that began eight months ago, for a year; 833 hours. */
static void prepare(void)
{
        say_as(network, "COORDINATOR", NULL, "*");
        buyer = said_text(say("directory.PutOrganisation",
                              "{'organisation': {'siret': '" BUYER_SIRET "',"
                              " 'kind': 'PUBLIC_BUYER', 'name': 'Ville d’essai', 'territory': '31',"
                              " 'source': 'essai'}}"),
                          "organisationId");
        as_house();
        contract = said_text(say("contracts.OpenContract",
                                 "{'record': {'kind': 'MARKET', 'number': '2026-031', 'buyerSiret': '" BUYER_SIRET "',"
                                 " 'buyerName': 'Ville d’essai', 'object': 'Réfection de l’école',"
                                 " 'place': {'code': '31555', 'kind': 'COMMUNE'}, 'durationMonths': 12,"
                                 " 'notifiedOn': '%s'}}",
                                 day(300)),
                             "contractId");
        clause = said_text(say("contracts.PutClause",
                               "{'contractId': '%s', 'lot': 1, 'calibration': {'amount': '1000000.00',"
                               " 'labourShare': '0.5', 'insertionRate': '0.05', 'hourlyCost': '30.00'}}",
                               contract),
                           "clauseId");
        obligation =
                said_text(say("contracts.RecordObligation",
                              "{'clauseId': '%s', 'contractorSiret': '13002526500013',"
                              " 'contractorName': 'Peintures du Lauragais', 'contractorOrganisation': '" COMPANY "'}",
                              clause),
                          "obligationId");
        const json_t *plan = say("contracts.PutControlPlan",
                                 "{'clauseId': '%s', 'model': 'mensuel', 'plan': {'cap': '1000.00'}}", clause);
        assert_string_equal(said_text(plan, "plan.frequency"), "EVERY_MONTH");
}

static void test_a_statement_does_not_come(void **state)
{
        (void)state;
        prepare();
        say_as(network, "COMPANY", COMPANY, "31");
        (void)say(
                "contracts.NameResponsible",
                "{'obligationId': '%s', 'responsible': {'name': 'Dominique Sansnom', 'email': 'd@peintures.example'}}",
                obligation);
        as_house();
        const json_t *late = say("contracts.LateStatements", "{'territory': '31'}");
        assert_true(said_count(late, "lines") >= 6);
        assert_string_equal(said_text(late, "lines.0.missing.0"), "HOURS_STATEMENT");
        const json_t *progress = say("contracts.Progress", "{'territory': '31'}");
        assert_string_equal(said_text(progress, "lines.0.light"), "LIGHT_RED");
        (void)say("contracts.RecordStatement",
                  "{'obligationId': '%s', 'periodEnd': '%s', 'receivedOn': '%s', 'documents': ['HOURS_STATEMENT']}",
                  obligation, said_text(late, "lines.0.periodEnd"), day(60));
        assert_int_equal(said_count(say("contracts.LateStatements", "{}"), "lines"), said_count(late, "lines") - 1);

        case_id = said_text(say("contracts.OpenCase",
                                "{'obligationId': '%s', 'ground': 'LATE_STATEMENT', 'periodEnd': '%s'}", obligation,
                                said_text(late, "lines.1.periodEnd")),
                            "caseId");
        assert_non_null(
                strstr(say_refused("WRONG_STATE", "contracts.WarnBuyer", "{'caseId': '%s'}", case_id), "rappel"));
        const json_t *reminder = say("contracts.RecordReminder", "{'caseId': '%s', 'sentOn': '%s'}", case_id, day(60));
        assert_non_null(strstr(said_text(reminder, "text"), "relevé d'heures d'insertion"));
        (void)say_refused("WRONG_STATE", "contracts.WarnBuyer", "{'caseId': '%s'}", case_id); /* time to answer */
}

/* An act on the case by whoever holds a link to it; `fields` as by printf, with a day of 45 days ago. */
static void act_by_link(const char *purpose, const char *maker, const char *organisation, const char *fields)
{
        char path[LINK_PATH_SIZE], body[256];
        const char *at = strstr(fields, "%s");
        uint16_t port = network_http_port(network, "gateway");
        say_as(network, maker, NULL, "31");
        (void)snprintf(path, sizeof(path), "/l/%s",
                       said_text(say("accounts.MakeLink",
                                     "{'purpose': '%s', 'organisationId': '%s', 'objectId': '%s', 'territory': '31'}",
                                     purpose, organisation, case_id),
                                 "token"));
        link_page_wait(port, path, "Peintures du Lauragais");
        (void)snprintf(body, sizeof(body), "%.*s%s%s", (int)(at - fields), fields, day(45), at + strlen("%s"));
        link_page_act(port, path, "faire", body, 303);
}

static void test_the_buyer_serves_the_notice(void **state)
{
        (void)state;
        weeks_later(45);
        as_house();
        (void)say_refused("WRONG_STATE", "contracts.DraftFormalNotice", "{'caseId': '%s'}", case_id);
        (void)say("contracts.WarnBuyer", "{'caseId': '%s'}", case_id);
        const json_t *notice = say("contracts.DraftFormalNotice", "{'caseId': '%s'}", case_id);
        assert_non_null(strstr(said_text(notice, "text"), "Je vous mets en demeure"));
        (void)say_refused("WRONG_STATE", "contracts.ProposePenalty",
                          "{'caseId': '%s', 'kind': 'PROPOSE_FULL', 'reasons': 'Sans réponse.'}", case_id);
        (void)say_refused("INVALID_FIELD", "contracts.ServeFormalNotice", "{'caseId': '%s', 'servedOn': '%s'}", case_id,
                          day(45)); /* for the buyer: with its reference and who signed */
        as_buyer();                 /* its organisation is known here by now */
        (void)say_until_granted("contracts.CaseById", "{'caseId': '%s'}", case_id);
        act_by_link("LINK_SERVE_NOTICE", "OPERATOR", buyer, "served_on=%s&reference=RAR+12&signatory=");
        as_house();
        assert_string_equal(
                said_text(say("contracts.CaseById", "{'caseId': '%s'}", case_id), "case.contradictoryUntil"), day(30));
        assert_non_null(
                strstr(say_refused("WRONG_STATE", "contracts.ProposePenalty",
                                   "{'caseId': '%s', 'kind': 'PROPOSE_FULL', 'reasons': 'Sans réponse.'}", case_id),
                       "procédure contradictoire"));
        act_by_link("LINK_OBSERVE_CASE", "FACILITATOR", COMPANY,
                    "received_on=%s&text=Retard+de+notre+logiciel+de+paie.");
        as_house();
        const json_t *observed = say("contracts.CaseById", "{'caseId': '%s'}", case_id);
        assert_true(json_is_true(said(observed, "case.observations.0.inTime")));
}

/* The buyer has no account: an operator made the link, as she would make the account; a facilitator may not. */
static void decide_by_link(void)
{
        static const char make[] = "{'purpose': 'LINK_DECIDE_CASE', 'organisationId': '%s', 'objectId': '%s',"
                                   " 'territory': '31'}";
        char path[LINK_PATH_SIZE];
        uint16_t port = network_http_port(network, "gateway");
        as_house();
        (void)say_refused("NOT_ALLOWED", "accounts.MakeLink", make, buyer, case_id);
        say_as(network, "OPERATOR", NULL, "*");
        (void)snprintf(path, sizeof(path), "/l/%s", said_text(say("accounts.MakeLink", make, buyer, case_id), "token"));
        link_page_wait(port, path, "Pour confirmer");
        assert_true(link_page_shows(port, path, "Ville d’essai"));
        assert_true(link_page_shows(port, path, "Peintures du Lauragais"));
        link_page_act(port, path, "faire", "choice=CHOICE_REDUCE&amount=1+000%2C00&reasons=Non.", 422);
        link_page_act(port, path, "faire", "choice=CHOICE_REDUCE&amount=beaucoup&reasons=Non.", 422);
        link_page_act(port, path, "faire", "choice=CHOICE_REDUCE&amount=400%2C00&reasons=Premi%C3%A8re+fois.", 303);
        assert_true(link_page_shows(port, path, "La décision a été prise."));
        assert_true(link_page_shows(port, path, "400"));
        assert_false(link_page_shows(port, path, "Première fois.")); /* nobody's own words */
}

static void test_the_buyer_decides(void **state)
{
        (void)state;
        weeks_later(25);
        as_house();
        const json_t *proposed =
                say("contracts.ProposePenalty",
                    "{'caseId': '%s', 'kind': 'PROPOSE_REDUCED', 'amount': '500.00', 'reasons': 'Première fois.'}",
                    case_id);
        assert_string_equal(said_text(proposed, "proposal.computed"), "1000.00"); /* 20 days at 50 €, and the cap */
        (void)say_refused("NOT_ALLOWED", "contracts.DecideCase", "{'caseId': '%s', 'choice': 'CHOICE_APPLY'}", case_id);
        (void)say_refused("INVALID_FIELD", "contracts.RecordBuyerDecision",
                          "{'decision': {'caseId': '%s', 'choice': 'CHOICE_APPLY'}, 'decidedOn': '%s'}", case_id,
                          day(25));
        say_as(network, "COMPANY", COMPANY, "31");
        assert_false(said_anywhere(say("contracts.CaseById", "{'caseId': '%s'}", case_id), "Première fois."));
        as_buyer();
        (void)say_refused("INVALID_FIELD", "contracts.DecideCase",
                          "{'caseId': '%s', 'choice': 'CHOICE_REDUCE', 'amount': '1000.00', 'reasons': 'Non.'}",
                          case_id);
        decide_by_link();
        as_house();
        assert_string_equal(said_text(say("contracts.CaseById", "{'caseId': '%s'}", case_id), "case.decision.amount"),
                            "400.00");
        (void)say("contracts.CloseCase", "{'caseId': '%s', 'outcome': 'SETTLED'}", case_id);
        assert_int_equal(said_count(say("contracts.Cases", "{'openOnly': true}"), "cases"), 0);

        (void)say("contracts.DeclareDifficulty",
                  "{'obligationId': '%s', 'letterOn': '%s', 'text': 'Activité partielle.'}", obligation, day(26));
        as_buyer();
        (void)say("contracts.DecideRelief",
                  "{'obligationId': '%s', 'relief': 'RELIEF_SUSPEND', 'from': '%s', 'wholeContract': true,"
                  " 'reasons': 'Chantier arrêté.'}",
                  obligation, day(24));
}

static void test_the_end(void **state)
{
        (void)state;
        weeks_later(0);
        as_buyer();
        (void)say("contracts.ResumeExecution", "{'contractId': '%s', 'resumedOn': '%s'}", contract, day(14));
        as_house();
        const json_t *facts = say("contracts.ContractFacts", "{'contractId': '%s'}", contract);
        assert_int_equal(json_integer_value(said(facts, "control.0.progress.suspendedDays")), 10);
        assert_string_equal(said_text(facts, "control.0.responsible.name"), "Dominique Sansnom");
        assert_true(said_count(facts, "calendar") > 0);
        (void)say("contracts.EndContract",
                  "{'contractId': '%s', 'endedOn': '%s', 'kind': 'END_TERMINATED', 'reason': 'Commun accord'}",
                  contract, day(1));
        assert_non_null(
                strstr(say_refused("WRONG_STATE", "contracts.IssueAttestation", "{'obligationId': '%s'}", obligation),
                       "Il reste 833"));
        (void)say("contracts.OpenCase", "{'obligationId': '%s', 'ground': 'HOURS_NOT_DONE'}", obligation);

        as_buyer();
        const json_t *statement = say("contracts.FinalStatement", "{'contractId': '%s'}", contract);
        assert_string_equal(said_text(statement, "penalties"), "400.00");
        assert_non_null(strstr(said_text(statement, "text"), "relevé en retard : pénalité de 400"));
        static const char *const told[] = {"Contrôle réglé",
                                           "interlocuteur",
                                           "le relevé est complet",
                                           "Dossier de contrôle",
                                           "Rappel envoyé",
                                           "Acheteur averti",
                                           "préparée",
                                           "signée et envoyée",
                                           "Observations",
                                           "Le facilitateur propose",
                                           "L'acheteur a décidé",
                                           "clos le",
                                           "déclare une difficulté",
                                           "a suspendu",
                                           "reprend",
                                           "Contrat résilié",
                                           "heures non réalisées"};
        const json_t *history = say("contracts.ContractHistory", "{'contractId': '%s'}", contract);
        for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++)
                if (!said_anywhere(history, told[i]))
                        fail_msg("not in the history: %s", told[i]);
        assert_false(said_anywhere(history, "Sansnom"));
}

/* The program begins anew with the shifted clock, and the daemons that it starts have it too. */
static void with_a_clock(void)
{
        char library[4096];
        const char *bin = getenv("GUICHET_BIN");
        if (getenv("LD_PRELOAD") != NULL)
                return;
        (void)snprintf(library, sizeof(library), "%s/libclock_shift.so", bin != NULL ? bin : "build/dev/bin");
        (void)setenv("LD_PRELOAD", library, 1);
        (void)setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 1);
        test_program_again();
        perror("execv");
        abort();
}

int main(void)
{
        with_a_clock();
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_a_statement_does_not_come),
                cmocka_unit_test(test_the_buyer_serves_the_notice),
                cmocka_unit_test(test_the_buyer_decides),
                cmocka_unit_test(test_the_end),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
