#include "tests/unit/common/bus/fixture.h"

#include "common/base/limits.h"
#include "common/bus/client.h"
#include "common/codec/pb.h"

enum server_mood { ANSWERS, TWICE, SILENT, ANOTHER_TAG, GARBAGE, BACKWARDS, TOO_MUCH };

struct server {
        struct bus_socket *router;
        enum server_mood mood;
        size_t asked;
        uint32_t last; /* of the numbers that ids begin with */
        bool out_of_order;
        struct slice held; /* BACKWARDS: the first of two answers, sent after the second; from libc */
};

struct caller {
        size_t answered;
        size_t timeouts;
        char last[32];
        struct client *client; /* asks again from the callback, once */
        const struct client_target *target;
        struct fixture *f;
};

static uint32_t ids;

static void serve(void *argument, struct slice peer, struct slice frame)
{
        struct server *server = argument;
        struct arena arena scoped(arena_fini) = {0};
        const Wire__Envelope *envelope = pb_decode(&wire__envelope__descriptor, frame, &arena);
        Wire__Reply reply = WIRE__REPLY__INIT;
        assert_non_null(envelope);
        server->asked++;
        uint32_t number;
        memcpy(&number, envelope->id.data, sizeof(number));
        server->out_of_order = server->out_of_order || number < server->last;
        server->last = number;
        reply.id = envelope->id;
        reply.tag = envelope->tag;
        reply.outcome_case = WIRE__REPLY__OUTCOME_BODY;
        reply.body = pb_bytes(slice_of_text(envelope->method));
        if (server->mood == SILENT)
                return;
        if (server->mood == ANOTHER_TAG)
                reply.tag ^= 1;
        if (server->mood == TOO_MUCH)
                reply.body = pb_bytes(slice_of(arena_zalloc(&arena, LIMIT_FRAME_BYTES), LIMIT_FRAME_BYTES));
        struct slice bytes = server->mood == GARBAGE ? slice_of_text("\377\377") : pb_encode(&reply, &arena);
        if (server->mood == BACKWARDS && server->held.size == 0) {
                server->held = slice_of(memcpy(malloc(bytes.size), bytes.data, bytes.size), bytes.size);
                return;
        }
        for (int i = 0; i < (server->mood == TWICE ? 2 : 1); i++)
                (void)bus_send(server->router, peer, bytes);
        if (server->held.size == 0)
                return;
        (void)bus_send(server->router, peer, server->held);
        free((void *)(uintptr_t)server->held.data);
        server->held = slice_of(NULL, 0);
}

static void on_answer(void *argument, int err, const Wire__Reply *reply, struct arena *arena);

/* tidy: many because a question is said in one line */
static void ask_as(struct client *client, const struct client_target *target, uint32_t number, const char *method,
                   uint32_t timeout_ms, struct caller *caller)
{
        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;
        struct id id = {{0}};
        memcpy(id.b, &number, sizeof(number));
        envelope.version = 1;
        envelope.method = (char *)(uintptr_t)method;
        envelope.id = pb_bytes(id_slice(&id));
        client_ask(client, target, &envelope, timeout_ms, on_answer, caller);
}

static void ask(struct client *client, const struct client_target *target, const char *method, uint32_t timeout_ms,
                struct caller *caller)
{
        ask_as(client, target, ++ids, method, timeout_ms, caller);
}

static void on_answer(void *argument, int err, const Wire__Reply *reply, struct arena *arena)
{
        struct caller *caller = argument;
        (void)arena;
        caller->answered++;
        if (err != 0) {
                assert_int_equal(err, ERR_TIMEOUT);
                assert_null(reply);
                caller->timeouts++;
        } else {
                (void)snprintf(caller->last, sizeof(caller->last), "%.*s", (int)reply->body.len,
                               (const char *)reply->body.data);
        }
        struct client *again = caller->client;
        caller->client = NULL;
        if (again != NULL)
                ask(again, caller->target, "encore", PATIENCE_MS, caller);
}

