/* Event streams of a gateway, through real daemons: whoever listens hears what she may read, once and in order, through
 * cuts of the line, a reader that does not read, a killed gateway and a killed daemon; who is revoked hears no more. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "common/base/local_time.h"
#include "tests/lib/dialogue.h"
#include "tests/lib/listener.h"
#include "tests/lib/send_signal.h"
#include "tests/lib/visitor.h"

enum { SMALL_BUFFER = 4096, MANY = 400, CUTS = 60 };

#define ORGANISATION "01000000-0000-0000-0000-000000000000"

static struct network *network;
static char facilitator[VISITOR_TOKEN_SIZE], prescriber[VISITOR_TOKEN_SIZE], elsewhere[VISITOR_TOKEN_SIZE];
static const char *obligation;
static uint32_t declared;

static uint16_t port(void)
{
        return network_http_port(network, "gateway-1");
}

static void owe_hours(void)
{
        say_as(network, "FACILITATOR", NULL, "31,09");
        const char *contract =
                said_text(say("contracts.ImportContract",
                              "{'record': {'kind': 'MARKET', 'format': 'DECP_2022', 'number': '2026-031', 'buyerSiret':"
                              " '13002526500013', 'object': 'Une école', 'place': {'kind': 'COMMUNE', 'code': '31555'},"
                              " 'amount': '1000000.00', 'notifiedOn': '2026-03-02'}}"),
                          "contractId");
        const char *clause =
                said_text(say("contracts.PutClause",
                              "{'contractId': '%s', 'lot': 1, 'seen': '18446744073709551615', 'territories': ['31'],"
                              " 'calibration': {'amount': '1000000.00', 'labourShare': '0.5', 'insertionRate': '0.05',"
                              " 'hourlyCost': '30.00'}}",
                              contract),
                          "clauseId");
        obligation = said_text(say("contracts.RecordObligation",
                                   "{'clauseId': '%s', 'contractorSiret': '13002526500013', 'contractorName':"
                                   " 'Bâtiment du Midi'}",
                                   clause),
                               "obligationId");
}

static int start(void **state)
{
        static const struct network_part parts[] = {
                {"contracts", "contracts", ""},
                {"notifications", "notifications", ""},
                {"gateway-1", "gateway",
                 "\"settings\":{\"web\":\"tests/integration/web\",\"heartbeat_s\":1,\"streams_per_account\":3},"},
                {"gateway-2", "gateway", "\"settings\":{\"web\":\"tests/integration/web\"},"}};
        (void)state;
        network = network_start(parts, ARRAY_SIZE(parts));
        visitor_create(network, &(struct visitor_account){"claire", TYPES__ROLE__FACILITATOR, "31", false},
                       facilitator);
        visitor_create(network, &(struct visitor_account){"paul", TYPES__ROLE__PRESCRIBER, "31", true}, prescriber);
        visitor_create(network, &(struct visitor_account){"elise", TYPES__ROLE__FACILITATOR, "09", false}, elsewhere);
        owe_hours();
        say_as(network, "OPERATOR", NULL, "*");
        (void)say("notifications.Subscribe",
                  "{'organisationId': '" ORGANISATION "', 'organisationName': 'Mission locale', 'territory': '31'}");
        return 0;
}

static int stop(void **state)
{
        (void)state;
        dialogue_end();
        network_stop(&network);
        return 0;
}

/* A need, whose number its notices tell. */
static void declare_need(void)
{
        char starts_on[16];
        struct world world = world_real();
        day_format(day_of_number(day_number(local_day("", world.now_ms(&world))) + 30), starts_on);
        say_as(network, "FACILITATOR", NULL, "31");
        (void)say_until_granted("contracts.DeclareNeed",
                                "{'obligationId': '%s', 'romeCode': 'F1703', 'title': 'Poste %u.', 'positions': 3,"
                                " 'startsOn': '%s', 'commune': '31555', 'modality': 'DIRECT_HIRE'}",
                                obligation, ++declared, starts_on);
}

static struct listener listen_at(const char *gateway, const char *token, const char *last_id)
{
        struct listener listener;
        const struct listener_wish wish = {network_http_port(network, gateway), token, NULL, last_id, 0};
        assert_int_equal(listener_open(&wish, &listener), 200);
        scoped(heard_fini) struct heard open = listener_next(&listener);
        assert_string_equal(open.name, "open");
        return listener;
}

