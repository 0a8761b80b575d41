/* Two gateways and one daemon of accounts: what one lets in the other does too; where the line to accounts is cut, who
 * is known still comes in; what was ended is known everywhere a second later; a gateway that is lost is replaced by an
 * empty one. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "accounts/commands.pb-c.h"
#include "common/base/attr.h"
#include "common/base/local_time.h"
#include "tests/lib/cutter.h"
#include "tests/lib/visitor.h"

enum { LONG_MS = 60000, SOON_MS = 1000 };

static struct network *network;
static struct arena arena;
static struct cutter *line, *feed; /* from gateway-2 to accounts */

static int start(void **state)
{
        static const struct network_part parts[] = {
                {"directory-1", "directory", ""},
                {"accounts-1", "accounts", ""},
                {"gateway-1", "gateway", "\"settings\":{\"web\":\"tests/integration/web\"},"},
                {"gateway-2", "gateway",
                 "\"settings\":{\"web\":\"tests/integration/web\",\"command_timeout_ms\":300},"},
        };
        (void)state;
        network = network_start(parts, ARRAY_SIZE(parts));
        line = cutter_start(network_port(network, "accounts-1", NETWORK_ENDPOINT));
        feed = cutter_start(network_port(network, "accounts-1", NETWORK_EVENTS));
        network_kill(network, "gateway-2", SIGTERM);
        network_restart_by(network, "gateway-2",
                           network_topology_through(network, "accounts-1", cutter_port(line), cutter_port(feed)));
        return 0;
}

static int stop(void **state)
{
        (void)state;
        network_stop(&network);
        cutter_stop(&line);
        cutter_stop(&feed);
        arena_fini(&arena);
        return 0;
}

static struct visited ask(const char *gateway, const char *method, const char *path, const char *token,
                          const char *body)
{
        const struct visitor_request request = {.method = method, .path = path, .token = token, .body = body};
        return visitor_ask(network_http_port(network, gateway), &request);
}

static int status_of(const char *gateway, const char *token)
{
        struct visited visited scoped(visited_fini) = ask(gateway, "GET", "/v1/session", token, NULL);
        return visited.status;
}

/* Until the gateway answers so; in how many milliseconds. */
static uint64_t wait_for(const char *gateway, const char *token, int status)
{
        struct world world = world_real();
        uint64_t began_us = world.monotonic_us(&world), now_us = began_us;
        while (status_of(gateway, token) != status) {
                now_us = world.monotonic_us(&world);
                assert_true(now_us - began_us < LONG_MS * 1000ull);
                (void)poll(NULL, 0, 5);
        }
        return (now_us - began_us) / 1000;
}

static void make(const char *name, char token[VISITOR_TOKEN_SIZE])
{
        const struct visitor_account account = {name, TYPES__ROLE__BUYER, "31", true};
        visitor_create(network, &account, token);
}

static void end_account(const char *name)
{
        Accounts__RevokeUser command = ACCOUNTS__REVOKE_USER__INIT;
        struct answer answer = {0};
        command.name = arena_text(&arena, name);
        assert_int_equal(
                link_call(network_link(network), "accounts.RevokeUser", &command.base, NULL, &arena, &answer, NULL), 0);
        assert_non_null(answer.body);
}

static void both_know_the_same(void **state)
{
        (void)state;
        char marie[VISITOR_TOKEN_SIZE];
        make("marie", marie);
        assert_int_equal(status_of("gateway-1", marie), 200);
        assert_int_equal(status_of("gateway-2", marie), 200);
        end_account("marie");
        /* timings decide nothing here: that it comes is the test, when it does is told */
        uint64_t first_ms = wait_for("gateway-1", marie, 401), second_ms = wait_for("gateway-2", marie, 401);
        print_message("# a revocation is known after %u and %u ms\n", (unsigned)first_ms, (unsigned)second_ms);
}

