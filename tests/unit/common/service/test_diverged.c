/* A source whose store was put back from another moment: fewer events than were taken in, or others under the same
 * numbers. Its follower must notice, say so, and take nothing more. */
#include "tests/unit/common/bus/fixture.h"
#include "tests/unit/common/service/toy.h"

#include "common/service/feed.h"

enum { TAKEN = 5 };
static const char NAME[] = "notifications-1";

struct room {
        struct fixture *bus;
        struct toy *source, *other, *follower; /* `other`: the source, after somebody put a store back */
        struct toy *answers;
        struct bus_socket *router, *publisher;
        struct client *client;
        struct writer *writer;
        struct feed *feed;
        size_t asked, done;
};

/* --- without a network --- */

static bool follow(struct room *r, struct toy *source, uint64_t after)
{
        struct slice batch = engine_events_after(source->engine, after, 1 << 20, &r->follower->arena);
        struct item *item =
                engine_accept_events(r->follower->engine, &toy_subscriptions_of[0], NAME, batch, &r->follower->info);
        assert_non_null(item);
        assert_int_equal(engine_run(r->follower->engine, item, &r->follower->info), 0);
        bool diverged = item->diverged;
        assert_int_equal(item->taken, engine_source_position(r->follower->engine, NAME));
        item_free(r->follower->engine, &item);
        return diverged;
}

static int room_open(void **state)
{
        struct room *r = calloc(1, sizeof(*r));
        void *bus = NULL;
        assert_non_null(r);
        assert_int_equal(setup(&bus), 0);
        r->bus = bus;
        r->source = toy_open(&toy_source);
        r->other = toy_open(&toy_source);
        r->follower = toy_open(&toy_follower);
        toy_tell(r->source, TAKEN);
        assert_false(follow(r, r->source, 0));
        *state = r;
        return 0;
}

static int room_close(void **state)
{
        struct room *r = *state;
        void *bus = r->bus;
        if (r->feed != NULL) {
                feed_close(r->feed);
                writer_finish(r->writer);
                client_free(r->client);
        }
        assert_int_equal(teardown(&bus), 0);
        toy_close(r->source);
        toy_close(r->other);
        toy_close(r->follower);
        free(r);
        return 0;
}

static void what_follows_is_taken_in(void **state)
{
        struct room *r = *state;
        toy_tell(r->source, 3);
        assert_false(follow(r, r->source, TAKEN - 2)); /* two of them are known already */
        assert_int_equal(engine_source_position(r->follower->engine, NAME), TAKEN + 3);
}

static void another_history_under_the_same_numbers_is_not(void **state)
{
        struct room *r = *state;
        toy_tell(r->other, TAKEN + 3);
        assert_true(follow(r, r->other, TAKEN));
        assert_true(follow(r, r->other, 0));
        assert_int_equal(engine_source_position(r->follower->engine, NAME), TAKEN);
}

static uint64_t differences(struct room *r, struct toy *source)
{
        struct verify_report report = {0};
        struct verify_source one = {NAME, "notifications", engine_store(source->engine)};
        assert_int_equal(engine_verify(r->follower->engine, &one, 1, &report, &r->follower->info), 0);
        return report.differences;
}

static void verify_tells_a_position_that_is_not_in_its_sources_log(void **state)
{
        struct room *r = *state;
        assert_int_equal(differences(r, r->source), 0);
        toy_tell(r->other, TAKEN); /* the rows are the same, the history is not */
        assert_int_equal(differences(r, r->other), 1);
        assert_non_null(strstr(r->follower->info.text, "positions"));
}

static void verify_tells_a_position_past_the_end_of_its_sources_log(void **state)
{
        struct room *r = *state;
        toy_tell(r->other, TAKEN - 1);
        assert_true(differences(r, r->other) > 0);
        assert_non_null(strstr(r->follower->info.text, "past the end"));
}

/* --- over the network --- */

static void on_request(void *argument, struct slice peer, struct slice frame)
{
        struct room *r = argument;
        struct arena arena scoped(arena_fini) = {0};
        struct slice reply;
        assert_null(engine_accept(r->answers->engine, peer, frame, &arena, &reply));
        assert_int_equal(bus_send(r->router, peer, reply), 0);
        r->asked++;
}

static void on_written(void *argument, struct item *items)
{
        struct room *r = argument;
        while (items != NULL) {
                struct item *item = items;
                items = item->next;
                feed_done(r->feed, item);
                item_free(r->follower->engine, &item);
                r->done++;
        }
}

