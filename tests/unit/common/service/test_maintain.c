/* --verify and --rebuild of a stopped network: stores that engines made, looked at by the program's own functions. */
#include "tests/unit/common/service/reactor.h"
#include "tests/unit/common/service/run_directory.h"

#include <sys/stat.h>

#include "common/service/config.h"
#include "common/service/maintain.h"
#include "common/store/position.h"

struct scene {
        struct run_directory run;
        struct topology *topology;
        struct secrets secrets;
        struct runtime_config runtime;
        struct world world;
        struct toy source, follower; /* only their engines are theirs: the stores are the run directory's */
        struct err_info info;
};

static struct process process_of(struct scene *scene, const struct service_spec *spec, const char *instance)
{
        return (struct process){.spec = spec,
                                .topology = scene->topology,
                                .instance = topology_instance(scene->topology, instance),
                                .secrets = &scene->secrets,
                                .runtime = &scene->runtime,
                                .world = &scene->world};
}

static void open_toy(struct scene *scene, struct toy *toy, const struct service_spec *spec, const char *instance)
{
        struct process process = process_of(scene, spec, instance);
        struct engine_options options = process_engine_options(&process);
        toy->world = scene->world;
        wire__passport__init(&toy->actor);
        toy->actor.user = (char *)(uintptr_t) "anne";
        toy->actor.role = TYPES__ROLE__OPERATOR;
        if (engine_open(&options, &toy->engine, &scene->info) != 0)
                fail_msg("%s", scene->info.text);
}

static void close_toy(struct toy *toy)
{
        engine_close(toy->engine);
        arena_fini(&toy->arena);
        *toy = (struct toy){0};
}

/* Thirty events, all of them copied; then both stand still. */
static int setup(void **state)
{
        struct scene *scene = calloc(1, sizeof(*scene));
        char path[128];
        assert_non_null(scene);
        scene->world = world_real();
        scene->runtime.map_mib_max = 256;
        run_directory_make(&scene->run, "{}");
        assert_int_equal(mkdir(run_directory_path(&scene->run, "stores", path, sizeof(path)), 0700), 0);
        if (topology_load(scene->run.topology, &scene->topology, &scene->info) != 0)
                fail_msg("%s", scene->info.text);
        open_toy(scene, &scene->source, &toy_source, "notifications-1");
        open_toy(scene, &scene->follower, &toy_follower, "reporting-1");
        toy_tell(&scene->source, 30);
        struct slice batch = engine_events_after(scene->source.engine, 0, 0, &scene->source.arena);
        struct item *item = engine_accept_events(scene->follower.engine, &toy_subscriptions_of[0], "notifications-1",
                                                 batch, &scene->info);
        assert_non_null(item);
        assert_int_equal(engine_run(scene->follower.engine, item, &scene->info), 0);
        item_free(scene->follower.engine, &item);
        close_toy(&scene->source);
        close_toy(&scene->follower);
        *state = scene;
        return 0;
}

static int teardown(void **state)
{
        struct scene *scene = *state;
        topology_free(scene->topology);
        toy_remove(scene->run.path);
        free(scene);
        return 0;
}

static void spoil_a_row(struct scene *scene, const struct service_spec *spec, const char *instance)
{
        struct toy toy = {0};
        open_toy(scene, &toy, spec, instance);
        struct key key = key_of_u64(3);
        struct txn *txn = txn_begin_write(engine_store(toy.engine), &scene->info);
        txn_allow(txn, spec->tables[0].kind);
        txn_put(txn, T_TOY, key_slice(&key), slice_of_text("faux"));
        assert_int_equal(txn_commit(txn, &scene->info), 0);
        close_toy(&toy);
}

static void stores_that_follow_from_their_logs_pass(void **state)
{
        struct scene *scene = *state;
        struct process source = process_of(scene, &toy_source, "notifications-1");
        struct process follower = process_of(scene, &toy_follower, "reporting-1");
        assert_int_equal(process_verify(&source), EXIT_SUCCESS);
        assert_int_equal(process_verify(&follower), EXIT_SUCCESS);
}

static void a_spoilt_row_fails(void **state)
{
        struct scene *scene = *state;
        struct process source = process_of(scene, &toy_source, "notifications-1");
        struct process follower = process_of(scene, &toy_follower, "reporting-1");
        spoil_a_row(scene, &toy_follower, "reporting-1");
        assert_int_equal(process_verify(&follower), EXIT_FAILURE);
        assert_int_equal(process_verify(&source), EXIT_SUCCESS);
        spoil_a_row(scene, &toy_source, "notifications-1");
        assert_int_equal(process_verify(&source), EXIT_FAILURE);
}

static void a_store_that_is_not_there_fails(void **state)
{
        struct scene *scene = *state;
        char path[128];
        struct process source = process_of(scene, &toy_source, "notifications-1");
        toy_remove(run_directory_path(&scene->run, "stores/notifications-1", path, sizeof(path)));
        assert_int_equal(process_verify(&source), EXIT_FAILURE);
        assert_int_not_equal(access(path, F_OK), 0); /* looking makes nothing */
}

static void rebuilding_drops_the_copies_and_begins_again(void **state)
{
        struct scene *scene = *state;
        struct toy toy = {0};
        struct process follower = process_of(scene, &toy_follower, "reporting-1");
        spoil_a_row(scene, &toy_follower, "reporting-1");
        assert_int_equal(process_rebuild(&follower, &scene->info), 0);
        open_toy(scene, &toy, &toy_follower, "reporting-1");
        assert_int_equal(toy_rows(&toy), 0);
        assert_int_equal(engine_source_position(toy.engine, "notifications-1"), 0);
        close_toy(&toy);
}

/* Its copies fill again; how far it reacted stays, with the history that it reacted to. */
static void a_service_that_reacts_is_rebuilt_without_reacting_again(void **state)
{
        struct scene *scene = *state;
        struct subscription subscription = toy_subscriptions_of[0];
        struct service_spec spec = toy_follower;
        struct toy toy = {0};
        subscription.react = reactor_react;
        spec.subscriptions = &subscription;
        struct process follower = process_of(scene, &spec, "reporting-1");
        assert_int_equal(process_rebuild(&follower, &scene->info), 0);
        open_toy(scene, &toy, &spec, "reporting-1");
        assert_int_equal(toy_rows(&toy), 0);
        struct txn *txn = txn_begin_read(engine_store(toy.engine), NULL);
        struct position position = position_get(txn, "notifications-1");
        txn_end_read(txn);
        assert_int_equal(position.copied.number, 0);
        assert_int_equal(position.taken.number, 30);
        assert_false(position_is_followed_by(&position.taken, slice_of_text("another history")));
        close_toy(&toy);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(stores_that_follow_from_their_logs_pass),
                TEST(a_spoilt_row_fails),
                TEST(a_store_that_is_not_there_fails),
                TEST(rebuilding_drops_the_copies_and_begins_again),
                TEST(a_service_that_reacts_is_rebuilt_without_reacting_again),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