/* A client and a server that answers in its mood; closed by done(). */
struct scene {
        struct server server;
        struct caller caller;
        struct client *client;
        struct client_target target;
};

static void begin(struct fixture *f, struct scene *scene, enum server_mood mood)
{
        *scene = (struct scene){.server.mood = mood};
        scene->server.router = fixture_open(f, f->server, BUS_ROUTER, serve, &scene->server);
        scene->client = client_new(f->client);
        scene->target = (struct client_target){"toy-1", f->endpoints[0], f->server_keys.public_key};
}

static void ask_all(struct fixture *f, struct scene *scene, size_t count)
{
        begin(f, scene, ANSWERS);
        for (size_t i = 0; i < count; i++)
                ask(scene->client, &scene->target, "toy.Ask", PATIENCE_MS, &scene->caller);
        fixture_until(f, &scene->caller.answered, count);
        assert_int_equal(scene->caller.timeouts, 0);
        assert_int_equal(scene->server.asked, count);
        client_free(scene->client);
}

static void each_request_is_answered_once(void **state)
{
        struct scene s;
        ask_all(*state, &s, 1000);
        assert_string_equal(s.caller.last, "toy.Ask");
}

static void more_than_a_line_takes_leave_in_their_order(void **state)
{
        struct scene s;
        ask_all(*state, &s, 8000);
        assert_false(s.server.out_of_order);
}

static void a_second_reply_to_the_same_request_is_nobodys(void **state)
{
        struct fixture *f = *state;
        struct scene s;
        begin(f, &s, TWICE);
        ask(s.client, &s.target, "toy.Ask", PATIENCE_MS, &s.caller);
        fixture_until(f, &s.caller.answered, 1);
        assert_false(fixture_within(f, &s.caller.answered, 2, 150));
        client_free(s.client);
}

static void what_is_not_answered_in_time_is_told_so(void **state)
{
        static const enum server_mood moods[] = {SILENT, ANOTHER_TAG, GARBAGE};
        struct fixture *f = *state;
        struct scene s;
        begin(f, &s, SILENT);
        for (size_t i = 0; i < ARRAY_SIZE(moods); i++) {
                s.server.mood = moods[i];
                ask(s.client, &s.target, "toy.Ask", 100, &s.caller);
                ask(s.client, &s.target, "toy.Ask", 200, &s.caller);
                fixture_until(f, &s.caller.answered, 2 * (i + 1));
                assert_int_equal(s.caller.timeouts, 2 * (i + 1));
        }
        client_free(s.client);
}

static void a_daemon_that_is_down_is_a_timeout_and_comes_back(void **state)
{
        struct fixture *f = *state;
        struct caller caller = {0};
        struct client *client = client_new(f->client);
        struct client_target target = {"toy-1", f->endpoints[0], f->server_keys.public_key};
        ask(client, &target, "toy.Ask", 100, &caller);
        fixture_until(f, &caller.answered, 1);
        assert_int_equal(caller.timeouts, 1);

        struct server server = {.mood = ANSWERS};
        server.router = fixture_open(f, f->server, BUS_ROUTER, serve, &server);
        ask(client, &target, "toy.Ask", PATIENCE_MS, &caller);
        fixture_until(f, &caller.answered, 2);
        assert_int_equal(caller.timeouts, 1);
        client_free(client);
}

/* A command that is asked by two ways at the same time: one may be told "another content", and must not be told "done".
 */
static void two_requests_with_one_id_keep_their_answers(void **state)
{
        struct fixture *f = *state;
        struct scene s;
        struct caller other = {0};
        begin(f, &s, BACKWARDS);
        ask_as(s.client, &s.target, 7, "toy.First", PATIENCE_MS, &s.caller);
        ask_as(s.client, &s.target, 7, "toy.Second", PATIENCE_MS, &other);
        fixture_until(f, &s.caller.answered, 1);
        fixture_until(f, &other.answered, 1);
        assert_string_equal(s.caller.last, "toy.First");
        assert_string_equal(other.last, "toy.Second");
        client_free(s.client);
}

