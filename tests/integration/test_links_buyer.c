/* What a buyer decides, and a company answers, by a link alone, through the real daemons: each act of one question is
 * done once, is the buyer's own word, and is shown before it is asked. Another buyer's link to the same thing opens
 * nothing, and no facilitator makes one for a buyer. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "tests/lib/dialogue.h"
#include "tests/lib/link_page.h"
#include "tests/lib/network.h"

#define BUYER_SIRET "21310555400017"
#define OTHER_SIRET "21090122900018"

static struct network *network;
static char buyer[64], other_buyer[64], company[64]; /* their organisations */
static char contract[64], lead[64], member[64];      /* a contract of the buyer's, two who owe its hours */

static void as_facilitator(void)
{
        say_as(network, "FACILITATOR", NULL, "31");
}

static void keep(const char *text, char ret[64])
{
        (void)snprintf(ret, 64, "%s", text);
}

static uint16_t port(void)
{
        return network_http_port(network, "gateway");
}

static void make(const char *purpose, const char *maker, const char *organisation, const char *object,
                 char ret_path[LINK_PATH_SIZE])
{
        say_as(network, maker, NULL, "31");
        (void)snprintf(ret_path, LINK_PATH_SIZE, "/l/%s",
                       said_text(say("accounts.MakeLink",
                                     "{'purpose': '%s', 'organisationId': '%s', 'objectId': '%s', 'territory': '31'}",
                                     purpose, organisation, object),
                                 "token"));
        as_facilitator();
}

/* A buyer's link to this; what its page shows; what is filled in. */
static void decide(const char *purpose, const char *object, const char *shown, const char *fields)
{
        char path[LINK_PATH_SIZE], other[LINK_PATH_SIZE];
        make(purpose, "OPERATOR", buyer, object, path);
        make(purpose, "OPERATOR", other_buyer, object, other);
        link_page_wait(port(), path, shown);
        link_page_wait(port(), other, "Ce lien n&#39;ouvre plus rien");
        link_page_act(port(), path, "faire", fields, 303);
        link_page_wait(port(), path, "C'est fait");
        scoped(visited_fini) struct visited gone = link_page_get(port(), other);
        assert_int_equal(gone.status, 404);
}

static const char *of_obligation(const char *obligation, const char *path)
{
        return said_text(say("contracts.ObligationById", "{'obligationId': '%s'}", obligation), path);
}

static const char *propose(const char *hours)
{
        return said_text(say("contracts.ProposeTransfer",
                             "{'fromObligationId': '%s', 'toObligationId': '%s', 'hours': '%s', 'reason': 'Planning'}",
                             lead, member, hours),
                         "transferId");
}

static void transfers(void **state)
{
        (void)state;
        as_facilitator();
        decide("LINK_AGREE_TRANSFER", propose("120.00"), "Sols du Lauragais", "decision.reference=");
        assert_string_equal(of_obligation(lead, "remaining"), "380.00");
        const char *transfer = propose("50.00");
        char path[LINK_PATH_SIZE];
        make("LINK_REFUSE_TRANSFER", "OPERATOR", buyer, transfer, path);
        link_page_wait(port(), path, "Planning");
        link_page_act(port(), path, "faire", "reason=&decision.reference=", 422);
        link_page_act(port(), path, "faire", "reason=Pas+avant+mars&decision.reference=C-12", 303);
        const json_t *after = say("contracts.TransferById", "{'transferId': '%s'}", transfer);
        assert_string_equal(said_text(after, "state"), "TRANSFER_REFUSED");
        assert_int_equal(json_is_true(said(after, "refusal.byBuyer")), 1);
        assert_string_equal(of_obligation(lead, "remaining"), "380.00");
}

static void hours_that_are_let_go(void **state)
{
        (void)state;
        as_facilitator();
        decide("LINK_WAIVE_HOURS", lead, "Peintures du Lauragais",
               "hours=30&reason=Intemp%C3%A9ries&decision.reference=");
        assert_string_equal(of_obligation(lead, "waived"), "30.00");
}

static void a_company_in_difficulty(void **state)
{
        char path[LINK_PATH_SIZE];
        (void)state;
        make("LINK_DECLARE_DIFFICULTY", "FACILITATOR", company, lead, path);
        link_page_wait(port(), path, "Peintures du Lauragais");
        link_page_act(port(), path, "faire", "letter_on=2026-09-01&text=Deux+chantiers+arr%C3%AAt%C3%A9s", 303);
        assert_false(link_page_shows(port(), path, "arrêtés"));
        decide("LINK_DECIDE_RELIEF", lead, "Heures qui restent",
               "relief=RELIEF_REDUCE&hours=20&from=&to=&reasons=Chantier+arr%C3%AAt%C3%A9&reference=");
        const json_t *facts = say("contracts.ContractFacts", "{'contractId': '%s'}", contract);
        assert_true(said_anywhere(facts, "RELIEF_REDUCE"));
}

static void a_subcontractor(void **state)
{
        (void)state;
        as_facilitator();
        const char *act = said_text(
                say("contracts.DeclareSubcontract",
                    "{'obligationId': '%s', 'subcontractorSiret': '55210055400013', 'subcontractorName': 'Béton SA',"
                    " 'nature': 'façades nord', 'amount': '9000.00'}",
                    lead),
                "subcontractId");
        decide("LINK_DECIDE_SUBCONTRACT", act, "façades nord", "choice=CHOICE_ACCEPT&reason=&decision.reference=");
        assert_string_equal(said_text(say("contracts.SubcontractById", "{'subcontractId': '%s'}", act), "state"),
                            "SUBCONTRACT_ACCEPTED");
}

