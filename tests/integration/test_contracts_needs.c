/* Needs through the real daemons: a company says what it looks for, with its partner or without; the prescribers of the
 * department are told by the notifications; what is coming, by month and trade, through a kill -9. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <poll.h>
#include <signal.h>
#include <string.h>

#include "common/base/day.h"
#include "common/base/local_time.h"
#include "common/base/world.h"
#include "tests/lib/dialogue.h"

#define COMPANY    "0192f0c1-7a3b-7000-8f00-000000000008"
#define PRESCRIBER "0192f0c1-7a3b-7000-8f00-000000000009"

enum { WAIT_MS = 60000, LOOK_EVERY_MS = 20 };

static struct network *network;
static char starts_on[DAY_TEXT_SIZE], month[MONTH_TEXT_SIZE];

static int start(void **state)
{
        static const struct network_part parts[] = {{"contracts", "contracts", ""},
                                                    {"notifications", "notifications", ""}};
        struct world world = world_real();
        (void)state;
        struct day next = day_add_months(local_day("", world.now_ms(&world)), 1);
        day_format(next, starts_on);
        month_format(month_of_day(next), month);
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

static const char *owe(const char *number)
{
        const char *contract = said_text(
                say("contracts.OpenContract",
                    "{'record': {'kind': 'MARKET', 'number': '%s', 'buyerSiret': '21310555400017', 'object':"
                    " 'Réfection de l’école', 'cpv': '45442100-8', 'place': {'code': '31555', 'kind': 'COMMUNE'},"
                    " 'amount': '1000000.00', 'startsOn': '%s'}}",
                    number, starts_on),
                "contractId");
        const char *clause =
                said_text(say("contracts.PutClause",
                              "{'contractId': '%s', 'lot': 1, 'calibration': {'amount': '1000000.00', 'labourShare':"
                              " '0.5', 'insertionRate': '0.05', 'hourlyCost': '30.00'}}",
                              contract),
                          "clauseId");
        return said_text(say("contracts.RecordObligation",
                             "{'clauseId': '%s', 'contractorSiret': '13002526500013', 'contractorName': 'Peintures du"
                             " Lauragais', 'contractorOrganisation': '" COMPANY "'}",
                             clause),
                         "obligationId");
}

#define NEED                                                                                                           \
        "'obligationId': '%s', 'romeCode': 'F1606', 'title': 'Peintre en bâtiment', 'positions': %d, 'startsOn':"     \
        " '%s', 'commune': '31555', 'place': 'École Jean-Jaurès', 'conditions': {'weeklyHours': '35.00',"            \
        " 'drivingLicence': 'B', 'physical': true, 'schedule': '7 h-15 h'}"

/* What the one who asks finds in its inbox, a moment after. */
static void told(const char *text)
{
        for (int waited_ms = 0; waited_ms < WAIT_MS; waited_ms += LOOK_EVERY_MS) {
                if (said_anywhere(say("notifications.Inbox", "{}"), text))
                        return;
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
        fail_msg("nobody was told of: %s", text);
}

static void test_the_life_of_a_need(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *obligation = owe("2026-051");
        say_as(network, "PRESCRIBER", PRESCRIBER, "31");
        (void)say("notifications.Subscribe", "{'organisationName': 'Mission locale', 'territory': '31'}");
        const json_t *forecast = say("contracts.NeedsForecast", "{'territory': '31'}");
        assert_string_equal(said_text(forecast, "coming.0.hours"), "833.00");
        assert_string_equal(said_text(forecast, "coming.0.month"), month);
        assert_string_equal(said_text(forecast, "coming.0.cpvDivision"), "45");
        assert_false(said_anywhere(forecast, "école")); /* no contract is named */

        say_as(network, "COMPANY", COMPANY, "31");
        const json_t *declared = say("contracts.DeclareNeed",
                                     "{" NEED ", 'modality': 'STAFF_PROVIDED', 'partner': {'choice':"
                                     " 'PARTNER_WANTED'}}",
                                     obligation, 2, starts_on);
        const char *need = said_text(declared, "needId");
        assert_non_null(strstr(said_text(declared, "nextStep"), "à titre indicatif"));
        (void)say_refused("INVALID_FIELD", "contracts.DeclareNeed",
                          "{" NEED ", 'modality': 'DIRECT_HIRE', 'partner': {'choice': 'PARTNER_CHOSEN', 'name':"
                          " 'ETTI'}}",
                          obligation, 2, starts_on);
        const json_t *amended = say("contracts.AmendNeed",
                                    "{'needId': '%s', 'reason': 'Partenaire choisi', 'need': {" NEED
                                    ", 'modality': 'STAFF_PROVIDED', 'partner': {'choice': 'PARTNER_CHOSEN', 'name':"
                                    " 'ETTI du Lauragais'}}}",
                                    need, obligation, 3, starts_on);
        assert_non_null(strstr(said_text(amended, "nextStep"), "Votre choix est respecté"));

        network_kill(network, "contracts", SIGKILL);
        network_restart(network, "contracts");

        say_as(network, "PRESCRIBER", PRESCRIBER, "31");
        told("Peintre en bâtiment");
        forecast = say("contracts.NeedsForecast", "{'territory': '31'}");
        assert_int_equal(said_count(forecast, "coming"), 0);
        assert_int_equal(said_count(forecast, "lines"), 1);
        assert_string_equal(said_text(forecast, "lines.0.month"), month);
        assert_string_equal(said_text(forecast, "lines.0.romeCode"), "F1606");
        assert_int_equal(json_integer_value(said(forecast, "lines.0.positions")), 3);
        assert_true(said_anywhere(say("contracts.Needs", "{'territory': '31'}"), "7 h-15 h"));
        say_as(network, "PRESCRIBER", PRESCRIBER, "66");
        assert_int_equal(said_count(say("contracts.NeedsForecast", "{}"), "lines"), 0);
        (void)say_refused("NOT_ALLOWED", "contracts.CloseNeed", "{'needId': '%s', 'state': 'NEED_FILLED'}", need);

        say_as(network, "COMPANY", COMPANY, "31");
        (void)say_refused("INVALID_FIELD", "contracts.CloseNeed", "{'needId': '%s', 'state': 'NEED_WITHDRAWN'}", need);
        (void)say("contracts.CloseNeed", "{'needId': '%s', 'state': 'NEED_FILLED', 'filled': 2}", need);
        assert_int_equal(said_count(say("contracts.Needs", "{}"), "needs"), 0);
        assert_string_equal(said_text(say("contracts.Needs", "{'closedToo': true}"), "needs.0.state"), "NEED_FILLED");
}

static void test_withdrawn_it_is_coming_again(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *obligation = owe("2026-052");
        const char *need = said_text(
                say("contracts.DeclareNeed", "{" NEED ", 'modality': 'DIRECT_HIRE'}", obligation, 1, starts_on),
                "needId");
        assert_int_equal(said_count(say("contracts.NeedsForecast", "{'territory': '31'}"), "coming"), 0);
        (void)say("contracts.CloseNeed", "{'needId': '%s', 'state': 'NEED_WITHDRAWN', 'reason': 'Chantier décalé'}",
                  need);
        const json_t *forecast = say("contracts.NeedsForecast", "{'territory': '31'}");
        assert_int_equal(said_count(forecast, "coming"), 1);
        assert_int_equal(json_integer_value(said(forecast, "coming.0.persons")), 2);
        const char *contract =
                said_text(say("contracts.ObligationById", "{'obligationId': '%s'}", obligation), "contractId");
        assert_true(said_anywhere(say("contracts.ContractHistory", "{'contractId': '%s'}", contract),
                                  "retiré : Chantier décalé"));
        const json_t *facts = say("contracts.ContractFacts", "{'contractId': '%s'}", contract);
        assert_string_equal(said_text(facts, "needs.0.state"), "NEED_WITHDRAWN");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_the_life_of_a_need),
                cmocka_unit_test(test_withdrawn_it_is_coming_again),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