static void open_feed(struct room *r, struct toy *answers)
{
        static struct instance source;
        r->answers = answers;
        source = (struct instance){.name = NAME,
                                   .service = "notifications",
                                   .endpoint = r->bus->endpoints[0],
                                   .events = r->bus->endpoints[1],
                                   .public_key = r->bus->server_keys.public_key};
        struct bus_socket_spec router = {
                .kind = BUS_ROUTER, .endpoint = source.endpoint, .receive = on_request, .argument = r};
        struct bus_socket_spec publisher = {.kind = BUS_PUBLISHER, .endpoint = source.events};
        r->router = bus_open(r->bus->server, &router, &r->bus->info);
        r->publisher = bus_open(r->bus->server, &publisher, &r->bus->info);
        assert_non_null(r->router);
        assert_non_null(r->publisher);
        r->client = client_new(r->bus->client);
        r->writer = writer_new(r->follower->engine, &r->bus->loop, on_written, r);
        struct feed_spec spec = {.engine = r->follower->engine,
                                 .writer = r->writer,
                                 .bus = r->bus->client,
                                 .client = r->client,
                                 .subscription = &toy_subscriptions_of[0],
                                 .source = &source};
        r->feed = feed_open(&spec, &r->bus->info);
        assert_non_null(r->feed);
}

/* Long enough for the timer that asks again (half a second) to have come round. */
static void nothing_more_is_asked(struct room *r)
{
        size_t asked = r->asked;
        assert_false(fixture_within(r->bus, &r->asked, asked + 1, 1200));
        assert_int_equal(engine_source_position(r->follower->engine, NAME), TAKEN);
}

static void a_source_that_has_less_than_it_told_is_noticed(void **state)
{
        struct room *r = *state;
        toy_tell(r->other, TAKEN - 2);
        open_feed(r, r->other);
        fixture_until(r->bus, &r->asked, 1);
        nothing_more_is_asked(r);
        assert_true(feed_state(r->feed).diverged);
        assert_false(feed_state(r->feed).live);
}

static void a_source_that_tells_otherwise_is_noticed(void **state)
{
        struct room *r = *state;
        toy_tell(r->other, TAKEN + 2);
        open_feed(r, r->other);
        fixture_until(r->bus, &r->done, 1);
        nothing_more_is_asked(r);
        assert_true(feed_state(r->feed).diverged);
}

static void a_source_that_tells_as_many_others_is_noticed_at_once(void **state)
{
        struct room *r = *state;
        toy_tell(r->other, TAKEN);
        open_feed(r, r->other);
        fixture_until(r->bus, &r->asked, 1);
        nothing_more_is_asked(r);
        assert_true(feed_state(r->feed).diverged);
        assert_false(feed_state(r->feed).live);
}

/* Put back while it was being followed, with as many events: the next heartbeat tells by its hash. */
static void a_heartbeat_of_another_history_is_noticed(void **state)
{
        struct room *r = *state;
        struct arena arena scoped(arena_fini) = {0};
        open_feed(r, r->source);
        fixture_until(r->bus, &r->asked, 1);
        toy_tell(r->other, TAKEN);
        struct slice heartbeat = engine_events_after(r->other->engine, TAKEN, 0, &arena);
        size_t never = 0;
        for (int i = 0; i < 100 && !feed_state(r->feed).diverged; i++) { /* until the subscription has arrived */
                assert_int_equal(bus_send(r->publisher, slice_of(NULL, 0), heartbeat), 0);
                (void)fixture_within(r->bus, &never, 1, 50);
        }
        assert_true(feed_state(r->feed).diverged);
        assert_int_equal(engine_source_position(r->follower->engine, NAME), TAKEN);
}

/* Put back while it was being followed: the next heartbeat says a lower number. */
static void a_heartbeat_that_is_behind_makes_it_ask(void **state)
{
        struct room *r = *state;
        open_feed(r, r->source);
        fixture_until(r->bus, &r->asked, 1);
        struct slice heartbeat = slice_of("\10\2", 2);
        toy_tell(r->other, 2);
        r->answers = r->other;
        size_t asked = r->asked;
        for (int i = 0; i < 100 && r->asked == asked; i++) { /* until the subscription has arrived */
                assert_int_equal(bus_send(r->publisher, slice_of(NULL, 0), heartbeat), 0);
                (void)fixture_within(r->bus, &r->asked, asked + 1, 50);
        }
        nothing_more_is_asked(r);
        assert_true(feed_state(r->feed).diverged);
}

static void a_source_that_goes_on_is_followed(void **state)
{
        struct room *r = *state;
        toy_tell(r->source, 2);
        open_feed(r, r->source);
        fixture_until(r->bus, &r->done, 1);
        assert_int_equal(feed_state(r->feed).position, TAKEN + 2);
        assert_false(feed_state(r->feed).diverged);
        assert_true(feed_state(r->feed).live);
}

#define ROOM(name) cmocka_unit_test_setup_teardown(name, room_open, room_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                ROOM(what_follows_is_taken_in),
                ROOM(another_history_under_the_same_numbers_is_not),
                ROOM(verify_tells_a_position_that_is_not_in_its_sources_log),
                ROOM(verify_tells_a_position_past_the_end_of_its_sources_log),
                ROOM(a_source_that_has_less_than_it_told_is_noticed),
                ROOM(a_source_that_tells_otherwise_is_noticed),
                ROOM(a_source_that_tells_as_many_others_is_noticed_at_once),
                ROOM(a_heartbeat_of_another_history_is_noticed),
                ROOM(a_heartbeat_that_is_behind_makes_it_ask),
                ROOM(a_source_that_goes_on_is_followed),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