/* Whether all her keys are told to have been used today, within the time that it takes to be told. */
static bool is_seen_used(const char *token)
{
        struct world world = world_real();
        char today[DAY_TEXT_SIZE];
        size_t used = 0, count = 1;
        day_format(local_day("", world.now_ms(&world)), today);
        for (int i = 0; used < count && i < LONG_MS / 20; i++) {
                struct visited mine scoped(visited_fini) = ask("gateway-1", "GET", "/v1/accounts/OwnKeys", token, NULL);
                json_t *keys = json_object_get(json_object_get(mine.json, "reply"), "keys");
                count = json_array_size(keys);
                used = 0;
                for (size_t k = 0; k < count; k++) {
                        const char *day = json_string_value(json_object_get(json_array_get(keys, k), "usedOn"));
                        used += day != NULL && strcmp(day, today) == 0;
                }
                (void)poll(NULL, 0, 20);
        }
        return used == 2;
}

/* A key that one gateway has just told opens the door of that one at once. */
static void what_was_answered_is_known(void **state)
{
        (void)state;
        char marie[VISITOR_TOKEN_SIZE];
        make("anne", marie);
        const char *body = "{\"label\":\"tableau\",\"scopes\":[\"directory:read\"]}";
        struct visited made scoped(visited_fini) = ask("gateway-1", "POST", "/v1/accounts/MakeProgramKey", marie, body);
        assert_int_equal(made.status, 200);
        const char *key = visited_text(&made, "reply", "token");
        assert_int_equal(status_of("gateway-1", key), 200);
        struct visited allowed scoped(visited_fini) = ask("gateway-1", "GET", "/v1/directory/CountsByKind", key, NULL);
        assert_int_equal(allowed.status, 200);
        struct visited beyond scoped(visited_fini) = ask("gateway-1", "GET", "/v1/accounts/OwnKeys", key, NULL);
        assert_int_equal(beyond.status, 403);
        assert_non_null(strstr(beyond.text, "accounts:read"));
        struct visited writes scoped(visited_fini) =
                ask("gateway-1", "POST", "/v1/directory/CloseOrganisation", key, "{}");
        assert_int_equal(writes.status, 403);

        assert_true(is_seen_used(marie));
        const char *id = visited_text(&made, "reply", "keyId");
        struct visited ended scoped(visited_fini) =
                ask("gateway-1", "POST", "/v1/accounts/EndKey", marie, arena_printf(&arena, "{\"keyId\":\"%s\"}", id));
        assert_int_equal(ended.status, 200);
        assert_int_equal(status_of("gateway-1", key), 401);
        assert_int_equal(status_of("gateway-1", marie), 200);
}

/* Cut off: who is known comes in and asks; what needs accounts is refused with what to do; nobody new is known. The
 * line back, what happened meanwhile is taken in. */
static void one_is_cut_off(void **state)
{
        (void)state;
        char known[VISITOR_TOKEN_SIZE], ended[VISITOR_TOKEN_SIZE];
        make("connue", known);
        make("partie", ended);
        cutter_mute(line);
        cutter_mute(feed);
        end_account("partie");
        assert_int_equal(status_of("gateway-2", known), 200);
        struct visited asked scoped(visited_fini) = ask("gateway-2", "GET", "/v1/directory/CountsByKind", known, NULL);
        assert_int_equal(asked.status, 200);
        struct visited made scoped(visited_fini) = ask("gateway-2", "POST", "/v1/accounts/MakeProgramKey", known,
                                                       "{\"label\":\"tableau\",\"scopes\":[\"directory:read\"]}");
        assert_int_equal(made.status, 504);
        (void)wait_for("gateway-1", ended, 401);

        cutter_cut(line);
        cutter_cut(feed);
        (void)wait_for("gateway-2", ended, 401);
        assert_int_equal(status_of("gateway-2", known), 200);
}

/* Its store is gone: it fills its copies again, and says meanwhile that it knows nobody yet. */
static void one_is_lost_and_replaced(void **state)
{
        (void)state;
        char marie[VISITOR_TOKEN_SIZE];
        make("rose", marie);
        network_kill(network, "gateway-1", SIGKILL);
        char *command = arena_printf(&arena, "rm -rf '%s/stores/gateway-1'", network_directory(network));
        assert_int_equal(system(command), 0);
        network_restart(network, "gateway-1");
        (void)wait_for("gateway-1", marie, 200);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(both_know_the_same),
                cmocka_unit_test(what_was_answered_is_known),
                cmocka_unit_test(one_is_cut_off),
                cmocka_unit_test(one_is_lost_and_replaced),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
