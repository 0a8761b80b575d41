#include "tests/unit/common/bus/fixture.h"

#include <sys/resource.h>

#include "common/base/limits.h"

/* What a socket's receive function saw. */
struct ear {
        size_t count;
        size_t bytes;
        size_t wrong;                 /* frames out of their order */
        struct bus_socket *answer_on; /* NULL: it only listens */
        struct bus_socket *close_at_first;
        char last[64];
};

static void hear(void *argument, struct slice peer, struct slice frame)
{
        struct ear *ear = argument;
        char number[32];
        (void)snprintf(number, sizeof(number), "%zu", ear->count);
        ear->wrong += frame.size < 32 && !slice_equal(frame, slice_of_text(number));
        ear->count++;
        ear->bytes += frame.size;
        (void)snprintf(ear->last, sizeof(ear->last), "%.*s", (int)(frame.size < 60 ? frame.size : 60),
                       (const char *)frame.data);
        if (ear->answer_on != NULL)
                assert_int_equal(bus_send(ear->answer_on, peer, frame), 0);
        if (ear->close_at_first != NULL) {
                bus_close(ear->close_at_first);
                bus_close(ear->close_at_first); /* twice is no harm, as long as the loop has not forgotten it */
        }
}

/* A dealer takes nothing before it is connected, nor more than its bound: it is asked again. */
static void send_frame(struct fixture *f, struct bus_socket *socket, struct slice frame)
{
        static const size_t never;
        int tries = 0;
        while (bus_send(socket, slice_of(NULL, 0), frame) != 0) {
                assert_true(tries++ < 1000);
                (void)fixture_within(f, &never, 1, 10);
        }
}

static void send_numbers(struct fixture *f, struct bus_socket *socket, size_t from, size_t to)
{
        char number[32];
        for (size_t i = from; i < to; i++) {
                (void)snprintf(number, sizeof(number), "%zu", i);
                send_frame(f, socket, slice_of_text(number));
        }
}

/* More than one wake-up's worth in one go: an edge-triggered descriptor must lose none of them. */
static void every_frame_comes_and_goes_back_in_order(void **state)
{
        enum { FRAMES = 10 * LIMIT_FRAMES_PER_WAKEUP + 7 };
        struct fixture *f = *state;
        struct ear server = {0}, client = {0};
        server.answer_on = fixture_open(f, f->server, BUS_ROUTER, hear, &server);
        struct bus_socket *dealer = fixture_open(f, f->client, BUS_DEALER, hear, &client);
        send_numbers(f, dealer, 0, FRAMES);
        fixture_until(f, &client.count, FRAMES);
        assert_int_equal(server.count, FRAMES);
        assert_int_equal(server.wrong + client.wrong, 0);
        assert_int_equal(bus_turned_away(f->server), 0);
}

static void one_frame_at_a_time_is_not_lost_either(void **state)
{
        struct fixture *f = *state;
        struct ear server = {0}, client = {0};
        server.answer_on = fixture_open(f, f->server, BUS_ROUTER, hear, &server);
        struct bus_socket *dealer = fixture_open(f, f->client, BUS_DEALER, hear, &client);
        for (size_t i = 0; i < 200; i++) {
                send_numbers(f, dealer, i, i + 1);
                fixture_until(f, &client.count, i + 1);
        }
        assert_int_equal(client.wrong, 0);
}

static void what_is_published_reaches_every_subscriber(void **state)
{
        struct fixture *f = *state;
        struct ear one = {0}, other = {0};
        struct bus_socket *publisher = fixture_open(f, f->server, BUS_PUBLISHER, NULL, NULL);
        (void)fixture_open(f, f->client, BUS_SUBSCRIBER, hear, &one);
        (void)fixture_open(f, f->client, BUS_SUBSCRIBER, hear, &other);
        /* Subscribing takes a moment, and what is published before is nobody's: publish until both have heard. */
        for (int i = 0; i < 500 && (one.count == 0 || other.count == 0); i++) {
                static const size_t never;
                assert_int_equal(bus_send(publisher, slice_of(NULL, 0), slice_of_text("0")), 0);
                (void)fixture_within(f, &never, 1, 10);
        }
        assert_true(one.count > 0 && other.count > 0);
        assert_string_equal(one.last, "0");
}