static struct listener listen_to(const char *token, const char *last_id)
{
        return listen_at("gateway-1", token, last_id);
}

/* The number in a notice's words. */
static uint32_t number_in(const json_t *notice)
{
        const char *title = json_string_value(json_object_get(notice, "title"));
        const char *text = json_string_value(json_object_get(notice, "text"));
        const char *at = strstr(title, "Poste ");
        if (at == NULL)
                at = strstr(text, "Poste ");
        assert_non_null(at);
        return (uint32_t)strtoul(at + strlen("Poste "), NULL, 10);
}

/* The notices of the next event; 0: the stream has ended. Each must be the one behind *last. */
static size_t hear(struct listener *listener, const char *box, uint32_t *last)
{
        size_t i;
        json_t *line;
        scoped(heard_fini) struct heard heard = listener_next(listener);
        if (listener->has_ended || strcmp(heard.name, "end") == 0)
                return 0;
        assert_string_equal(heard.name, "notices");
        const json_t *notices = json_object_get(heard.data, "notices");
        json_array_foreach (notices, i, line) {
                assert_string_equal(json_string_value(json_object_get(line, "box")), box);
                assert_int_equal(number_in(json_object_get(line, "notice")), ++*last);
        }
        return json_array_size(notices);
}

static void hear_until(struct listener *listener, const char *box, uint32_t *last, uint32_t until)
{
        while (*last < until)
                assert_int_not_equal(hear(listener, box, last), 0);
        assert_int_equal(*last, until);
}

/* --- who hears what ------------------------------------------------------------------------------------------------
 */

static void test_each_hears_what_she_may_read(void **state)
{
        (void)state;
        char token[VISITOR_TOKEN_SIZE];
        uint32_t of_claire = declared, of_paul = declared;
        say_as(network, "OPERATOR", NULL, "*");
        visitor_create(network, &(struct visitor_account){"aude", TYPES__ROLE__FACILITATOR, "09", false}, token);
        struct listener claire = listen_to(facilitator, NULL), paul = listen_to(prescriber, NULL),
                        aude = listen_to(token, NULL);
        for (int i = 0; i < 3; i++)
                declare_need();
        hear_until(&claire, "BOX_RECENT", &of_claire, declared);
        hear_until(&paul, "BOX_INBOX", &of_paul, declared);
        /* Who may read none of it heard nothing but that the stream lives, up to her own next event. */
        say_as(network, "OPERATOR", NULL, "*");
        (void)say("accounts.RevokeUser", "{'name': 'aude'}");
        scoped(heard_fini) struct heard end = listener_next(&aude);
        assert_string_equal(end.name, "end");
        listener_close(&claire);
        listener_close(&paul);
        listener_close(&aude);
}

static int asked(const char *token, const char *query, const char *last_id)
{
        struct listener listener;
        int status = listener_open(&(struct listener_wish){port(), token, query, last_id, 0}, &listener);
        if (status == 200)
                listener_close(&listener);
        return status;
}

static void test_what_is_refused(void **state)
{
        (void)state;
        assert_int_equal(asked(NULL, NULL, NULL), 401);
        assert_int_equal(asked("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", NULL, NULL), 401);
        assert_int_equal(asked(prescriber, "boxes=BOX_RECENT", NULL), 403);
        assert_int_equal(asked(facilitator, "boxes=BOX_INBOX", NULL), 400);
        assert_int_equal(asked(facilitator, "boxes=", NULL), 400);
        assert_int_equal(asked(facilitator, "boxes=BOX_ALL", NULL), 400);
        assert_int_equal(asked(facilitator, "token=x", NULL), 400);
        assert_int_equal(asked(facilitator, NULL, "12x"), 400);
        assert_int_equal(asked(facilitator, "after=-1", NULL), 400);
        assert_int_equal(asked(prescriber, "boxes=BOX_INBOX,BOX_OWN", NULL), 200);
}

