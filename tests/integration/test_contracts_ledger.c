/* The ledger of hours through the real daemons: a group on one lot and a second contract of one of its companies; hours
 * pass when each buyer has agreed, in its own account or by its letter, through a kill -9 between the two agreements; a
 * waiver, an amendment, a framework agreement. What reporting states of both contracts are the same hours. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <poll.h>
#include <signal.h>
#include <string.h>

#include "tests/lib/dialogue.h"

#define BUYER_SIRET "21310555400017"
#define OTHER_SIRET "21090122900018"

enum { WAIT_MS = 60000, LOOK_EVERY_MS = 20 };

static struct network *network;
static char buyer[64], other_buyer[64]; /* their organisations */

static void put_buyer(const char *siret, const char *name, char *ret, size_t size)
{
        const char *id = said_text(say("directory.PutOrganisation",
                                       "{'organisation': {'siret': '%s', 'kind': 'PUBLIC_BUYER', 'name': '%s',"
                                       " 'territory': '31', 'source': 'essai'}}",
                                       siret, name),
                                   "organisationId");
        (void)snprintf(ret, size, "%s", id);
}

static int start(void **state)
{
        static const struct network_part parts[] = {
                {"contracts", "contracts", ""}, {"directory", "directory", ""}, {"reporting", "reporting", ""}};
        (void)state;
        network = network_start(parts, sizeof(parts) / sizeof(parts[0]));
        say_as(network, "COORDINATOR", NULL, "*");
        put_buyer(BUYER_SIRET, "Ville d’essai", buyer, sizeof(buyer));
        put_buyer(OTHER_SIRET, "Autre ville", other_buyer, sizeof(other_buyer));
        return 0;
}

static int stop(void **state)
{
        (void)state;
        dialogue_end();
        network_stop(&network);
        return 0;
}

static void as_facilitator(void)
{
        say_as(network, "FACILITATOR", NULL, "31,09");
}

static const char *open_contract(const char *siret, const char *grouping)
{
        return said_text(say("contracts.OpenContract",
                             "{'isAnother': true,"
                             " 'record': {'kind': 'MARKET', 'buyerSiret': '%s', 'object': 'Réfection de l’école',"
                             " 'grouping': '%s', 'place': {'code': '31555', 'kind': 'COMMUNE'}, 'amount':"
                             " '1000000.00', 'notifiedOn': '2026-03-02'}}",
                             siret, grouping),
                         "contractId");
}

static const char *put_clause(const char *contract)
{
        return said_text(say("contracts.PutClause",
                             "{'contractId': '%s', 'lot': 1, 'calibration': {'amount': '1000000.00', 'labourShare':"
                             " '0.5', 'insertionRate': '0.05', 'hourlyCost': '30.00'}}",
                             contract),
                         "clauseId");
}

static const char *owe(const char *clause, const char *siret, const char *name, const char *hours)
{
        return said_text(say("contracts.RecordObligation",
                             "{'clauseId': '%s', 'contractorSiret': '%s', 'contractorName': '%s', 'hours': '%s'}",
                             clause, siret, name, hours),
                         "obligationId");
}

static void holds(const char *obligation, const char *path, const char *hours)
{
        assert_string_equal(said_text(say("contracts.ObligationById", "{'obligationId': '%s'}", obligation), path),
                            hours);
}

