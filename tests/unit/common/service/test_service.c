/* Two whole processes as threads of this one: a source and its follower, asked over their sockets as a tool does.
 * Stopped by SIGTERM, which both take. */
#include "tests/unit/common/service/run_directory.h"

#include <pthread.h>
#include <signal.h>

#include "common/clients/link.h"
#include "common/service/config.h"
#include "common/service/maintain.h"
#include "runtime/queries.pb-c.h"
#include "tests/lib/send_signal.h"

enum { PATIENCE_MS = 20000 };

struct daemon {
        struct process process;
        struct secrets secrets;
        struct runtime_config runtime;
        struct toy_config config;
        struct world world;
        pthread_t thread;
        int result;
};

struct scene {
        struct run_directory run;
        struct topology *topology;
        struct daemon source, follower;
        struct link *link;
        struct arena arena;
        struct err_info info;
};

static void *run_daemon(void *argument)
{
        struct daemon *daemon = argument;
        daemon->result = service_run(&daemon->process);
        return NULL;
}

static void start(struct scene *scene, struct daemon *daemon, const struct service_spec *spec, const char *instance)
{
        *daemon = (struct daemon){.world = world_real(), .runtime = {.map_mib_max = 256}};
        daemon->world.commit_fault = toy_commit_fault;
        daemon->process = (struct process){.spec = spec,
                                           .topology = scene->topology,
                                           .instance = topology_instance(scene->topology, instance),
                                           .secrets = &daemon->secrets,
                                           .config = &daemon->config,
                                           .runtime = &daemon->runtime,
                                           .world = &daemon->world};
        assert_int_equal(secrets_load(scene->topology, instance, &daemon->secrets, &scene->info), 0);
        assert_int_equal(pthread_create(&daemon->thread, NULL, run_daemon, daemon), 0);
}

static const Runtime__HealthReply *health(struct scene *scene, const char *instance)
{
        Runtime__HealthRequest request = RUNTIME__HEALTH_REQUEST__INIT;
        struct answer answer;
        assert_int_equal(link_call_instance(scene->link, topology_instance(scene->topology, instance), "runtime.Health",
                                            &request.base, NULL, &scene->arena, &answer, &scene->info),
                         0);
        assert_non_null(answer.body);
        return (const void *)answer.body;
}

static int setup(void **state)
{
        struct scene *scene = calloc(1, sizeof(*scene));
        char *everywhere[] = {(char[]){"*"}};
        Wire__Passport actor = WIRE__PASSPORT__INIT;
        assert_non_null(scene);
        toy_fault = 0;
        run_directory_make(&scene->run, "{}");
        assert_int_equal(topology_load(scene->run.topology, &scene->topology, &scene->info), 0);
        struct link_options options = {.peer = "ctl", .timeout_ms = PATIENCE_MS};
        assert_int_equal(link_open(scene->topology, &options, &scene->link, &scene->info), 0);
        actor.user = (char[]){"essai"};
        actor.role = TYPES__ROLE__OPERATOR;
        actor.territories = everywhere;
        actor.n_territories = 1;
        link_act_as(scene->link, &actor);
        start(scene, &scene->follower, &toy_follower, "reporting-1");
        start(scene, &scene->source, &toy_source, "notifications-1");
        assert_string_equal(health(scene, "notifications-1")->state, "serving");
        (void)health(scene, "reporting-1");
        *state = scene;
        return 0;
}

static void stop(struct scene *scene)
{
        assert_int_equal(send_signal(getpid(), SIGTERM), 0);
        assert_int_equal(pthread_join(scene->source.thread, NULL), 0);
        assert_int_equal(pthread_join(scene->follower.thread, NULL), 0);
        assert_int_equal(scene->source.result, 0);
        assert_int_equal(scene->follower.result, 0);
}

static int teardown(void **state)
{
        struct scene *scene = *state;
        stop(scene);
        link_close(scene->link);
        topology_free(scene->topology);
        arena_fini(&scene->arena);
        toy_remove(scene->run.path);
        free(scene);
        return 0;
}

static struct answer subscribe(struct scene *scene, const char *territory)
{
        Notifications__Subscribe request = NOTIFICATIONS__SUBSCRIBE__INIT;
        request.organisation_name = (char *)(uintptr_t) "Mission locale";
        struct answer answer = {0};
        request.territory = (char *)(uintptr_t)territory;
        assert_int_equal(link_call(scene->link, "notifications.Subscribe", &request.base, NULL, &scene->arena, &answer,
                                   &scene->info),
                         0);
        return answer;
}

/* Asks the follower until it has taken in this much; each asking is a round trip, so it is no busy loop. */
static bool follower_reaches(struct scene *scene, uint64_t position)
{
        struct world world = world_real();
        uint64_t end_us = world.monotonic_us(&world) + PATIENCE_MS * 1000u;
        do {
                const Runtime__HealthReply *reply = health(scene, "reporting-1");
                assert_int_equal(reply->n_sources, 1);
                if (reply->sources[0]->position >= position)
                        return true;
        } while (world.monotonic_us(&world) < end_us);
        return false;
}

