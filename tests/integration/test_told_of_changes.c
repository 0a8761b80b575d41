/* The issue's own case, through the real daemons: a facilitator of 62 replaces the clause that 31 had put, 833 h become
 * 83, and who had put it is told, in the box of her account, with what was and what is; nobody else reads it; through a
 * kill -9 of both daemons. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <poll.h>
#include <signal.h>
#include <string.h>

#include "tests/lib/dialogue.h"

enum { WAIT_MS = 60000, LOOK_EVERY_MS = 20 };

static struct network *network;

static int start(void **state)
{
        static const struct network_part parts[] = {{"contracts", "contracts", ""},
                                                    {"notifications", "notifications", ""}};
        (void)state;
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

static const char *open_contract(const char *kind, const char *number)
{
        return said_text(say("contracts.OpenContract",
                             "{'record': {'kind': '%s', 'number': '%s', 'buyerSiret': '21310555400017', 'object':"
                             " 'Réfection de l’école', 'place': {'code': '31555', 'kind': 'COMMUNE'}, 'amount':"
                             " '1000000.00', 'durationMonths': 12}, 'territories': ['31', '62'],"
                             " 'lots': [{'number': 1, 'title': 'Peinture'}]}",
                             kind, number),
                         "contractId");
}

static void put_clause(const char *contract, const char *amount)
{
        (void)say("contracts.PutClause",
                  "{'contractId': '%s', 'lot': 1, 'seen': '18446744073709551615', 'territories': ['31', '62'],"
                  " 'calibration': {'amount': '%s', 'labourShare': '0.5', 'insertionRate': '0.05', 'hourlyCost':"
                  " '30.00'}}",
                  contract, amount);
}

/* Her box, once it holds so many. */
static const json_t *box(size_t count)
{
        const json_t *answer = NULL;
        for (int waited_ms = 0; waited_ms < WAIT_MS; waited_ms += LOOK_EVERY_MS) {
                answer = say("notifications.OwnNotices", "{}");
                if (said_count(answer, "notices") >= count)
                        break;
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
        assert_int_equal(said_count(answer, "notices"), count);
        return answer;
}

static void test_who_had_put_it_is_told(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR:anne", NULL, "31");
        const char *contract = open_contract("MARKET", "2026-017");
        put_clause(contract, "1000000.00");
        say_as(network, "FACILITATOR:bruno", NULL, "62");
        put_clause(contract, "100000.00");

        say_as(network, "FACILITATOR:anne", NULL, "31");
        const json_t *answer = box(1);
        assert_string_equal(said_text(answer, "notices.0.kind"), "DECISION_CHANGED");
        assert_string_equal(said_text(answer, "notices.0.byName"), "bruno");
        assert_string_equal(said_text(answer, "notices.0.byAccount"), say_account("bruno"));
        assert_non_null(strstr(said_text(answer, "notices.0.before"), "833"));
        assert_non_null(strstr(said_text(answer, "notices.0.after"), "83"));
        assert_string_equal(said_text(answer, "notices.0.subjectId"), contract);
        const char *notice = said_text(answer, "notices.0.noticeId");

        network_kill(network, "contracts", SIGKILL);
        network_kill(network, "notifications", SIGKILL);
        network_restart(network, "contracts");
        network_restart(network, "notifications");

        say_as(network, "COORDINATOR:carla", NULL, "*"); /* who oversees the network has no business in it */
        (void)say_refused("NOT_FOUND", "notifications.MarkNoticeRead", "{'noticeId': '%s'}", notice);
        assert_int_equal(said_count(say("notifications.OwnNotices", "{}"), "notices"), 0);
        assert_int_equal(said_count(say("notifications.RecentNotices", "{}"), "notices"), 0);
        say_as(network, "FACILITATOR:anne", NULL, "31");
        (void)say("notifications.MarkNoticeRead", "{'noticeId': '%s'}", notice);
        assert_int_equal(said_count(say("notifications.OwnNotices", "{'unreadOnly': true}"), "notices"), 0);
}

/* Who changed a private contract's clause with her, and has no right to it any more. */
static void test_of_what_she_may_no_longer_read(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR:denis", NULL, "62");
        const char *contract = open_contract("PRIVATE", "secret-1");
        put_clause(contract, "1000000.00");
        say_as(network, "FACILITATOR:anne", NULL, "31");
        put_clause(contract, "200000.00");
        say_as(network, "FACILITATOR:denis", NULL, "62");
        assert_true(said_anywhere(box(1), "secret-1"));
        say_as(network, "FACILITATOR:denis", NULL, "09"); /* moved to another department */
        const json_t *answer = box(1);
        static const char *const hidden[] = {"secret", "anne", "833", "166", "lause"};
        for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
                assert_false(said_anywhere(answer, hidden[i]));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_who_had_put_it_is_told),
                cmocka_unit_test(test_of_what_she_may_no_longer_read),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
