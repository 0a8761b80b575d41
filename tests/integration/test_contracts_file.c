/* A contract of ours through the real daemon: opened before it is published, amended, with a clause and an obligation;
 * its page of facts, its history in French, through a kill -9; and who may see a private one. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/dialogue.h"

static struct network *network;

static int start(void **state)
{
        static const struct network_part parts[] = {{"contracts", "contracts", ""}};
        (void)state;
        network = network_start(parts, 1);
        return 0;
}

static int stop(void **state)
{
        (void)state;
        dialogue_end();
        network_stop(&network);
        return 0;
}

static const char *open(const char *kind, const char *object)
{
        return said_text(
                say("contracts.OpenContract",
                    "{'isAnother': true, 'record': {'kind': '%s', 'buyerSiret': '21310555400017', 'object': '%s',"
                    " 'place': {'code': '31555', 'kind': 'COMMUNE'}, 'amount': '1000000.00',"
                    " 'durationMonths': 12}, 'lots': [{'number': 1, 'title': 'Peinture'}]}",
                    kind, object),
                "contractId");
}

static void test_its_life(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *contract = open("MARKET", "Réfection de l’école Jean-Jaurès");
        const char *clause = said_text(
                say("contracts.PutClause",
                    "{'contractId': '%s', 'lot': 1, 'calibration': {'amount': '1000000.00', 'labourShare': '0.5',"
                    " 'insertionRate': '0.05', 'hourlyCost': '30.00'}}",
                    contract),
                "clauseId");
        (void)say("contracts.RecordObligation",
                  "{'clauseId': '%s', 'contractorSiret': '13002526500013', 'contractorName': 'Peintures du Lauragais'}",
                  clause);
        (void)say("contracts.AmendContract",
                  "{'contractId': '%s', 'record': {'kind': 'MARKET', 'number': '2026-031', 'buyerSiret':"
                  " '21310555400017', 'object': 'Réfection de l’école Jean-Jaurès', 'place': {'code': '31555', 'kind':"
                  " 'COMMUNE'}, 'amount': '1200000.00'}, 'reason': 'Numéro donné par l’acheteur, montant revu'}",
                  contract);

        network_kill(network, "contracts", SIGKILL);
        network_restart(network, "contracts");

        const json_t *facts = say("contracts.ContractFacts", "{'contractId': '%s'}", contract);
        assert_string_equal(said_text(facts, "contract.record.number"), "2026-031");
        assert_string_equal(said_text(facts, "contract.currentAmount"), "1200000.00");
        assert_string_equal(said_text(facts, "contract.clauses.0.obligations.0.remaining"), "833.00");
        assert_string_equal(said_text(facts, "file.lots.0.title"), "Peinture");
        assert_int_equal(said_count(facts, "history"), 4);
        assert_string_equal(said_text(facts, "history.0.event"), "ContractAmended"); /* newest first */

        const json_t *history = say("contracts.ContractHistory", "{'contractId': '%s'}", contract);
        assert_int_equal(said_count(history, "lines"), 4);
        assert_string_equal(said_text(history, "lines.0.event"), "ContractOpened");
        assert_non_null(strstr(said_text(history, "lines.0.text"), "Dossier ouvert (marché)"));
        assert_non_null(strstr(said_text(history, "lines.1.text"), "Clause posée sur le lot 1"));
        assert_non_null(
                strstr(said_text(history, "lines.2.text"), "Peintures du Lauragais (SIRET 13002526500013) doit"));
        assert_non_null(strstr(said_text(history, "lines.3.text"), "montant revu"));
}

/* Through the program, as an operator types it. */
static void test_the_command(void **state)
{
        char command[512], line[512];
        bool found = false;
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *contract = open("MARKET", "Entretien des espaces verts");
        (void)snprintf(command, sizeof(command), "%s/guichetctl contract history %s --dir %s", getenv("GUICHET_BIN"),
                       contract, network_directory(network));
        FILE *output = popen(command, "r");
        assert_non_null(output);
        while (fgets(line, sizeof(line), output) != NULL)
                found = found || strstr(line, "Dossier ouvert (marché) : « Entretien des espaces verts »") != NULL;
        assert_int_equal(pclose(output), 0);
        assert_true(found);
}

static void test_a_private_one(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *contract = open("PRIVATE", "Siège de la coopérative");
        (void)say("contracts.ContractFacts", "{'contractId': '%s'}", contract);
        say_as(network, "FACILITATOR", NULL, "66");
        (void)say_refused("NOT_FOUND", "contracts.ContractFacts", "{'contractId': '%s'}", contract);
        assert_false(said_anywhere(say("contracts.Contracts", "{}"), "coopérative"));
        say_as(network, "AUDITOR", NULL, "*");
        (void)say_refused("NOT_FOUND", "contracts.ContractHistory", "{'contractId': '%s'}", contract);
        assert_false(said_anywhere(say("contracts.Contracts", "{}"), "coopérative"));
        say_as(network, "COORDINATOR", NULL, "*");
        assert_true(said_anywhere(say("contracts.Contracts", "{}"), "coopérative"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_its_life),
                cmocka_unit_test(test_the_command),
                cmocka_unit_test(test_a_private_one),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