static void a_command_is_granted_and_its_event_reaches_the_follower(void **state)
{
        struct scene *scene = *state;
        for (uint64_t i = 1; i <= 50; i++) {
                struct answer answer = subscribe(scene, "31");
                assert_non_null(answer.body);
                assert_int_equal(answer.position, i);
        }
        assert_int_equal(subscribe(scene, "971").refusal->code, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_true(follower_reaches(scene, 50));
        assert_int_equal(health(scene, "notifications-1")->position, 50);
        assert_string_equal(health(scene, "notifications-1")->service, "notifications");
}

static void metrics_count_what_was_done(void **state)
{
        struct scene *scene = *state;
        Runtime__MetricsRequest request = RUNTIME__METRICS_REQUEST__INIT;
        struct answer answer;
        (void)subscribe(scene, "31");
        (void)subscribe(scene, "971");
        assert_int_equal(link_call_instance(scene->link, topology_instance(scene->topology, "notifications-1"),
                                            "runtime.Metrics", &request.base, NULL, &scene->arena, &answer,
                                            &scene->info),
                         0);
        const char *text = ((const Runtime__MetricsReply *)(const void *)answer.body)->text;
        assert_non_null(strstr(text, "guichet_commands_total{instance=\"notifications-1\"} 2\n"));
        assert_non_null(strstr(text, "guichet_refusals_total{instance=\"notifications-1\"} 1\n"));
        assert_non_null(strstr(text, "guichet_events_total{instance=\"notifications-1\"} 1\n"));
        assert_non_null(strstr(text, "guichet_turned_away_total{instance=\"notifications-1\"} 0\n"));
        assert_int_equal(link_call_instance(scene->link, topology_instance(scene->topology, "reporting-1"),
                                            "runtime.Metrics", &request.base, NULL, &scene->arena, &answer,
                                            &scene->info),
                         0);
        text = ((const Runtime__MetricsReply *)(const void *)answer.body)->text;
        assert_non_null(strstr(text, "guichet_feed_lag_events{instance=\"reporting-1\",source=\"notifications-1\"}"));
}

static void a_full_disk_shows_in_health_and_ends(void **state)
{
        struct scene *scene = *state;
        (void)subscribe(scene, "31");
        toy_fault = ENOSPC;
        struct answer answer = subscribe(scene, "31");
        assert_int_equal(answer.refusal->code, TYPES__REFUSAL_CODE__UNAVAILABLE);
        assert_non_null(strstr(answer.refusal->text, "disque"));
        assert_string_equal(health(scene, "notifications-1")->state, "disk_full");
        toy_fault = 0;
        assert_non_null(subscribe(scene, "31").body);
        assert_string_equal(health(scene, "notifications-1")->state, "serving");
        assert_true(follower_reaches(scene, 2));
}

static void a_stopped_network_starts_again_where_it_was(void **state)
{
        struct scene *scene = *state;
        for (int i = 0; i < 20; i++)
                (void)subscribe(scene, "31");
        stop(scene);
        assert_int_equal(process_verify(&scene->source.process), EXIT_SUCCESS);
        start(scene, &scene->source, &toy_source, "notifications-1");
        start(scene, &scene->follower, &toy_follower, "reporting-1");
        assert_int_equal(health(scene, "notifications-1")->position, 20);
        assert_non_null(subscribe(scene, "31").body);
        assert_true(follower_reaches(scene, 21));
}

/* A second process on the same endpoint cannot serve, says so, and leaves the first alone. */
static void an_endpoint_that_cannot_be_is_told_at_the_start(void **state)
{
        struct scene *scene = *state;
        struct instance elsewhere = *topology_instance(scene->topology, "notifications-1");
        elsewhere.name = "notifications-9"; /* else its store would have been made before, and be lost */
        struct daemon daemon = {.world = world_real(), .runtime = {.map_mib_max = 64}};
        char path[128];
        elsewhere.endpoint = "ipc:///there/is/no/such/directory";
        elsewhere.store = run_directory_path(&scene->run, "other", path, sizeof(path));
        daemon.process = scene->source.process;
        daemon.process.instance = &elsewhere;
        daemon.process.world = &daemon.world;
        daemon.process.runtime = &daemon.runtime;
        assert_int_equal(service_run(&daemon.process), ERR_TRANSPORT);
        assert_non_null(subscribe(scene, "31").body);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(a_command_is_granted_and_its_event_reaches_the_follower),
                TEST(metrics_count_what_was_done),
                TEST(a_full_disk_shows_in_health_and_ends),
                TEST(a_stopped_network_starts_again_where_it_was),
                TEST(an_endpoint_that_cannot_be_is_told_at_the_start),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