static void test_an_account_has_so_many(void **state)
{
        (void)state;
        struct listener open[3];
        for (size_t i = 0; i < ARRAY_SIZE(open); i++)
                open[i] = listen_to(elsewhere, NULL);
        assert_int_equal(asked(elsewhere, NULL, NULL), 429);
        assert_int_equal(asked(prescriber, NULL, NULL), 200);
        for (size_t i = 0; i < ARRAY_SIZE(open); i++)
                listener_close(&open[i]);
        while (asked(elsewhere, NULL, NULL) == 429) /* once the gateway has seen them leave */
                (void)poll(NULL, 0, 10);
}

/* A position that this log has not reached: of another network, or of a store that was put back. */
static void test_a_position_of_another_log_begins_again(void **state)
{
        (void)state;
        struct listener claire = listen_to(facilitator, "999999999");
        scoped(heard_fini) struct heard reset = listener_next(&claire);
        assert_string_equal(reset.name, "reset");
        uint32_t last = declared;
        declare_need();
        hear_until(&claire, "BOX_RECENT", &last, declared);
        listener_close(&claire);
}

/* --- without loss or repetition ------------------------------------------------------------------------------------
 */

/* The line is cut after every few events, often in the midst of one; needs go on being declared. */
static void test_cut_lines_lose_and_repeat_nothing(void **state)
{
        (void)state;
        uint32_t last = declared;
        struct listener paul = listen_to(prescriber, NULL);
        for (int cut = 0; cut < CUTS; cut++) {
                char id[24];
                for (int i = 0; i < 1 + cut % 4; i++)
                        declare_need();
                for (int i = 0; i < cut % 3 && last < declared; i++)
                        assert_int_not_equal(hear(&paul, "BOX_INBOX", &last), 0);
                (void)snprintf(id, sizeof(id), "%s", paul.id);
                listener_close(&paul);
                paul = listen_to(prescriber, id);
        }
        hear_until(&paul, "BOX_INBOX", &last, declared);
        listener_close(&paul);
}

static void test_killed_gateway_and_daemon(void **state)
{
        (void)state;
        uint32_t last = declared;
        struct listener claire = listen_to(facilitator, NULL);
        for (int round = 0; round < 3; round++) {
                char id[24];
                declare_need();
                hear_until(&claire, "BOX_RECENT", &last, declared);
                declare_need();
                network_kill(network, "gateway-1", SIGKILL);
                declare_need();
                while (hear(&claire, "BOX_RECENT", &last) > 0) {
                }
                (void)snprintf(id, sizeof(id), "%s", claire.id);
                listener_close(&claire);
                claire = listen_at("gateway-2", facilitator, id); /* another takes its place */
                hear_until(&claire, "BOX_RECENT", &last, declared);
                declare_need();
                network_restart(network, "gateway-1");
                (void)snprintf(id, sizeof(id), "%s", claire.id);
                listener_close(&claire);
                claire = listen_to(facilitator, id);
                network_kill(network, "notifications", SIGKILL);
                declare_need();
                network_restart(network, "notifications");
                hear_until(&claire, "BOX_RECENT", &last, declared); /* on the same stream */
        }
        listener_close(&claire);
}

/* One who reads nothing: the other hears all meanwhile; then it is closed, comes again, and hears the rest. */
static void test_a_slow_reader_holds_nobody_up(void **state)
{
        (void)state;
        uint32_t last = declared, of_slow = declared;
        struct listener slow, claire = listen_to(facilitator, NULL);
        const struct listener_wish wish = {port(), prescriber, NULL, NULL, SMALL_BUFFER};
        assert_int_equal(listener_open(&wish, &slow), 200);
        for (int i = 0; i < MANY; i++) {
                declare_need();
                if (i % 20 == 19)
                        hear_until(&claire, "BOX_RECENT", &last, declared);
        }
        scoped(heard_fini) struct heard open = listener_next(&slow);
        assert_string_equal(open.name, "open");
        while (hear(&slow, "BOX_INBOX", &of_slow) > 0) {
        }
        assert_true(slow.has_ended && of_slow < declared);
        char id[24];
        (void)snprintf(id, sizeof(id), "%s", slow.id);
        listener_close(&slow);
        slow = listen_to(prescriber, id);
        hear_until(&slow, "BOX_INBOX", &of_slow, declared);
        listener_close(&slow);
        listener_close(&claire);
}

/* --- the end -------------------------------------------------------------------------------------------------------
 */

