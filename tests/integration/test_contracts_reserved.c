/* Reserved contracts through the real daemon: the law asked, an entry in five fields, the lot completed, statistics,
 * withdrawal; through a kill -9. And private contracts: nobody sees them but their own. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/day.h"
#include "common/base/local_time.h"
#include "common/base/world.h"
#include "tests/lib/dialogue.h"

static struct network *network;
static char today[DAY_TEXT_SIZE];

static int start(void **state)
{
        static const struct network_part parts[] = {{"contracts", "contracts", ""}, {"reporting", "reporting", ""}};
        struct world world = world_real();
        (void)state;
        day_format(local_day("", world.now_ms(&world)), today);
        network = network_start(parts, ARRAY_SIZE(parts));
        return 0;
}

static int stop(void **state)
{
        (void)state;
        dialogue_end();
        network_stop(&network);
        return 0;
}

static void test_the_law(void **state)
{
        (void)state;
        say_as(network, "BUYER", NULL, "*");
        const json_t *check = say("contracts.ReservationCheck",
                                  "{'reservation': {'kind': 'CONCESSION', 'grounds': ['RESERVED_HANDICAP',"
                                  " 'RESERVED_IAE'], 'minimumShare': '0.5', 'toldInNotice': 'RESERVATION_YES'}}");
        assert_string_equal(said_text(check, "verdict"), "RESERVATION_INVALID");
        assert_non_null(strstr(said_text(check, "text"), "L3113-3"));
        check = say("contracts.ReservationCheck",
                    "{'reservation': {'kind': 'MARKET', 'grounds': ['RESERVED_HANDICAP', 'RESERVED_IAE'],"
                    " 'minimumShare': '0.5', 'toldInNotice': 'RESERVATION_YES'}}");
        assert_string_equal(said_text(check, "verdict"), "RESERVATION_VALID");
}

static void test_entered_in_five_fields(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const json_t *entered =
                say("contracts.EnterReserved", "{'buyerSiret': '21310555400017', 'object': 'Entretien des berges',"
                                               " 'holderName': 'Les Jardins de l’Autan', 'ground': 'RESERVED_IAE',"
                                               " 'notifiedOn': '2026-09-01'}");
        const char *contract = said_text(entered, "contractId");
        assert_true(json_is_true(said(entered, "opened")));

        network_kill(network, "contracts", SIGKILL);
        network_restart(network, "contracts");

        const json_t *completed =
                say("contracts.RecordReserved",
                    "{'contractId': '%s', 'entry': {'grounds': ['RESERVED_IAE'], 'holderName':"
                    " 'Les Jardins de l’Autan', 'involvement': 'SOURCING_AND_FOLLOW_UP', 'followsPersons': true,"
                    " 'minimumShare': '0.4', 'toldInNotice': 'RESERVATION_YES'}}",
                    contract);
        assert_string_equal(said_text(completed, "check.verdict"), "RESERVATION_INVALID"); /* 40 % */
        const json_t *list = say("contracts.ReservedContracts", "{'year': 2026, 'ground': 'RESERVED_IAE'}");
        assert_int_equal(said_count(list, "lines"), 1);
        assert_non_null(strstr(said_text(list, "lines.0.check.text"), "L2113-13"));
        say_as(network, "AUDITOR", NULL, "*");
        const json_t *figures = say("contracts.ReservedStatistics", "{'year': 2026}");
        assert_int_equal(json_integer_value(said(figures, "total.withPersons")), 1);
        assert_int_equal(json_integer_value(said(figures, "buyers.0.iae")), 1);

        say_as(network, "FACILITATOR", NULL, "31");
        (void)say("contracts.WithdrawReserved", "{'contractId': '%s', 'reason': 'Lot non réservé.'}", contract);
        assert_int_equal(said_count(say("contracts.ReservedContracts", "{}"), "lines"), 0);
        const json_t *history = say("contracts.ContractHistory", "{'contractId': '%s'}", contract);
        assert_int_equal(said_count(history, "lines"), 4);
        assert_non_null(strstr(said_text(history, "lines.1.text"), "titulaire Les Jardins de l’Autan"));
        assert_non_null(strstr(said_text(history, "lines.3.text"), "saisie retirée"));
}

/* Asked of both daemons, by those who are told nothing. */
static void assert_unseen(const char *contract, const char *obligation)
{
        (void)say_refused("NOT_FOUND", "contracts.ContractFacts", "{'contractId': '%s'}", contract);
        (void)say_refused("NOT_FOUND", "contracts.ContractHistory", "{'contractId': '%s'}", contract);
        (void)say_refused("NOT_FOUND", "contracts.ObligationById", "{'obligationId': '%s'}", obligation);
        (void)say_refused("NOT_FOUND", "reporting.ContractStatement", "{'contractId': '%s'}", contract);
        assert_false(said_anywhere(say("contracts.Contracts", "{}"), "Siège de la coopérative"));
        assert_false(said_anywhere(say("contracts.Obligations", "{}"), contract));
        assert_false(said_anywhere(say("contracts.Needs", "{}"), "Peintre en bâtiment"));
}

static void test_a_private_contract(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *contract = said_text(say("contracts.OpenContract",
                                             "{'record': {'kind': 'PRIVATE', 'buyerSiret': '21310555400017',"
                                             " 'object': 'Siège de la coopérative', 'notifiedOn': '2026-03-02',"
                                             " 'place': {'code': '31555', 'kind': 'COMMUNE'}}}"),
                                         "contractId");
        const char *clause = said_text(
                say("contracts.PutClause",
                    "{'contractId': '%s', 'lot': 1, 'calibration': {'amount': '1000000.00', 'labourShare': '0.5',"
                    " 'insertionRate': '0.05', 'hourlyCost': '30.00'}}",
                    contract),
                "clauseId");
        const char *obligation =
                said_text(say("contracts.RecordObligation",
                              "{'clauseId': '%s', 'contractorSiret': '13002526500013', 'contractorName':"
                              " 'Peintures du Lauragais'}",
                              clause),
                          "obligationId");
        (void)say("contracts.DeclareNeed",
                  "{'obligationId': '%s', 'romeCode': 'F1606', 'title': 'Peintre en bâtiment', 'positions': 1,"
                  " 'startsOn': '%s', 'commune': '31555', 'modality': 'DIRECT_HIRE'}",
                  obligation, today);
        (void)say_until_granted("reporting.ContractStatement", "{'contractId': '%s'}", contract);
        assert_true(said_anywhere(say("contracts.Needs", "{}"), "Peintures du Lauragais"));

        say_as(network, "PRESCRIBER", NULL, "31");
        const json_t *needs = say("contracts.Needs", "{}");
        assert_true(said_anywhere(needs, "Peintre en bâtiment"));
        assert_false(said_anywhere(needs, "Peintures du Lauragais"));

        say_as(network, "AUDITOR", NULL, "*");
        assert_unseen(contract, obligation);
        /* The consolidation has its hours, and no contract of it. */
        assert_false(said_anywhere(say("reporting.Consolidation", "{'year': 2026}"), "coopérative"));
        say_as(network, "FACILITATOR", NULL, "65");
        assert_unseen(contract, obligation);
        (void)say_refused("NOT_FOUND", "contracts.PutClause",
                          "{'contractId': '%s', 'lot': 2, 'territories': ['65'], 'calibration': {'amount': '1.00'}}",
                          contract);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_a_private_contract),
                cmocka_unit_test(test_the_law),
                cmocka_unit_test(test_entered_in_five_fields),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