/* What reporting states comes a moment after. */
static void states(const char *contract, const char *path, const char *hours)
{
        const char *told = "";
        for (int waited_ms = 0; waited_ms < WAIT_MS; waited_ms += LOOK_EVERY_MS) {
                told = said_text(say_until_granted("reporting.ContractStatement", "{'contractId': '%s'}", contract),
                                 path);
                if (strcmp(told, hours) == 0)
                        return;
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
        fail_msg("reporting states %s %s, not %s", path, told, hours);
}

static void test_within_a_group(void **state)
{
        (void)state;
        as_facilitator();
        const char *contract = open_contract(BUYER_SIRET, "Solidaire"), *clause = put_clause(contract);
        const char *lead = owe(clause, "13002526500013", "Peintures du Lauragais", "500.00");
        const char *member = owe(clause, "38012986646850", "Sols du Lauragais", "333.00");
        const char *transfer = said_text(
                say("contracts.ProposeTransfer",
                    "{'fromObligationId': '%s', 'toObligationId': '%s', 'hours': '120.00', 'reason': 'Planning'}", lead,
                    member),
                "transferId");
        holds(lead, "remaining", "500.00");
        (void)say_refused("INVALID_FIELD", "contracts.AgreeTransfer", "{'transferId': '%s'}", transfer);
        say_as(network, "BUYER", other_buyer, "31");
        (void)say_refused("NOT_FOUND", "contracts.AgreeTransfer", "{'transferId': '%s'}", transfer);
        say_as(network, "BUYER", buyer, "31");
        assert_string_equal(
                said_text(say_until_granted("contracts.AgreeTransfer", "{'transferId': '%s'}", transfer), "state"),
                "TRANSFER_DONE");
        (void)say("contracts.WaiveHours", "{'obligationId': '%s', 'hours': '80.00', 'reason': 'Intempéries'}", lead);

        as_facilitator();
        (void)say_refused("INVALID_FIELD", "contracts.WaiveHours",
                          "{'obligationId': '%s', 'hours': '1.00', 'reason': 'Je le veux bien'}", lead);
        const char *text = say_refused("WRONG_STATE", "contracts.PutClause",
                                       "{'contractId': '%s', 'lot': 1, 'calibration': {'amount': '2000000.00',"
                                       " 'labourShare': '0.5', 'insertionRate': '0.05', 'hourlyCost': '30.00'}}",
                                       contract);
        assert_non_null(strstr(text, "AmendObligation"));
        (void)say("contracts.AmendObligation",
                  "{'obligationId': '%s', 'hours': '433.00', 'reference': 'n° 1', 'amendedOn': '2026-06-01', 'reason':"
                  " 'Deux salles de plus', 'ground': 'NEEDED_ADDITION'}",
                  member);

        const json_t *ledger = say("contracts.ClauseLedger", "{'clauseId': '%s'}", clause);
        assert_int_equal(said_count(ledger, "members"), 2);
        assert_string_equal(said_text(ledger, "form"), "SOLIDARY");
        assert_string_equal(said_text(ledger, "total.due"), "933.00");
        assert_string_equal(said_text(ledger, "total.waived"), "80.00");
        assert_string_equal(said_text(ledger, "total.remaining"), "853.00");
        holds(lead, "remaining", "300.00");
        holds(member, "remaining", "553.00");
        states(contract, "due", "933.00");
        states(contract, "remaining", "853.00");
}

static void test_between_contracts_of_one_company(void **state)
{
        (void)state;
        as_facilitator();
        const char *from_contract = open_contract(BUYER_SIRET, ""), *to_contract = open_contract(OTHER_SIRET, "");
        const char *from = owe(put_clause(from_contract), "55210055400013", "Béton SA", "300.00");
        const char *to = owe(put_clause(to_contract), "55210055400021", "Béton SA, Foix", "200.00");
        const json_t *proposed =
                say("contracts.ProposeTransfer",
                    "{'fromObligationId': '%s', 'toObligationId': '%s', 'hours': '100.00', 'reason': 'Une équipe'}",
                    from, to);
        const char *transfer = said_text(proposed, "transferId");
        assert_int_equal(said_count(proposed, "buyerSirets"), 2);
        assert_string_equal(said_text(say("contracts.AgreeTransfer",
                                          "{'transferId': '%s', 'decision': {'buyerSiret': '" BUYER_SIRET
                                          "', 'reference': 'Courrier du 2 mars', 'decidedOn': '2026-03-02'}}",
                                          transfer),
                                      "state"),
                            "TRANSFER_PROPOSED");
        network_kill(network, "contracts", SIGKILL);
        network_restart(network, "contracts");
        holds(from, "remaining", "300.00");
        say_as(network, "BUYER", other_buyer, "09");
        (void)say_until_granted("contracts.AgreeTransfer", "{'transferId': '%s'}", transfer);

        as_facilitator();
        holds(from, "remaining", "200.00");
        holds(from, "transferred", "100.00");
        holds(to, "remaining", "300.00");
        const json_t *company = say("contracts.CompanyLedger", "{'siret': '552100554'}");
        assert_int_equal(said_count(company, "lines"), 2);
        assert_string_equal(said_text(company, "total.remaining"), "500.00");
        assert_string_equal(said_text(company, "total.transferred"), "0.00");
        states(from_contract, "transferred", "100.00");
        states(to_contract, "transferred", "-100.00");
        assert_true(said_anywhere(say("contracts.ContractHistory", "{'contractId': '%s'}", to_contract),
                                  "les heures sont passées"));
        assert_int_equal(said_count(say("contracts.ContractFacts", "{'contractId': '%s'}", to_contract), "transfers"),
                         1);
}

static void test_a_framework_agreement(void **state)
{
        (void)state;
        as_facilitator();
        const char *contract = open_contract(BUYER_SIRET, "");
        const char *clause = said_text(
                say("contracts.PutClause",
                    "{'contractId': '%s', 'lot': 1, 'calibration': {'method': 'PER_INVOICED', 'amount': '3000000.00',"
                    " 'amountPerHour': '2000.00', 'trigger': '2700000.00'}}",
                    contract),
                "clauseId");
        const char *obligation = said_text(say("contracts.RecordObligation",
                                               "{'clauseId': '%s', 'contractorSiret': '13002526500013',"
                                               " 'contractorName': 'Imprimerie du Lauragais', 'byInvoices': true}",
                                               clause),
                                           "obligationId");
        assert_string_equal(said_text(say("contracts.RecordOrder",
                                          "{'obligationId': '%s', 'kind': 'PURCHASE_ORDER', 'number': 'BC 1',"
                                          " 'startsOn': '2026-03-02', 'endsOn': '2026-06-30', 'amount': '3000000.00'}",
                                          obligation),
                                      "forecast"),
                            "150.00");
        holds(obligation, "due", "0.00");
        (void)say("contracts.RecordContractInvoice",
                  "{'obligationId': '%s', 'number': 'FA 1', 'dated': '2026-03-31', 'amount': '2701999.99'}",
                  obligation);
        holds(obligation, "due", "0.00"); /* no full 2,000 € beyond the trigger */
        assert_string_equal(
                said_text(say("contracts.RecordContractInvoice",
                              "{'obligationId': '%s', 'number': 'FA 2', 'dated': '2026-04-30', 'amount': '298000.01'}",
                              obligation),
                          "due"),
                "150.00");
        (void)say_refused("ALREADY_EXISTS", "contracts.RecordContractInvoice",
                          "{'obligationId': '%s', 'number': 'FA 2', 'dated': '2026-04-30', 'amount': '298000.01'}",
                          obligation);
        (void)say("contracts.RecordContractInvoice",
                  "{'obligationId': '%s', 'number': 'AV 1', 'dated': '2026-05-05', 'amount': '-100000.00'}",
                  obligation);
        holds(obligation, "due", "100.00");
        holds(obligation, "forecastToDate", "150.00"); /* the order is over: all of it should have been used */
        states(contract, "due", "100.00");
        const json_t *history = say("contracts.ContractHistory", "{'contractId': '%s'}", contract);
        assert_true(said_anywhere(history, "Facture AV 1 du 5 mai 2026"));
        assert_true(said_anywhere(history, "Bon de commande BC 1"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_within_a_group),
                cmocka_unit_test(test_between_contracts_of_one_company),
                cmocka_unit_test(test_a_framework_agreement),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