static void told(void *argument)
{
        (*(size_t *)argument)++;
}

/* No timer asks: without being told, a first frame would wait for the next tick of whoever keeps it. */
static void a_socket_tells_when_it_takes_frames(void **state)
{
        struct fixture *f = *state;
        struct ear server = {0};
        size_t writable = 0, taken = 0;
        struct bus_socket_spec spec = {.kind = BUS_DEALER,
                                       .endpoint = f->endpoints[0],
                                       .server_key = f->server_keys.public_key,
                                       .writable = told,
                                       .argument = &writable};
        struct bus_socket *dealer = bus_open(f->client, &spec, &f->info);
        struct slice frame = slice_of_text("0");
        assert_int_not_equal(bus_send(dealer, slice_of(NULL, 0), frame), 0);
        assert_false(fixture_within(f, &writable, 1, 50));
        (void)fixture_open(f, f->server, BUS_ROUTER, hear, &server);
        fixture_until(f, &writable, 1);

        while (bus_send(dealer, slice_of(NULL, 0), frame) == 0)
                taken++;
        assert_true(taken > 100);
        fixture_until(f, &writable, 2); /* the server has read some */
        assert_int_equal(bus_send(dealer, slice_of(NULL, 0), frame), 0);
}

static void a_stranger_is_turned_away_and_others_are_served(void **state)
{
        struct fixture *f = *state;
        struct ear server = {0}, client = {0}, foreign = {0};
        static const size_t never;
        server.answer_on = fixture_open(f, f->server, BUS_ROUTER, hear, &server);
        struct bus *strangers = fixture_bus(f, &f->stranger_keys);
        struct bus_socket *stranger = fixture_open(f, strangers, BUS_DEALER, hear, &foreign);
        assert_int_equal(bus_send(stranger, slice_of(NULL, 0), slice_of_text("0")), ERR_TRANSPORT);
        for (int i = 0; i < 100 && bus_turned_away(f->server) == 0; i++)
                (void)fixture_within(f, &never, 1, 20);
        assert_true(bus_turned_away(f->server) > 0);

        struct bus_socket *dealer = fixture_open(f, f->client, BUS_DEALER, hear, &client);
        send_numbers(f, dealer, 0, 5);
        fixture_until(f, &client.count, 5);
        assert_int_equal(server.count, 5); /* the client's only */
        assert_int_equal(server.wrong, 0);
        assert_int_equal(foreign.count, 0);
        bus_free(strangers);
}

static void a_client_that_expects_another_server_says_nothing_to_this_one(void **state)
{
        struct fixture *f = *state;
        struct ear server = {0}, client = {0};
        (void)fixture_open(f, f->server, BUS_ROUTER, hear, &server);
        struct bus_socket_spec spec = {.kind = BUS_DEALER,
                                       .endpoint = f->endpoints[0],
                                       .server_key = f->stranger_keys.public_key,
                                       .receive = hear,
                                       .argument = &client};
        struct bus_socket *dealer = bus_open(f->client, &spec, &f->info);
        assert_non_null(dealer);
        assert_false(fixture_within(f, &server.count, 1, 300));
        assert_int_equal(bus_send(dealer, slice_of(NULL, 0), slice_of_text("0")), ERR_TRANSPORT);
}

/* The one that sends too much loses its connection; the next frame goes over a new one. */
static void an_oversized_frame_is_not_read(void **state)
{
        struct fixture *f = *state;
        struct ear server = {0}, client = {0};
        server.answer_on = fixture_open(f, f->server, BUS_ROUTER, hear, &server);
        struct bus_socket *dealer = fixture_open(f, f->client, BUS_DEALER, hear, &client);
        uint8_t *large = calloc(1, LIMIT_FRAME_BYTES + 1);
        assert_non_null(large);
        send_numbers(f, dealer, 0, 1);
        fixture_until(f, &client.count, 1);
        assert_int_equal(bus_send(dealer, slice_of(NULL, 0), slice_of(large, LIMIT_FRAME_BYTES + 1)), 0);
        assert_false(fixture_within(f, &server.count, 2, 300));
        for (int i = 0; i < 50 && client.count < 2; i++) { /* a frame that left for the old connection is lost */
                (void)bus_send(dealer, slice_of(NULL, 0), slice_of_text("encore"));
                (void)fixture_within(f, &client.count, 2, 200);
        }
        assert_string_equal(client.last, "encore");
        free(large);
}

