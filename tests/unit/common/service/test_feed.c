/* A feed between a source that the test plays and a store that a real writer thread writes. The source is an engine
 * behind two sockets; it can be down and lose what it publishes. */
#include "tests/unit/common/service/toy.h"

#include <zmq.h>

#include "common/bus/bus.h"
#include "common/bus/client.h"
#include "common/service/feed.h"
#include "common/service/topology.h"
#include "common/service/writer.h"

enum { PATIENCE_MS = 20000, KEY_TEXT = 41 };

struct scene {
        uv_loop_t loop;
        uv_timer_t patience;
        bool late;
        char directory[64], endpoint[96], events[96];
        char source_public[KEY_TEXT], source_secret[KEY_TEXT], own_public[KEY_TEXT], own_secret[KEY_TEXT];
        const char *allowed[1];
        struct instance instance;
        struct err_info info;
        /* the source's side */
        struct toy *source;
        struct bus *source_bus; /* NULL: down */
        struct bus_socket *router, *publisher;
        uint64_t published;
        size_t history_asked;
        /* the follower's side */
        struct toy *follower;
        struct bus *bus;
        struct client *client;
        struct writer *writer;
        struct feed *feed;
        size_t batches, failed;
};

/* --- the source -------------------------------------------------------------------------------------------------- */

static void on_request(void *argument, struct slice peer, struct slice frame)
{
        struct scene *scene = argument;
        struct arena arena scoped(arena_fini) = {0};
        struct slice reply;
        scene->history_asked++;
        assert_null(engine_accept(scene->source->engine, peer, frame, &arena, &reply));
        (void)bus_send(scene->router, peer, reply);
}

static void source_up(struct scene *scene)
{
        struct bus_keys keys = {scene->source_public, scene->source_secret};
        struct bus_socket_spec router = {
                .kind = BUS_ROUTER, .endpoint = scene->endpoint, .receive = on_request, .argument = scene};
        struct bus_socket_spec publisher = {.kind = BUS_PUBLISHER, .endpoint = scene->events};
        scene->source_bus = bus_new(&scene->loop, &keys, scene->allowed, 1, &scene->info);
        assert_non_null(scene->source_bus);
        scene->router = bus_open(scene->source_bus, &router, &scene->info);
        scene->publisher = bus_open(scene->source_bus, &publisher, &scene->info);
        assert_non_null(scene->router);
        assert_non_null(scene->publisher);
}

static void source_down(struct scene *scene)
{
        bus_free(scene->source_bus);
        scene->source_bus = NULL;
}

/* What the source told since it published last. */
static void publish(struct scene *scene)
{
        while (scene->published < engine_position(scene->source->engine)) {
                struct arena arena scoped(arena_fini) = {0};
                struct slice batch = engine_take_events(scene->source->engine, &scene->published, 0, &arena);
                (void)bus_send(scene->publisher, slice_of(NULL, 0), batch);
        }
}

static void heartbeat(struct scene *scene)
{
        struct arena arena scoped(arena_fini) = {0};
        Wire__EventBatch batch = WIRE__EVENT_BATCH__INIT;
        batch.head = engine_position(scene->source->engine);
        (void)bus_send(scene->publisher, slice_of(NULL, 0), pb_encode(&batch, &arena));
}

/* Told and never published: lost on the way. */
static void lose(struct scene *scene, size_t count)
{
        toy_tell(scene->source, count);
        scene->published = engine_position(scene->source->engine);
}

/* --- the follower ------------------------------------------------------------------------------------------------ */

static void on_done(void *argument, struct item *items)
{
        struct scene *scene = argument;
        while (items != NULL) {
                struct item *item = items;
                items = item->next;
                if (item->kind == ITEM_EVENTS) {
                        scene->batches++;
                        scene->failed += item->err != 0;
                        feed_done(scene->feed, item);
                }
                item_free(scene->follower->engine, &item);
        }
}

static void follower_up(struct scene *scene)
{
        uv_update_time(&scene->loop);
        struct bus_keys keys = {scene->own_public, scene->own_secret};
        scene->bus = bus_new(&scene->loop, &keys, scene->allowed, 1, &scene->info);
        assert_non_null(scene->bus);
        scene->client = client_new(scene->bus);
        scene->writer = writer_new(scene->follower->engine, &scene->loop, on_done, scene);
        struct feed_spec spec = {.engine = scene->follower->engine,
                                 .writer = scene->writer,
                                 .bus = scene->bus,
                                 .client = scene->client,
                                 .subscription = &toy_subscriptions_of[0],
                                 .source = &scene->instance};
        scene->feed = feed_open(&spec, &scene->info);
        assert_non_null(scene->feed);
        assert_string_equal(feed_source(scene->feed), "notifications-1");
}

