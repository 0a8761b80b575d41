/* One question over HTTP: what comes back, what is too much, and what is never done. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/arena.h"
#include "services/gateway/oidc/fetch.h"
#include "tests/unit/services/gateway/oidc/http_peer.h"

static uv_loop_t loop;
static struct peer peer;
static struct fetches *fetches;
static struct arena arena;
static unsigned calls;
static struct fetch_answer got;
static char said[FETCH_BODY_MAX + 1];

static int open_peer(void **state)
{
        (void)state;
        assert_int_equal(uv_loop_init(&loop), 0);
        peer_open(&peer);
        fetches = fetches_new(&loop);
        calls = 0;
        return 0;
}

static int close_peer(void **state)
{
        (void)state;
        fetches_free(fetches);
        assert_int_equal(uv_run(&loop, UV_RUN_DEFAULT), 0);
        assert_int_equal(uv_loop_close(&loop), 0);
        peer_close(&peer);
        arena_fini(&arena);
        return 0;
}

static void on_done(void *argument, const struct fetch_answer *answer)
{
        (void)argument;
        calls++;
        got = *answer;
        memcpy(said, answer->body.data, answer->body.size);
        said[answer->body.size] = '\0';
}

static char *address(const char *path)
{
        return arena_printf(&arena, "http://127.0.0.1:%u%s", peer.port, path);
}

static void ask(const struct fetch_request *request)
{
        unsigned before = calls;
        assert_true(fetch(fetches, request, on_done, NULL));
        assert_int_equal(calls, before); /* later */
        assert_int_equal(uv_run(&loop, UV_RUN_DEFAULT), 0);
        assert_int_equal(calls, before + 1);
}

static void get(const char *path)
{
        const struct fetch_request request = {.address = address(path)};
        ask(&request);
}

static void asked_and_answered(void **state)
{
        (void)state;
        peer_say(&peer, "/a", "200 OK", "Content-Type: Application/JSON; charset=utf-8\r\n", "{\"a\":1}");
        get("/a");
        assert_int_equal(got.outcome, FETCH_ANSWERED);
        assert_int_equal(got.status, 200);
        assert_string_equal(got.type, "application/json");
        assert_string_equal(said, "{\"a\":1}");
        get("/none");
        assert_int_equal(got.outcome, FETCH_ANSWERED);
        assert_int_equal(got.status, 404);
        assert_string_equal(got.type, "");
}

static void posted_with_who_asks(void **state)
{
        (void)state;
        peer_say(&peer, "/t", "200 OK", "", "{}");
        const struct fetch_request basic = {
                .address = address("/t"), .form = "a=b", .user = "me", .password = "s3cret"};
        ask(&basic);
        const char *request = peer_path(&peer, "/t")->request;
        assert_non_null(strstr(request, "POST /t HTTP/1.1\r\n"));
        assert_non_null(strstr(request, "Authorization: Basic bWU6czNjcmV0\r\n"));
        assert_non_null(strstr(request, "Content-Type: application/x-www-form-urlencoded\r\n"));
        assert_non_null(strstr(request, "\r\n\r\na=b"));
        const struct fetch_request bearer = {.address = address("/t"), .bearer = "abc"};
        ask(&bearer);
        assert_non_null(strstr(request, "GET /t HTTP/1.1\r\n"));
        assert_non_null(strstr(request, "Authorization: Bearer abc\r\n"));
}

static void nobody_is_followed(void **state)
{
        (void)state;
        peer_say(&peer, "/there", "200 OK", "", "secret");
        peer_say(&peer, "/here", "302 Found", arena_printf(&arena, "Location: %s\r\n", address("/there")), "");
        get("/here");
        assert_int_equal(got.status, 302);
        assert_int_equal(peer_asked(&peer, "/there"), 0);
}

static void only_so_much(void **state)
{
        static char body[FETCH_BODY_MAX + 1];
        (void)state;
        memset(body, ' ', sizeof(body));
        peer_say(&peer, "/b", "200 OK", "", body);
        peer_path(&peer, "/b")->body_size = FETCH_BODY_MAX;
        get("/b");
        assert_int_equal(got.outcome, FETCH_ANSWERED);
        assert_int_equal(got.body.size, FETCH_BODY_MAX);
        peer_path(&peer, "/b")->body_size = FETCH_BODY_MAX + 1;
        get("/b");
        assert_int_equal(got.outcome, FETCH_TOO_LARGE);
}

static void nobody_there(void **state)
{
        const struct fetch_request away = {.address = "http://127.0.0.1:1/"};
        const struct fetch_request file = {.address = "file:///etc/passwd"};
        (void)state;
        ask(&away);
        assert_int_equal(got.outcome, FETCH_SILENT);
        ask(&file);
        assert_int_equal(got.outcome, FETCH_SILENT);
}

/* So many at once, so many behind them; and the end does not wait for who is silent. */
static void bounded_and_broken_off(void **state)
{
        (void)state;
        peer_say(&peer, "/silent", NULL, "", "");
        const struct fetch_request silent = {.address = address("/silent")};
        for (unsigned i = 0; i < FETCH_AT_ONCE + FETCH_WAITING_MAX; i++)
                assert_true(fetch(fetches, &silent, on_done, NULL));
        assert_false(fetch(fetches, &silent, on_done, NULL));
        while (peer_asked(&peer, "/silent") < FETCH_AT_ONCE)
                (void)sched_yield();
        uint64_t begun = uv_hrtime();
        fetches_free(fetches);
        fetches = NULL;
        assert_int_equal(uv_run(&loop, UV_RUN_DEFAULT), 0);
        assert_int_equal(calls, 0);
        assert_int_equal(peer_asked(&peer, "/silent"), FETCH_AT_ONCE);
        assert_true((uv_hrtime() - begun) / 1000000 < FETCH_TIMEOUT_MS);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(asked_and_answered, open_peer, close_peer),
                cmocka_unit_test_setup_teardown(posted_with_who_asks, open_peer, close_peer),
                cmocka_unit_test_setup_teardown(nobody_is_followed, open_peer, close_peer),
                cmocka_unit_test_setup_teardown(only_so_much, open_peer, close_peer),
                cmocka_unit_test_setup_teardown(nobody_there, open_peer, close_peer),
                cmocka_unit_test_setup_teardown(bounded_and_broken_off, open_peer, close_peer),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
