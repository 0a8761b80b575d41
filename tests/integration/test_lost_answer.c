/* An answer that is lost after the commit, at every boundary of real processes: asked again, the same answer, one
 * effect. The line is cut, or a process is killed, when the daemon's log has grown and nobody has heard of it.
 * (Every command of every daemon: test_extremes.c. A mail server's answer: test_delivery.c.) */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "common/base/day.h"
#include "common/base/local_time.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "contracts/commands.pb-c.h"
#include "tests/lib/cutter.h"
#include "tests/lib/dialogue.h"
#include "tests/lib/visitor.h"

#define PRESCRIBER "0192f0c1-7a3b-7000-8f00-000000000009"

enum { WAIT_MS = 60000, LOOK_EVERY_MS = 10, SENDINGS = 20, NEEDS_LOST = 3, CRASHES = 5 };

static struct network *network;
static struct cutter *gateways_line, *followers_line, *followers_feed, *tools_line;
static const char *tools_topology;
static char facilitator_token[VISITOR_TOKEN_SIZE], holder_token[VISITOR_TOKEN_SIZE], starts_on[DAY_TEXT_SIZE];
static const char *obligation;
static struct arena arena;

/* ---- a network whose lines are in our hands */

static const char *owe(void)
{
        const char *contract = said_text(
                say("contracts.OpenContract",
                    "{'record': {'kind': 'MARKET', 'number': '2026-051', 'buyerSiret': '21310555400017', 'object':"
                    " 'Réfection de l’école', 'cpv': '45442100-8', 'place': {'code': '31555', 'kind': 'COMMUNE'},"
                    " 'amount': '1000000.00', 'startsOn': '%s'}}",
                    starts_on),
                "contractId");
        const char *clause =
                said_text(say("contracts.PutClause",
                              "{'contractId': '%s', 'lot': 1, 'calibration': {'amount': '1000000.00', 'labourShare':"
                              " '0.5', 'insertionRate': '0.05', 'hourlyCost': '30.00'}}",
                              contract),
                          "clauseId");
        return said_text(say("contracts.RecordObligation",
                             "{'clauseId': '%s', 'contractorSiret': '13002526500013', 'contractorName': 'Peintures'}",
                             clause),
                         "obligationId");
}

static void reroute(const char *name, const char *topology)
{
        network_kill(network, name, SIGTERM);
        network_restart_by(network, name, topology);
}

static int start(void **state)
{
        static const struct network_part parts[] = {
                {"contracts-1", "contracts", ""},
                {"notifications-1", "notifications", ""},
                {"gateway-1", "gateway",
                 "\"settings\":{\"web\":\"tests/integration/web\",\"command_timeout_ms\":700},"},
        };
        struct world world = world_real();
        (void)state;
        day_format(day_add_months(local_day("", world.now_ms(&world)), 1), starts_on);
        network = network_start(parts, ARRAY_SIZE(parts));
        gateways_line = cutter_start(network_port(network, "contracts-1", NETWORK_ENDPOINT));
        followers_line = cutter_start(network_port(network, "contracts-1", NETWORK_ENDPOINT));
        followers_feed = cutter_start(network_port(network, "contracts-1", NETWORK_EVENTS));
        tools_line = cutter_start(network_port(network, "contracts-1", NETWORK_ENDPOINT));
        reroute("gateway-1", network_topology_through(network, "contracts-1", cutter_port(gateways_line), 0));
        reroute("notifications-1", network_topology_through(network, "contracts-1", cutter_port(followers_line),
                                                            cutter_port(followers_feed)));
        tools_topology = network_topology_through(network, "contracts-1", cutter_port(tools_line), 0);
        visitor_create(network, &(struct visitor_account){"facilitatrice", TYPES__ROLE__FACILITATOR, "31", false},
                       facilitator_token);
        visitor_create(network, &(struct visitor_account){"titulaire", TYPES__ROLE__BUYER, "31", true}, holder_token);

        say_as(network, "PRESCRIBER", PRESCRIBER, "31");
        (void)say("notifications.Subscribe", "{'organisationName': 'Mission locale', 'territory': '31'}");
        say_as(network, "FACILITATOR", NULL, "31");
        obligation = owe();
        return 0;
}

static int stop(void **state)
{
        (void)state;
        dialogue_end();
        network_stop(&network);
        cutter_stop(&gateways_line);
        cutter_stop(&followers_line);
        cutter_stop(&followers_feed);
        cutter_stop(&tools_line);
        arena_fini(&arena);
        return 0;
}

/* ---- a need: whoever declares it twice has two */