static void follower_down(struct scene *scene)
{
        feed_close(scene->feed);
        writer_finish(scene->writer);
        client_free(scene->client);
        bus_free(scene->bus);
        scene->feed = NULL;
}

static int setup(void **state)
{
        struct scene *scene = calloc(1, sizeof(*scene));
        assert_non_null(scene);
        assert_int_equal(uv_loop_init(&scene->loop), 0);
        assert_int_equal(uv_timer_init(&scene->loop, &scene->patience), 0);
        scene->patience.data = scene;
        (void)snprintf(scene->directory, sizeof(scene->directory), "/tmp/guichet-test-feed-XXXXXX");
        assert_non_null(mkdtemp(scene->directory));
        (void)snprintf(scene->endpoint, sizeof(scene->endpoint), "ipc://%s/r", scene->directory);
        (void)snprintf(scene->events, sizeof(scene->events), "ipc://%s/p", scene->directory);
        assert_int_equal(zmq_curve_keypair(scene->source_public, scene->source_secret), 0);
        assert_int_equal(zmq_curve_keypair(scene->own_public, scene->own_secret), 0);
        scene->allowed[0] = scene->own_public;
        scene->instance = (struct instance){.name = "notifications-1",
                                            .service = "notifications",
                                            .endpoint = scene->endpoint,
                                            .events = scene->events,
                                            .public_key = scene->source_public};
        scene->source = toy_open(&toy_source);
        scene->follower = toy_open(&toy_follower);
        *state = scene;
        return 0;
}

static int teardown(void **state)
{
        struct scene *scene = *state;
        if (scene->feed != NULL)
                follower_down(scene);
        if (scene->source_bus != NULL)
                source_down(scene);
        uv_close((uv_handle_t *)&scene->patience, NULL);
        assert_int_equal(uv_run(&scene->loop, UV_RUN_DEFAULT), 0);
        assert_int_equal(uv_loop_close(&scene->loop), 0);
        toy_close(scene->source);
        toy_close(scene->follower);
        toy_remove(scene->directory);
        free(scene);
        return 0;
}

static void on_late(uv_timer_t *timer)
{
        ((struct scene *)timer->data)->late = true;
}

static void run_for(struct scene *scene, uint64_t ms)
{
        scene->late = false;
        uv_update_time(&scene->loop); /* the loop stood still while the source told */
        assert_int_equal(uv_timer_start(&scene->patience, on_late, ms, 0), 0);
        while (!scene->late)
                (void)uv_run(&scene->loop, UV_RUN_ONCE);
}

/* Runs until the follower holds all that the source has told, and proves that it is the same. */
static void until_caught_up(struct scene *scene)
{
        uint64_t head = engine_position(scene->source->engine);
        scene->late = false;
        uv_update_time(&scene->loop);
        assert_int_equal(uv_timer_start(&scene->patience, on_late, PATIENCE_MS, 0), 0);
        while (feed_state(scene->feed).position < head && !scene->late)
                (void)uv_run(&scene->loop, UV_RUN_ONCE);
        (void)uv_timer_stop(&scene->patience);
        assert_int_equal(feed_state(scene->feed).position, head);
        assert_int_equal(engine_source_position(scene->follower->engine, "notifications-1"), head);
        assert_int_equal(toy_rows(scene->follower), head);
        struct verify_report report;
        struct verify_source source = {"notifications-1", "notifications", engine_store(scene->source->engine)};
        assert_int_equal(engine_verify(scene->follower->engine, &source, 1, &report, &scene->info), 0);
        assert_int_equal(report.differences, 0);
}

static void history_comes_first_then_live(void **state)
{
        struct scene *scene = *state;
        toy_tell(scene->source, 300);
        scene->published = 300; /* before anybody listened */
        source_up(scene);
        follower_up(scene);
        until_caught_up(scene);
        assert_true(feed_state(scene->feed).live);
        for (int i = 0; i < 20; i++) {
                toy_tell(scene->source, 3);
                publish(scene);
                until_caught_up(scene);
        }
}

