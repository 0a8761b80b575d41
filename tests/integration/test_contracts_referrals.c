/* Environmental matters through the real daemon: handed to the guichet vert, shown until they are answered, told in the
 * contract's history; through a kill -9. */
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
static char today[DAY_TEXT_SIZE], long_ago[DAY_TEXT_SIZE];

static int start(void **state)
{
        static const struct network_part parts[] = {{"contracts", "contracts", ""}};
        struct world world = world_real();
        struct day now = local_day("", world.now_ms(&world));
        (void)state;
        day_format(now, today);
        day_format(day_of_number(day_number(now) - 60), long_ago);
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

static void test_handed_over_and_answered(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *contract =
                said_text(say("contracts.OpenContract", "{'record': {'kind': 'MARKET', 'buyerSiret': '21310555400017',"
                                                        " 'object': 'Réfection de l’école',"
                                                        " 'place': {'code': '31555', 'kind': 'COMMUNE'}}}"),
                          "contractId");
        (void)say_refused("INVALID_FIELD", "contracts.ReferMatter", "{'contractId': '%s', 'referredOn': '%s'}",
                          contract, today);
        const char *referral =
                said_text(say("contracts.ReferMatter",
                              "{'contractId': '%s', 'subject': 'Réemploi des menuiseries', 'referredOn': '%s'}",
                              contract, long_ago),
                          "referralId");

        network_kill(network, "contracts", SIGKILL);
        network_restart(network, "contracts");

        const json_t *facts = say("contracts.ContractFacts", "{'contractId': '%s'}", contract);
        assert_true(json_is_true(said(facts, "referrals.0.late")));
        assert_string_equal(said_text(facts, "calendar.0.state"), "LATE");
        assert_non_null(strstr(said_text(facts, "calendar.0.what"), "guichet vert"));
        (void)say("contracts.CloseReferral",
                  "{'referralId': '%s', 'outcome': 'REFERRAL_ANSWERED', 'closedOn': '%s',"
                  " 'text': 'Clause type transmise.'}",
                  referral, today);
        assert_int_equal(said_count(say("contracts.Referrals", "{'pendingOnly': true}"), "referrals"), 0);
        const json_t *list = say("contracts.Referrals", "{'contractId': '%s'}", contract);
        assert_string_equal(said_text(list, "referrals.0.text"), "Clause type transmise.");
        const json_t *history = say("contracts.ContractHistory", "{'contractId': '%s'}", contract);
        assert_int_equal(said_count(history, "lines"), 3);
        assert_non_null(strstr(said_text(history, "lines.2.text"), "Réponse reçue le"));
        say_as(network, "BUYER", NULL, "*");
        (void)say_refused("NOT_FOUND", "contracts.Referrals", "{'contractId': '%s'}", contract);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_handed_over_and_answered),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