static void assert_ends(struct listener *listener, const char *code)
{
        scoped(heard_fini) struct heard end = listener_next(listener);
        assert_string_equal(end.name, "end");
        assert_string_equal(json_string_value(json_object_get(end.data, "code")), code);
        scoped(heard_fini) struct heard nothing = listener_next(listener);
        assert_true(listener->has_ended);
        listener_close(listener);
        (void)nothing;
}

static void test_who_is_revoked_hears_no_more(void **state)
{
        (void)state;
        char token[VISITOR_TOKEN_SIZE];
        say_as(network, "OPERATOR", NULL, "*");
        visitor_create(network, &(struct visitor_account){"bruno", TYPES__ROLE__FACILITATOR, "31", false}, token);
        struct listener bruno = listen_to(token, NULL), claire = listen_to(facilitator, NULL);
        say_as(network, "OPERATOR", NULL, "*");
        (void)say("accounts.RevokeUser", "{'name': 'bruno'}");
        assert_ends(&bruno, "NOT_AUTHENTICATED");
        assert_int_equal(asked(token, NULL, NULL), 401);
        uint32_t last = declared;
        declare_need();
        hear_until(&claire, "BOX_RECENT", &last, declared);
        listener_close(&claire);
}

static void test_a_renewed_token_ends_the_stream_of_the_one_before(void **state)
{
        (void)state;
        char token[VISITOR_TOKEN_SIZE];
        say_as(network, "OPERATOR", NULL, "*");
        visitor_create(network, &(struct visitor_account){"denise", TYPES__ROLE__FACILITATOR, "31", false}, token);
        struct listener denise = listen_to(token, NULL);
        scoped(visited_fini) struct visited renewed =
                visitor_ask(port(), &(struct visitor_request){"POST", "/v1/accounts/RenewToken", token, NULL,
                                                              "{\"name\":\"denise\"}"});
        assert_int_equal(renewed.status, 200);
        char id[24];
        (void)snprintf(id, sizeof(id), "%s", denise.id);
        assert_ends(&denise, "NOT_AUTHENTICATED");
        denise = listen_to(visited_text(&renewed, "reply", "token"), id);
        listener_close(&denise);
}

/* Asked to stop, the gateway answers who waits for a daemon that is slow, says so to its listeners, and goes. */
static void test_stopping_answers_who_waits(void **state)
{
        (void)state;
        char request[512];
        struct listener claire = listen_to(facilitator, NULL);
        pid_t contracts = network_pid(network, "contracts");
        int fd = visitor_open(port());
        int size = snprintf(request, sizeof(request),
                            "GET /v1/contracts/Needs?page.limit=1 HTTP/1.1\r\nHost: localhost\r\n"
                            "Authorization: Bearer %s\r\n\r\n",
                            facilitator);
        assert_int_equal(send_signal(contracts, SIGSTOP), 0);
        assert_true(visitor_send(fd, request, (size_t)size));
        scoped(visited_fini) struct visited page = visitor_ask(port(), &(struct visitor_request){"GET", "/"});
        assert_int_equal(page.status, 200); /* so what was sent before is in */
        assert_int_equal(send_signal(network_pid(network, "gateway-1"), SIGTERM), 0);
        assert_ends(&claire, "UNAVAILABLE");
        assert_int_equal(send_signal(contracts, SIGCONT), 0);
        scoped(visited_fini) struct visited answer = visitor_receive(fd);
        assert_int_equal(answer.status, 200);
        assert_non_null(strstr(answer.text, "\r\nConnection: close\r\n"));
        (void)close(fd);
        network_kill(network, "gateway-1", 0);
        network_restart(network, "gateway-1");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_each_hears_what_she_may_read),
                cmocka_unit_test(test_what_is_refused),
                cmocka_unit_test(test_an_account_has_so_many),
                cmocka_unit_test(test_a_position_of_another_log_begins_again),
                cmocka_unit_test(test_cut_lines_lose_and_repeat_nothing),
                cmocka_unit_test(test_killed_gateway_and_daemon),
                cmocka_unit_test(test_a_slow_reader_holds_nobody_up),
                cmocka_unit_test(test_who_is_revoked_hears_no_more),
                cmocka_unit_test(test_a_renewed_token_ends_the_stream_of_the_one_before),
                cmocka_unit_test(test_stopping_answers_who_waits),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