/* Some 5 MiB of history; an answer holds 1 MiB at most. */
static void history_larger_than_one_answer(void **state)
{
        struct scene *scene = *state;
        toy_tell_many(scene->source, 50000);
        source_up(scene);
        follower_up(scene);
        until_caught_up(scene);
        assert_in_range(scene->history_asked, 4, 20);
        assert_in_range(scene->batches, 4, 20);
}

static void a_source_that_is_down_at_the_start_is_asked_again(void **state)
{
        struct scene *scene = *state;
        toy_tell(scene->source, 5);
        follower_up(scene);
        run_for(scene, 300);
        assert_false(feed_state(scene->feed).live);
        assert_int_equal(feed_state(scene->feed).position, 0);
        source_up(scene);
        until_caught_up(scene);
}

/* A newer source, an older follower: it stops there, and loses nothing of it. */
static void an_event_of_an_unknown_kind_is_not_passed_over(void **state)
{
        struct scene *scene = *state;
        toy_tell(scene->source, 5);
        toy_tell_unknown(scene->source);
        toy_tell(scene->source, 2);
        source_up(scene);
        follower_up(scene);
        scene->late = false;
        assert_int_equal(uv_timer_start(&scene->patience, on_late, PATIENCE_MS, 0), 0);
        while (!feed_state(scene->feed).outdated && !scene->late)
                (void)uv_run(&scene->loop, UV_RUN_ONCE);
        (void)uv_timer_stop(&scene->patience);
        assert_true(feed_state(scene->feed).outdated);
        assert_false(feed_state(scene->feed).live);
        size_t asked = scene->history_asked;
        toy_tell(scene->source, 1);
        publish(scene);
        run_for(scene, 1200); /* two retries would have come by now */
        assert_int_equal(scene->history_asked, asked);
        assert_int_equal(feed_state(scene->feed).position, 5);
        assert_int_equal(engine_source_position(scene->follower->engine, "notifications-1"), 5);
        assert_int_equal(toy_rows(scene->follower), 5);
}

static void a_source_that_restarts_is_followed_on(void **state)
{
        struct scene *scene = *state;
        source_up(scene);
        follower_up(scene);
        toy_tell(scene->source, 10);
        heartbeat(scene);
        until_caught_up(scene);
        source_down(scene);
        lose(scene, 10); /* committed, never published */
        run_for(scene, 50);
        source_up(scene);
        for (int i = 0; i < 100 && feed_state(scene->feed).position < 20; i++) {
                heartbeat(scene); /* as a daemon does each second; the first ones go out before anybody listens */
                run_for(scene, 20);
        }
        until_caught_up(scene);
}

static void holes_are_noticed_and_filled(void **state)
{
        struct scene *scene = *state;
        source_up(scene);
        follower_up(scene);
        for (int round = 0; round < 10; round++) {
                lose(scene, 1 + (size_t)round * 7);
                toy_tell(scene->source, 2);
                for (int i = 0; i < 100 && feed_state(scene->feed).position < scene->published + 2; i++) {
                        publish(scene); /* what was not lost; a heartbeat where there is nothing */
                        heartbeat(scene);
                        run_for(scene, 10);
                        if (feed_state(scene->feed).position == engine_position(scene->source->engine))
                                break;
                }
                until_caught_up(scene);
        }
}

static void what_comes_twice_or_late_has_its_effect_once(void **state)
{
        struct scene *scene = *state;
        toy_tell(scene->source, 50);
        scene->published = 50;
        source_up(scene);
        follower_up(scene);
        until_caught_up(scene);
        for (int i = 0; i < 10; i++) {
                scene->published = (uint64_t)i * 4; /* an old part of the log again, and junk */
                publish(scene);
                (void)bus_send(scene->publisher, slice_of(NULL, 0), slice_of("\377\377\377", 3));
                run_for(scene, 10);
        }
        assert_int_equal(toy_rows(scene->follower), 50);
        toy_tell(scene->source, 5);
        publish(scene);
        heartbeat(scene);
        until_caught_up(scene);
}

/* The follower's disk is full for a while: nothing is lost, nothing is taken in twice. */
static void a_full_disk_is_waited_for(void **state)
{
        struct scene *scene = *state;
        source_up(scene);
        follower_up(scene);
        toy_tell(scene->source, 5);
        heartbeat(scene);
        until_caught_up(scene);
        scene->source->world.commit_fault = world_real().commit_fault; /* its own disk is well */
        toy_fault = ENOSPC;
        for (int i = 0; i < 1000 && (scene->failed == 0 || feed_state(scene->feed).live); i++) {
                toy_tell(scene->source, 3);
                publish(scene);
                run_for(scene, 10);
        }
        assert_true(scene->failed > 0);
        assert_true(writer_full(scene->writer));
        assert_int_equal(feed_state(scene->feed).position, 5);
        assert_false(feed_state(scene->feed).live);
        toy_fault = 0;
        until_caught_up(scene);
        assert_false(writer_full(scene->writer));
}

