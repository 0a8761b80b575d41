/* Being associated, or declining, through the real daemon: a contract in which the facilitator is named without having
 * been associated is declined, with its letter, takes nothing more, is counted, and is taken up again. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <string.h>

#include "common/base/day.h"
#include "common/base/local_time.h"
#include "common/base/world.h"
#include "tests/lib/dialogue.h"

static struct network *network;
static char today[DAY_TEXT_SIZE];

static int start(void **state)
{
        static const struct network_part parts[] = {{"contracts", "contracts", ""}};
        struct world world = world_real();
        (void)state;
        day_format(local_day("", world.now_ms(&world)), today);
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

static const char *open_contract(void)
{
        return said_text(say("contracts.OpenContract",
                             "{'isAnother': true, 'record': {'kind': 'MARKET', 'buyerSiret': '21310555400017',"
                             " 'buyerName': 'Ville d’essai', 'object': 'Réfection de l’école',"
                             " 'place': {'code': '31555', 'kind': 'COMMUNE'}}}"),
                         "contractId");
}

static void test_declined_and_taken_up_again(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *contract = open_contract();
        (void)say_refused("WRONG_STATE", "contracts.DeclineContract",
                          "{'contractId': '%s', 'reason': 'TOLD_TOO_LATE', 'text': 'Avis demandé la veille.'}",
                          contract);
        (void)say("contracts.RecordAssociation", "{'contractId': '%s', 'association': 'NOT_ASSOCIATED'}", contract);
        const json_t *declined =
                say("contracts.DeclineContract",
                    "{'contractId': '%s', 'reason': 'TOLD_TOO_LATE', 'text': 'Avis demandé la veille.'}", contract);
        assert_non_null(strstr(said_text(declined, "letter"), "À l'attention de :\nVille d’essai"));
        (void)say_refused("WRONG_STATE", "contracts.PutClause",
                          "{'contractId': '%s', 'lot': 1, 'calibration': {'amount': '1000000.00', 'labourShare': '0.5',"
                          " 'insertionRate': '0.05', 'hourlyCost': '30.00'}}",
                          contract);

        network_kill(network, "contracts", SIGKILL);
        network_restart(network, "contracts");

        say_as(network, "AUDITOR", NULL, "*");
        const json_t *figures = say("contracts.AssociationStatistics", "{'year': %.4s}", today);
        assert_int_equal(said_count(figures, "buyers"), 1);
        assert_int_equal(json_integer_value(said(figures, "total.declined")), 1);
        assert_string_equal(said_text(figures, "total.reasons.0.reason"), "TOLD_TOO_LATE");

        say_as(network, "FACILITATOR", NULL, "31");
        (void)say("contracts.ResumeContract",
                  "{'contractId': '%s', 'regularisedOn': '%s', 'text': 'Volet social repris avec nous.'}", contract,
                  today);
        const json_t *facts = say("contracts.ContractFacts", "{'contractId': '%s'}", contract);
        assert_string_equal(said_text(facts, "file.stage"), "IN_PREPARATION");
        assert_string_equal(said_text(facts, "file.association.at"), "AT_REGULARISATION");

        const json_t *history = say("contracts.ContractHistory", "{'contractId': '%s'}", contract);
        assert_int_equal(said_count(history, "lines"), 4);
        assert_non_null(strstr(said_text(history, "lines.2.text"), "Contrat décliné le "));
        assert_non_null(strstr(said_text(history, "lines.3.text"), "Volet social repris avec nous."));
        const json_t *letter = say("contracts.DeclineLetter", "{'contractId': '%s'}", contract);
        assert_non_null(strstr(said_text(letter, "letter"), "Avis demandé la veille."));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_declined_and_taken_up_again),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