static struct id new_key(void)
{
        struct world world = world_real();
        return id_new(&world, world.now_ms(&world), 0);
}

static uint64_t head(void)
{
        return network_position(network, "contracts-1");
}

static void wait_until_done(uint64_t position)
{
        for (int waited_ms = 0; head() < position; waited_ms += LOOK_EVERY_MS) {
                if (waited_ms >= WAIT_MS)
                        fail_msg("nothing was done");
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
}

static void wait_until_lost(struct cutter *line)
{
        for (int waited_ms = 0; cutter_swallowed(line) == 0; waited_ms += LOOK_EVERY_MS) {
                if (waited_ms >= WAIT_MS)
                        fail_msg("nothing was said that could be lost");
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
}

static const char *need_json(void)
{
        return arena_printf(&arena,
                            "{\"obligationId\":\"%s\",\"romeCode\":\"F1606\",\"title\":\"Peintre\",\"positions\":2,"
                            "\"startsOn\":\"%s\",\"commune\":\"31555\",\"modality\":\"DIRECT_HIRE\"}",
                            obligation, starts_on);
}

static struct visitor_request posted(const char *path, const char *token, const char *body, struct id key)
{
        char text[ID_TEXT_SIZE];
        id_format(key, text);
        return (struct visitor_request){"POST", path, token, arena_printf(&arena, "Idempotency-Key: %s\r\n", text),
                                        body};
}

static struct visitor_request declaring(void)
{
        return posted("/v1/contracts/DeclareNeed", facilitator_token, need_json(), new_key());
}

/* On a connection that is ours to close. */
static int send_only(const struct visitor_request *request)
{
        int fd = visitor_open(network_http_port(network, "gateway-1"));
        const char *text = arena_printf(&arena,
                                        "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                        "Authorization: Bearer %s\r\n%sContent-Length: %zu\r\n\r\n%s",
                                        request->method, request->path, request->token, request->headers,
                                        strlen(request->body), request->body);
        assert_true(visitor_send(fd, text, strlen(text)));
        return fd;
}

/* As the page does: again with the same key while nobody can say. */
static struct visited ask_until_answered(const struct visitor_request *request)
{
        for (int i = 0;; i++) {
                struct visited answer = visitor_ask(network_http_port(network, "gateway-1"), request);
                if (answer.status != 0 && answer.status != 503 && answer.status != 504)
                        return answer;
                if (i == SENDINGS)
                        fail_msg("%d after %d sendings: %s", answer.status, i, answer.text);
                visited_fini(&answer);
        }
}

/* The line is there before it is muted: else it is the handshake that is lost. */
static void mute_the_gateways_line(void)
{
        struct visitor_request query = {.method = "GET", .path = "/v1/contracts/Needs", .token = facilitator_token};
        struct visited answer scoped(visited_fini) = ask_until_answered(&query);
        assert_int_equal(answer.status, 200);
        cutter_mute(gateways_line);
}

/* The answer of what was done already, before which the log ended at `before`: the need is the one that there is. */
static void assert_done_once(const struct visited *answer, uint64_t before)
{
        if (answer->status != 200)
                fail_msg("%d: %s", answer->status, answer->text);
        assert_true(json_is_true(json_object_get(answer->json, "repeatedKey")));
        assert_string_equal(json_string_value(json_object_get(answer->json, "position")),
                            arena_printf(&arena, "%llu", (unsigned long long)before + 1));
        assert_int_equal(head(), before + 1);
        const char *need = visited_text(answer, "reply", "needId");
        assert_non_null(need);
        say_as(network, "FACILITATOR", NULL, "31");
        assert_string_equal(said_text(say("contracts.Needs", "{'page': {'limit': 1}}"), "needs.0.needId"), need);
}

/* ---- the boundaries */

static void the_daemons_answer_to_the_gateway(void **state)
{
        (void)state;
        struct visitor_request request = declaring();
        uint64_t before = head();
        mute_the_gateways_line();
        int fd = send_only(&request);
        wait_until_done(before + 1);
        wait_until_lost(gateways_line);
        cutter_cut(gateways_line);
        struct visited answer scoped(visited_fini) = visitor_receive(fd); /* the gateway asked again by itself */
        (void)close(fd);
        assert_done_once(&answer, before);
}

static void the_gateways_answer_to_the_client(void **state)
{
        (void)state;
        for (int reads = 0; reads < 2; reads++) {
                struct visitor_request request = declaring();
                uint64_t before = head();
                int fd = send_only(&request);
                wait_until_done(before + 1);
                struct pollfd come = {.fd = fd, .events = POLLIN};
                if (reads == 1) /* it lies in the client's machine, unread */
                        assert_int_equal(poll(&come, 1, WAIT_MS), 1);
                (void)close(fd);
                struct visited again scoped(visited_fini) = ask_until_answered(&request);
                assert_done_once(&again, before);
        }
}

/* It has done it, its answer is on the way, and one of the two that carry it is no more. */
static void after_the_death_of(const char *instance)
{
        struct visitor_request request = declaring();
        uint64_t before = head();
        mute_the_gateways_line();
        int fd = send_only(&request);
        wait_until_done(before + 1);
        network_kill(network, instance, SIGKILL);
        cutter_cut(gateways_line);
        network_restart(network, instance);
        (void)close(fd);
        struct visited again scoped(visited_fini) = ask_until_answered(&request);
        assert_done_once(&again, before);
}

static void a_killed_daemon(void **state)
{
        (void)state;
        after_the_death_of("contracts-1");
}

static void a_killed_gateway(void **state)
{
        (void)state;
        after_the_death_of("gateway-1");
}

/* A tool's link: resending what it posted is what link_call() does when it has waited. */
static void the_daemons_answer_to_a_tool(void **state)
{
        (void)state;
        struct topology *topology = NULL;
        struct link *link = NULL;
        struct link_options options = {.peer = "ctl"};
        struct answer answer = {0};
        struct err_info info = {0};
        char *territories[] = {(char[]){"31"}};
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        passport.user = (char[]){"essai"};
        passport.role = TYPES__ROLE__FACILITATOR;
        passport.territories = territories;
        passport.n_territories = 1;
        if (topology_load(tools_topology, &topology, &info) != 0 || link_open(topology, &options, &link, &info) != 0)
                fail_msg("%s", info.text);
        link_act_as(link, &passport);

        struct id key = new_key(), owed, need;
        struct day day;
        assert_int_equal(id_parse(obligation, &owed), 0);
        assert_int_equal(day_parse(starts_on, &day), 0);
        Contracts__DeclareNeed request = CONTRACTS__DECLARE_NEED__INIT;
        request.obligation_id = id_to(&arena, owed);
        request.rome_code = (char[]){"F1606"};
        request.title = (char[]){"Peintre"};
        request.positions = 2;
        request.starts_on = day_to(&arena, day);
        request.commune = (char[]){"31555"};
        request.modality = TYPES__MODALITY__DIRECT_HIRE;
        uint64_t before = head();
        const struct instance *contracts = topology_instance(topology, "contracts-1");
        cutter_mute(tools_line);
        assert_int_equal(link_post(link, contracts, "contracts.DeclareNeed", &request.base, key, &info), 0);
        /* what is muted is the handshake too, as long as the line is not there: so the first may not even arrive */
        while (head() == before && cutter_swallowed(tools_line) == 0)
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        cutter_cut(tools_line);
        assert_int_equal(link_call(link, "contracts.DeclareNeed", &request.base, &key, &arena, &answer, &info), 0);
        assert_non_null(answer.body);
        assert_int_equal(head(), before + 1);

        cutter_mute(tools_line);
        assert_int_equal(link_post(link, contracts, "contracts.DeclareNeed", &request.base, key, &info), 0);
        wait_until_lost(tools_line);
        cutter_cut(tools_line);
        struct answer again = {0};
        assert_int_equal(link_call(link, "contracts.DeclareNeed", &request.base, &key, &arena, &again, &info), 0);
        assert_true(again.repeated_key);
        assert_true(again.position == answer.position);
        assert_true(slice_equal(pb_encode(again.body, &arena), pb_encode(answer.body, &arena)));
        assert_int_equal(head(), before + 1);
        need = id_of(((const Contracts__DeclareNeedReply *)(const void *)again.body)->need_id);
        assert_false(id_is_zero(need));
        link_close(link);
        topology_free(topology);
}

/* Its first use of the day is an event of its own: from here on only what is asked for happens. */
static void use_once(const char *token)
{
        struct visitor_request session = {.method = "GET", .path = "/v1/session", .token = token};
        uint64_t before = network_position(network, "accounts-1");
        struct visited in scoped(visited_fini) = visitor_ask(network_http_port(network, "gateway-1"), &session);
        assert_int_equal(in.status, 200);
        for (int i = 0; network_position(network, "accounts-1") == before; i++) {
                assert_true(i < WAIT_MS / 5);
                (void)poll(NULL, 0, 5);
        }
        network_wait_known(network);
}

/* A token is told once, and takes the place of the one that asks for it: who did not hear it asks with that one. */
static void the_answer_that_holds_ones_own_new_token(void **state)
{
        (void)state;
        const char *body = "{\"name\":\"titulaire\"}";
        struct visitor_request session = {.method = "GET", .path = "/v1/session", .token = holder_token};
        struct visitor_request request = posted("/v1/accounts/RenewToken", holder_token, body, new_key());
        struct visitor_request other = posted("/v1/accounts/RenewToken", holder_token, body, new_key());
        use_once(holder_token);
        uint64_t before = network_position(network, "accounts-1");
        int fd = send_only(&request);
        struct pollfd come = {.fd = fd, .events = POLLIN};
        assert_int_equal(poll(&come, 1, WAIT_MS), 1);
        (void)close(fd);
        assert_int_equal(network_position(network, "accounts-1"), before + 1);

        struct visited again scoped(visited_fini) = ask_until_answered(&request);
        assert_int_equal(again.status, 200);
        assert_true(json_is_true(json_object_get(again.json, "repeatedKey")));
        assert_int_equal(network_position(network, "accounts-1"), before + 1);
        struct visited out scoped(visited_fini) = visitor_ask(network_http_port(network, "gateway-1"), &session);
        assert_int_equal(out.status, 401);
        struct visited anew scoped(visited_fini) = visitor_ask(network_http_port(network, "gateway-1"), &other);
        assert_int_equal(anew.status, 401);
        session.token = visited_text(&again, "reply", "token");
        struct visited in scoped(visited_fini) = visitor_ask(network_http_port(network, "gateway-1"), &session);
        assert_int_equal(in.status, 200);
}

/* ---- from daemon to daemon: reactions */

static size_t told(void)
{
        say_as(network, "PRESCRIBER", PRESCRIBER, "31");
        size_t count = said_count(say("notifications.Inbox", "{'page': {'limit': 100}}"), "notices");
        say_as(network, "FACILITATOR", NULL, "31");
        return count;
}

static void declare_need(void)
{
        say_as(network, "FACILITATOR", NULL, "31");
        (void)say("contracts.DeclareNeed",
                  "{'obligationId': '%s', 'romeCode': 'F1606', 'title': 'Peintre', 'positions': 2, 'startsOn': '%s',"
                  " 'commune': '31555', 'modality': 'DIRECT_HIRE'}",
                  obligation, starts_on);
}

static void wait_until_followed(void)
{
        for (int waited_ms = 0;; waited_ms += LOOK_EVERY_MS) {
                struct network_following at = network_following(network, "notifications-1", "contracts-1");
                if (at.live && at.taken == head())
                        return;
                if (waited_ms >= WAIT_MS)
                        fail_msg("%llu of %llu taken in", (unsigned long long)at.taken, (unsigned long long)head());
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
}

/* What was published is lost, and so is the history that was asked for then. */
static void what_a_follower_is_told(void **state)
{
        (void)state;
        wait_until_followed();
        size_t before = told();
        cutter_mute(followers_feed);
        cutter_mute(followers_line);
        for (int i = 0; i < NEEDS_LOST; i++)
                declare_need();
        wait_until_lost(followers_feed);
        cutter_cut(followers_feed);
        wait_until_lost(followers_line);
        assert_int_equal(told(), before);
        cutter_cut(followers_line);
        wait_until_followed();
        assert_int_equal(told(), before + NEEDS_LOST);
}

/* The follower is killed when its effect is committed, and its source has heard nothing of that. */
static void a_killed_follower(void **state)
{
        (void)state;
        wait_until_followed();
        size_t before = told();
        uint64_t position = network_position(network, "notifications-1");
        for (size_t i = 1; i <= CRASHES; i++) {
                declare_need();
                while (network_position(network, "notifications-1") < position + i)
                        (void)poll(NULL, 0, 1);
                network_kill(network, "notifications-1", SIGKILL);
                network_restart(network, "notifications-1");
                wait_until_followed();
                assert_int_equal(network_position(network, "notifications-1"), position + i);
        }
        assert_int_equal(told(), before + CRASHES);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(the_daemons_answer_to_the_gateway),
                cmocka_unit_test(the_gateways_answer_to_the_client),
                cmocka_unit_test(a_killed_daemon),
                cmocka_unit_test(a_killed_gateway),
                cmocka_unit_test(the_daemons_answer_to_a_tool),
                cmocka_unit_test(the_answer_that_holds_ones_own_new_token),
                cmocka_unit_test(what_a_follower_is_told),
                cmocka_unit_test(a_killed_follower),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