static atomic_bool may_go_on;

static void hold(struct work *work, void *argument)
{
        (void)work;
        (void)argument;
        while (!may_go_on)
                (void)uv_os_getpid();
}

static void do_nothing(struct work *work, void *argument)
{
        (void)work;
        (void)argument;
}

static bool push_internal(struct scene *scene, void (*fn)(struct work *work, void *argument))
{
        struct item *item = item_new(scene->follower->engine);
        item->kind = ITEM_INTERNAL;
        item->fn = fn;
        if (writer_push(scene->writer, item))
                return true;
        item_free(scene->follower->engine, &item);
        return false;
}

/* The writer has no room for what comes: it is asked for again when there may be some, not in a circle. */
static void a_full_queue_is_waited_for(void **state)
{
        struct scene *scene = *state;
        source_up(scene);
        follower_up(scene);
        toy_tell(scene->source, 5);
        heartbeat(scene);
        until_caught_up(scene);
        may_go_on = false;
        assert_true(push_internal(scene, hold));
        while (push_internal(scene, do_nothing))
                ;
        size_t before = scene->history_asked;
        toy_tell(scene->source, 50);
        scene->published = 55;
        for (int i = 0; i < 5; i++) {
                heartbeat(scene);
                run_for(scene, 100);
        }
        assert_in_range(scene->history_asked - before, 1, 10);
        assert_int_equal(feed_state(scene->feed).position, 5);
        may_go_on = true;
        until_caught_up(scene);
}

static void a_follower_that_restarts_goes_on_from_its_position(void **state)
{
        struct scene *scene = *state;
        source_up(scene);
        toy_tell(scene->source, 100);
        follower_up(scene);
        until_caught_up(scene);
        follower_down(scene);
        (void)uv_run(&scene->loop, UV_RUN_NOWAIT);
        toy_tell(scene->source, 100);
        uint64_t before = engine_figures(scene->follower->engine).foreign_events;
        follower_up(scene);
        assert_int_equal(feed_state(scene->feed).position, 100);
        until_caught_up(scene);
        assert_int_equal(engine_figures(scene->follower->engine).foreign_events - before, 100);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* Its history can still be asked, so the follower holds all; but live it is not. */
static void a_source_that_is_not_heard_is_not_live(void **state)
{
        struct scene *scene = *state;
        toy_tell(scene->source, 10);
        source_up(scene);
        follower_up(scene);
        until_caught_up(scene);
        run_for(scene, 500);
        assert_true(feed_state(scene->feed).live);

        bus_close(scene->publisher); /* no batch, no heartbeat: 5 s of it is silence */
        run_for(scene, 5600);
        assert_false(feed_state(scene->feed).live);
        lose(scene, 10);
        until_caught_up(scene);
        assert_false(feed_state(scene->feed).live);

        struct bus_socket_spec publisher = {.kind = BUS_PUBLISHER, .endpoint = scene->events};
        scene->publisher = bus_open(scene->source_bus, &publisher, &scene->info);
        assert_non_null(scene->publisher);
        for (int i = 0; i < 100 && !feed_state(scene->feed).live; i++) {
                heartbeat(scene);
                run_for(scene, 100);
        }
        assert_true(feed_state(scene->feed).live);
        lose(scene, 10);
        source_down(scene); /* gone altogether */
        run_for(scene, 5600);
        assert_false(feed_state(scene->feed).live);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(a_source_that_is_not_heard_is_not_live),
                TEST(history_comes_first_then_live),
                TEST(history_larger_than_one_answer),
                TEST(a_source_that_is_down_at_the_start_is_asked_again),
                TEST(an_event_of_an_unknown_kind_is_not_passed_over),
                TEST(a_source_that_restarts_is_followed_on),
                TEST(holes_are_noticed_and_filled),
                TEST(what_comes_twice_or_late_has_its_effect_once),
                TEST(a_full_disk_is_waited_for),
                TEST(a_full_queue_is_waited_for),
                TEST(a_follower_that_restarts_goes_on_from_its_position),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