static void work_that_stops_and_ends(void **state)
{
        (void)state;
        as_facilitator();
        decide("LINK_STOP_WORK", contract, "Réfection de l", "from=2026-09-01&to=&reason=Amiante&reference=OS+4");
        decide("LINK_RESUME_WORK", contract, "Réfection de l", "resumed_on=2026-09-14&reference=OS+5");
        decide("LINK_END_CONTRACT", contract, "Réfection de l", "kind=END_COMPLETED&ended_on=2026-10-30&reason=");
        assert_true(said_anywhere(say("contracts.ContractFacts", "{'contractId': '%s'}", contract), "2026-10-30"));
}

/* A facilitator copies a buyer's decision with its reference; she holds nothing that says it in its place. */
static void nobody_else_makes_one(void **state)
{
        static const char *const purposes[] = {"LINK_DECIDE_CASE",    "LINK_DECIDE_RELIEF",   "LINK_WAIVE_HOURS",
                                               "LINK_AGREE_TRANSFER", "LINK_REFUSE_TRANSFER", "LINK_DECIDE_SUBCONTRACT",
                                               "LINK_SERVE_NOTICE",   "LINK_STOP_WORK",       "LINK_RESUME_WORK",
                                               "LINK_END_CONTRACT"};
        (void)state;
        as_facilitator();
        const json_t *offered = say("accounts.LinkPurposes", "{}");
        for (size_t i = 0; i < ARRAY_SIZE(purposes); i++) {
                (void)say_refused("NOT_ALLOWED", "accounts.MakeLink",
                                  "{'purpose': '%s', 'organisationId': '%s', 'objectId': '%s', 'territory': '31'}",
                                  purposes[i], buyer, lead);
                assert_false(said_anywhere(offered, purposes[i]));
        }
        assert_true(said_anywhere(offered, "LINK_STATE_PRESENCE"));
}

/* ---- */

static void put(const char *siret, const char *kind, const char *name, char ret[64])
{
        keep(said_text(say("directory.PutOrganisation",
                           "{'organisation': {'siret': '%s', 'kind': '%s', 'name': '%s', 'territory': '31', 'source':"
                           " 'essai'}}",
                           siret, kind, name),
                       "organisationId"),
             ret);
}

static void owe(const char *clause, const char *siret, const char *name, const char *organisation, char ret[64])
{
        keep(said_text(say("contracts.RecordObligation",
                           "{'clauseId': '%s', 'contractorSiret': '%s', 'contractorName': '%s', 'hours': '500.00'%s%s%s"
                           "}",
                           clause, siret, name, organisation == NULL ? "" : ", 'contractorOrganisation': '",
                           organisation == NULL ? "" : organisation, organisation == NULL ? "" : "'"),
                       "obligationId"),
             ret);
}

static int start(void **state)
{
        static const struct network_part parts[] = {
                {"directory", "directory", ""},
                {"accounts", "accounts", ""},
                {"contracts", "contracts", ""},
                {"gateway", "gateway", "\"settings\":{\"web\":\"tests/integration/web\"},"},
        };
        (void)state;
        network = network_start(parts, ARRAY_SIZE(parts));
        say_as(network, "COORDINATOR", NULL, "*");
        put(BUYER_SIRET, "PUBLIC_BUYER", "Ville d’essai", buyer);
        put(OTHER_SIRET, "PUBLIC_BUYER", "Autre ville", other_buyer);
        put("13002526500013", "ORDINARY_COMPANY", "Peintures du Lauragais", company);
        as_facilitator();
        keep(said_text(say("contracts.OpenContract",
                           "{'record': {'kind': 'MARKET', 'number': '2026-77', 'buyerSiret': '" BUYER_SIRET
                           "', 'object': 'Réfection de l’école', 'grouping': 'Solidaire', 'place': {'code': '31555',"
                           " 'kind': 'COMMUNE'}, 'amount': '1000000.00', 'notifiedOn': '2026-03-02'},"
                           " 'territories': ['31']}"),
                       "contractId"),
             contract);
        const char *clause = said_text(
                say("contracts.PutClause",
                    "{'contractId': '%s', 'lot': 1, 'territories': ['31'], 'calibration': {'amount': '1000000.00',"
                    " 'labourShare': '0.5', 'insertionRate': '0.05', 'hourlyCost': '30.00'}}",
                    contract),
                "clauseId");
        owe(clause, "13002526500013", "Peintures du Lauragais", company, lead);
        owe(clause, "38012986646850", "Sols du Lauragais", NULL, member);
        return 0;
}

static int stop(void **state)
{
        (void)state;
        network_stop(&network);
        dialogue_end();
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(transfers),
                cmocka_unit_test(hours_that_are_let_go),
                cmocka_unit_test(a_company_in_difficulty),
                cmocka_unit_test(a_subcontractor),
                cmocka_unit_test(work_that_stops_and_ends),
                cmocka_unit_test(nobody_else_makes_one),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