static void the_largest_frame_is_read(void **state)
{
        enum { LARGEST = LIMIT_FRAME_BYTES - 64 }; /* the bound is on what travels: CURVE adds its nonce and its tag */
        struct fixture *f = *state;
        struct ear server = {0};
        (void)fixture_open(f, f->server, BUS_ROUTER, hear, &server);
        struct bus_socket *dealer = fixture_open(f, f->client, BUS_DEALER, hear, NULL);
        uint8_t *large = calloc(1, LARGEST);
        assert_non_null(large);
        send_frame(f, dealer, slice_of(large, LARGEST));
        fixture_until(f, &server.count, 1);
        assert_int_equal(server.bytes, LARGEST);
        free(large);
}

static void a_peer_that_left_cannot_be_answered(void **state)
{
        struct fixture *f = *state;
        struct ear server = {0};
        struct bus_socket *router = fixture_open(f, f->server, BUS_ROUTER, hear, &server);
        assert_int_equal(bus_send(router, slice_of("nobod", 5), slice_of_text("x")), 0); /* ROUTER drops it */
        struct bus_socket *dealer = fixture_open(f, f->client, BUS_DEALER, hear, NULL);
        send_numbers(f, dealer, 0, 1);
        fixture_until(f, &server.count, 1);
}

static void a_socket_may_be_closed_from_its_own_callback(void **state)
{
        struct fixture *f = *state;
        struct ear server = {0};
        struct bus_socket *router = fixture_open(f, f->server, BUS_ROUTER, hear, &server);
        struct bus_socket *dealer = fixture_open(f, f->client, BUS_DEALER, hear, NULL);
        server.close_at_first = router;
        send_numbers(f, dealer, 0, 20);
        fixture_until(f, &server.count, 1);
        assert_false(fixture_within(f, &server.count, 2, 100));
}

/* Strangers may have all of them for a moment: the socket is asked for again later, and nothing falls. */
static void without_a_descriptor_there_is_no_socket(void **state)
{
        struct fixture *f = *state;
        struct rlimit before, none;
        struct err_info info = {0};
        struct bus_socket_spec spec = {
                .kind = BUS_DEALER, .endpoint = "tcp://127.0.0.1:1", .server_key = f->server_keys.public_key};
        assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
        none = (struct rlimit){3, before.rlim_max};
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
        struct bus_socket *socket = bus_open(f->client, &spec, &info);
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
        assert_null(socket);
        assert_int_equal(info.code, ERR_TRANSPORT);
}

static void an_endpoint_that_cannot_be_is_told(void **state)
{
        struct fixture *f = *state;
        const char *endpoint = "ipc:///there/is/no/such/directory";
        struct bus_socket_spec spec = {.kind = BUS_ROUTER, .endpoint = endpoint, .receive = hear};
        assert_null(bus_open(f->server, &spec, &f->info));
        assert_int_equal(f->info.code, ERR_TRANSPORT);
        assert_non_null(strstr(f->info.text, endpoint));
        spec = (struct bus_socket_spec){
                .kind = BUS_DEALER, .endpoint = "nonsense", .server_key = f->server_keys.public_key, .receive = hear};
        assert_null(bus_open(f->client, &spec, &f->info));
        assert_non_null(strstr(f->info.text, "cannot connect to nonsense"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(every_frame_comes_and_goes_back_in_order),
                TEST(one_frame_at_a_time_is_not_lost_either),
                TEST(what_is_published_reaches_every_subscriber),
                TEST(a_socket_tells_when_it_takes_frames),
                TEST(a_stranger_is_turned_away_and_others_are_served),
                TEST(a_client_that_expects_another_server_says_nothing_to_this_one),
                TEST(an_oversized_frame_is_not_read),
                TEST(the_largest_frame_is_read),
                TEST(a_peer_that_left_cannot_be_answered),
                TEST(a_socket_may_be_closed_from_its_own_callback),
                TEST(without_a_descriptor_there_is_no_socket),
                TEST(an_endpoint_that_cannot_be_is_told),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