/* ZeroMQ gives up the connection of whoever sends a frame over the bound; it must not stay given up. */
static void a_line_that_went_silent_is_opened_again(void **state)
{
        struct fixture *f = *state;
        struct scene s;
        begin(f, &s, TOO_MUCH);
        ask(s.client, &s.target, "toy.Ask", 300, &s.caller);
        fixture_until(f, &s.caller.answered, 1);
        assert_int_equal(s.caller.timeouts, 1);
        s.server.mood = ANSWERS;
        ask(s.client, &s.target, "toy.Ask", PATIENCE_MS, &s.caller);
        fixture_until(f, &s.caller.answered, 2);
        assert_int_equal(s.caller.timeouts, 1);
        client_free(s.client);
}

static void requests_to_a_daemon_that_is_down_do_not_pile_up(void **state)
{
        struct fixture *f = *state;
        struct caller caller = {0};
        struct client *client = client_new(f->client);
        struct client_target target = {"toy-1", f->endpoints[0], f->server_keys.public_key};
        for (int i = 0; i < 5000; i++)
                ask(client, &target, "toy.Late", 100, &caller);
        fixture_until(f, &caller.answered, 5000);
        assert_int_equal(caller.timeouts, 5000);

        ask(client, &target, "toy.Patient", PATIENCE_MS, &caller); /* waits until it is there */
        struct server server = {.mood = ANSWERS};
        server.router = fixture_open(f, f->server, BUS_ROUTER, serve, &server);
        fixture_until(f, &caller.answered, 5001);
        assert_string_equal(caller.last, "toy.Patient");
        assert_int_equal(server.asked, 1);
        client_free(client);
}

static void an_answer_may_ask_again(void **state)
{
        struct fixture *f = *state;
        struct scene s;
        begin(f, &s, ANSWERS);
        s.caller.client = s.client;
        s.caller.target = &s.target;
        ask(s.client, &s.target, "toy.Ask", PATIENCE_MS, &s.caller);
        fixture_until(f, &s.caller.answered, 2);
        assert_string_equal(s.caller.last, "encore");

        s.server.mood = SILENT; /* and so may a timeout */
        s.caller.client = s.client;
        ask(s.client, &s.target, "toy.Ask", 100, &s.caller);
        fixture_until(f, &s.caller.answered, 3);
        s.server.mood = ANSWERS;
        ask(s.client, &s.target, "toy.Last", PATIENCE_MS, &s.caller);
        fixture_until(f, &s.caller.answered, 4);
        client_free(s.client);
}

static void an_endpoint_that_cannot_be_is_a_timeout(void **state)
{
        struct fixture *f = *state;
        struct caller caller = {0};
        struct client *client = client_new(f->client);
        struct client_target target = {"toy-1", "nonsense", f->server_keys.public_key};
        ask(client, &target, "toy.Ask", 60, &caller);
        fixture_until(f, &caller.answered, 1);
        assert_int_equal(caller.timeouts, 1);
        client_free(client);
}

static void a_client_that_ends_forgets_without_a_call(void **state)
{
        struct fixture *f = *state;
        struct scene s;
        begin(f, &s, SILENT);
        for (int i = 0; i < 10; i++)
                ask(s.client, &s.target, "toy.Ask", 50, &s.caller);
        client_free(s.client);
        client_free(NULL);
        assert_false(fixture_within(f, &s.caller.answered, 1, 200));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(each_request_is_answered_once),
                TEST(more_than_a_line_takes_leave_in_their_order),
                TEST(a_second_reply_to_the_same_request_is_nobodys),
                TEST(what_is_not_answered_in_time_is_told_so),
                TEST(a_daemon_that_is_down_is_a_timeout_and_comes_back),
                TEST(two_requests_with_one_id_keep_their_answers),
                TEST(a_line_that_went_silent_is_opened_again),
                TEST(requests_to_a_daemon_that_is_down_do_not_pile_up),
                TEST(an_answer_may_ask_again),
                TEST(an_endpoint_that_cannot_be_is_a_timeout),
                TEST(a_client_that_ends_forgets_without_a_call),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
