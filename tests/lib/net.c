#include "tests/lib/net.h"

#include <ftw.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/base/limits.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/versions.h"
#include "runtime/queries.pb-c.h"
#include "tests/lib/ports.h"
#include "tests/lib/send_signal.h"

enum { WAIT_STEPS = 3000, WAIT_STEP_MS = 20 };

pid_t net_spawn(const char *const *arguments, bool quiet)
{
        pid_t pid = fork();
        if (pid < 0)
                harness_fail("cannot start %s", arguments[0]);
        if (pid == 0) {
                (void)prctl(PR_SET_PDEATHSIG, SIGTERM); /* a benchmark that gives up leaves nothing behind */
                if (quiet)
                        (void)!freopen("/dev/null", "w", stdout);
                (void)execv(arguments[0], (char *const *)(uintptr_t)arguments);
                _exit(127);
        }
        return pid;
}

void net_run(const char *const *arguments)
{
        int status;
        if (waitpid(net_spawn(arguments, true), &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
                harness_fail("%s failed", arguments[0]);
}

const struct instance *net_instance(struct net *net, const char *name)
{
        const struct instance *instance = topology_instance(net->topology, name);
        if (instance == NULL)
                harness_fail("the topology has no %s", name);
        return instance;
}

pid_t net_spawn_instance(struct net *net, const char *name, const char *option, bool quiet)
{
        char program[4200], topology[4200];
        (void)snprintf(program, sizeof(program), "%s/guichet-%s", net->bin, net_instance(net, name)->service);
        (void)snprintf(topology, sizeof(topology), "%s/topology.json", net->directory);
        const char *const arguments[] = {program, "--topology", topology, "--instance", name, option, NULL};
        return net_spawn(arguments, quiet);
}

void net_start_instance(struct net *net, const char *name, const char *option)
{
        net->running[net->running_count].instance = net_instance(net, name);
        net->running[net->running_count++].pid = net_spawn_instance(net, name, option, false);
}

void net_end(pid_t pid)
{
        int status = 0;
        (void)send_signal(pid, SIGTERM);
        if (waitpid(pid, &status, 0) < 0 || status != 0)
                harness_note("process %d ended with status %d", (int)pid, status);
}

static void stop_at(struct net *net, size_t at)
{
        net_end(net->running[at].pid);
        net->running[at] = net->running[--net->running_count];
}

void net_stop_instance(struct net *net, const char *name)
{
        for (size_t i = 0; i < net->running_count; i++)
                if (strcmp(net->running[i].instance->name, name) == 0)
                        stop_at(net, i--);
}

void net_kill_instance(struct net *net, const char *name)
{
        for (size_t i = 0; i < net->running_count; i++) {
                if (strcmp(net->running[i].instance->name, name) != 0)
                        continue;
                (void)send_signal(net->running[i].pid, SIGKILL);
                (void)waitpid(net->running[i].pid, NULL, 0);
                net->running[i--] = net->running[--net->running_count];
        }
}

/* A daemon that ended by itself (its port was taken, say) would be waited for in vain. */
static void require_alive(const struct net *net)
{
        for (size_t i = 0; i < net->running_count; i++)
                if (waitpid(net->running[i].pid, NULL, WNOHANG) == net->running[i].pid)
                        harness_fail("%s has ended; its last lines say why", net->running[i].instance->name);
}

static const Runtime__HealthReply *health_of(struct net *net, const char *name, struct arena *arena)
{
        require_alive(net);
        Runtime__HealthRequest request = RUNTIME__HEALTH_REQUEST__INIT;
        struct answer answer;
        if (link_call_instance(net->link, net_instance(net, name), "runtime.Health", &request.base, NULL, arena,
                               &answer, NULL) != 0)
                return NULL;
        return (const void *)answer.body;
}

void net_wait_serving(struct net *net, const char *name)
{
        for (int i = 0; i < WAIT_STEPS; i++) {
                struct arena arena scoped(arena_fini) = {0};
                const Runtime__HealthReply *health = health_of(net, name, &arena);
                if (health != NULL && strcmp(health->state, "serving") == 0)
                        return;
                harness_pause_ms(WAIT_STEP_MS);
        }
        harness_fail("%s does not serve", name);
}

static bool has_followed(struct net *net, const char *follower, const char *source, uint64_t position)
{
        struct arena arena scoped(arena_fini) = {0};
        const Runtime__HealthReply *health = health_of(net, follower, &arena);
        for (size_t i = 0; health != NULL && i < health->n_sources; i++)
                if (strcmp(health->sources[i]->instance, source) == 0)
                        return health->sources[i]->position >= position;
        return false;
}

void net_wait_followed(struct net *net, const char *follower, const char *source)
{
        struct arena arena scoped(arena_fini) = {0};
        const Runtime__HealthReply *told = health_of(net, source, &arena);
        for (int i = 0; told != NULL && i < WAIT_STEPS; i++) {
                if (has_followed(net, follower, source, told->position))
                        return;
                harness_pause_ms(WAIT_STEP_MS);
        }
        harness_fail("%s does not follow %s", follower, source);
}

/* The peer that a bench asks as: no network that is delivered has it. Its key is made by the next `init`. */
static void add_peer(const char *directory)
{
        char path[4200];
        size_t i;
        const json_t *peer;
        (void)snprintf(path, sizeof(path), "%s/topology.json", directory);
        json_t *topology = json_load_file(path, 0, NULL);
        bool is_there = false; /* in what was restored */
        json_array_foreach (json_object_get(topology, "peers"), i, peer)
                is_there = is_there || strcmp(json_string_value(json_object_get(peer, "name")), "bench") == 0;
        if (is_there) {
                json_decref(topology);
                return;
        }
        if (json_array_append_new(json_object_get(topology, "peers"), json_pack("{s:s}", "name", "bench")) != 0 ||
            json_dump_file(topology, path, JSON_INDENT(2)) != 0)
                harness_fail("%s: the peer of the bench cannot be added", path);
        json_decref(topology);
}

void net_init(const struct harness *context, const char *directory)
{
        static unsigned made;
        char program[4200], port[16], http[32];
        /* The first network may last while three others come and go. */
        unsigned slot = made == 0 ? 0 : 1 + (made - 1) % 3;
        unsigned base = ports_of_nets() + slot * (PORTS_COUNT + 1);
        made++;
        (void)snprintf(program, sizeof(program), "%s/guichetctl", context->bin);
        (void)snprintf(port, sizeof(port), "%u", base);
        (void)snprintf(http, sizeof(http), "127.0.0.1:%u", base + 50);
        const char *const init[] = {program, "init", "--dir", directory, "--base-port", port, "--http", http, NULL};
        const char *const again[] = {program, "init", "--dir", directory, NULL};
        net_run(init);
        add_peer(directory);
        net_run(again);
}

struct net *net_start(const struct harness *context, const char *const *instances, size_t count)
{
        static unsigned made;
        char directory[4096];
        (void)snprintf(directory, sizeof(directory), "%s/net-%u", context->directory, made++);
        return net_start_in(context, directory, instances, count);
}

struct net *net_start_in(const struct harness *context, const char *directory, const char *const *instances,
                         size_t count)
{
        struct net *net = calloc(1, sizeof(*net));
        struct arena arena scoped(arena_fini) = {0};
        struct err_info info = {0};
        char file[4200];

        if (net == NULL)
                harness_fail("out of memory");
        net->bin = context->bin;
        (void)snprintf(net->directory, sizeof(net->directory), "%s", directory);
        net_init(context, net->directory);
        (void)snprintf(file, sizeof(file), "%s/topology.json", net->directory);
        struct link_options options = {.peer = "bench", .timeout_ms = 10000};
        if (topology_load(file, &net->topology, &info) != 0 ||
            secrets_load(net->topology, "bench", &net->secrets, &info) != 0 ||
            link_open(net->topology, &options, &net->link, &info) != 0)
                harness_fail("%s", info.text);
        link_act_as(net->link, net_passport(net, TYPES__ROLE__FACILITATOR, NULL, &arena));
        for (size_t i = 0; i < count; i++)
                net_start_instance(net, instances[i], NULL);
        for (size_t i = 0; i < count; i++)
                net_wait_serving(net, instances[i]);
        return net;
}

void net_stop(struct net *net)
{
        link_close(net->link);
        while (net->running_count > 0)
                stop_at(net, net->running_count - 1);
        topology_free(net->topology);
        free(net);
}

static int remove_one(const char *path, const struct stat *facts, int type, struct FTW *place)
{
        (void)facts;
        (void)type;
        (void)place;
        return remove(path);
}

void net_remove(const char *directory)
{
        if (nftw(directory, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0)
                harness_fail("%s cannot be removed", directory);
}

const char *const net_all[NET_ALL] = {"contracts-1", "tracking-1",      "tracking-2",  "gateway-1",
                                      "directory-1", "notifications-1", "reporting-1", "accounts-1"};

struct net *net_open(struct net_home *home, const char *name)
{
        (void)snprintf(home->scratch, sizeof(home->scratch), "/tmp/guichet-%s-XXXXXX", name);
        if (mkdtemp(home->scratch) == NULL)
                return NULL;
        home->context = (struct harness){.directory = home->scratch, .bin = getenv("GUICHET_BIN"), .seconds = 1};
        return net_start(&home->context, net_all, NET_ALL);
}

void net_close(struct net_home *home, struct net *net)
{
        net_stop(net);
        net_remove(home->scratch);
}

const void *net_ask(struct net *net, const char *method, const void *request, struct arena *arena)
{
        struct answer answer;
        struct err_info info = {0};
        version_seen_any(request);
        if (link_call(net->link, method, request, NULL, arena, &answer, &info) != 0)
                harness_fail("%s: %s", method, info.text);
        if (answer.body == NULL)
                harness_fail("%s is refused: %s: %s", method, answer.refusal->field, answer.refusal->text);
        return answer.body;
}

double net_metric(struct net *net, const char *instance, const char *name)
{
        struct arena arena scoped(arena_fini) = {0};
        Runtime__MetricsRequest request = RUNTIME__METRICS_REQUEST__INIT;
        struct answer answer;
        struct err_info info = {0};
        if (link_call_instance(net->link, net_instance(net, instance), "runtime.Metrics", &request.base, NULL, &arena,
                               &answer, &info) != 0)
                harness_fail("metrics of %s: %s", instance, info.text);
        const char *text = ((const Runtime__MetricsReply *)(const void *)answer.body)->text;
        const char *line = strstr(text, name);
        const char *value = line == NULL ? NULL : strchr(line, ' ');
        if (value == NULL)
                harness_fail("%s tells no %s", instance, name);
        return strtod(value, NULL);
}

double net_cpu_us(struct net *net, const char *instance)
{
        for (size_t i = 0; i < net->running_count; i++) {
                clockid_t clock;
                struct timespec used;
                if (strcmp(net->running[i].instance->name, instance) != 0)
                        continue;
                if (clock_getcpuclockid(net->running[i].pid, &clock) != 0 || clock_gettime(clock, &used) != 0)
                        break;
                return (double)used.tv_sec * 1e6 + (double)used.tv_nsec / 1e3;
        }
        harness_fail("the time of %s is not told", instance);
}

Wire__Passport *net_passport(struct net *net, Types__Role role, const struct id *organisation, struct arena *arena)
{
        (void)net;
        struct world world = world_real();
        Wire__Passport *passport = pb_new(&wire__passport__descriptor, arena);
        char **territories = arena_alloc(arena, sizeof(*territories));
        territories[0] = arena_text(arena, "*");
        passport->user = arena_text(arena, "bench");
        passport->role = role;
        passport->organisation = organisation == NULL ? NULL : id_to(arena, *organisation);
        passport->territories = territories;
        passport->n_territories = 1;
        passport->signer = arena_text(arena, "bench");
        passport->expires_at_ms = world.now_ms(&world) + LIMIT_PASSPORT_LIFE_MS;
        return passport;
}

struct slice net_sign(struct net *net, const Wire__Passport *passport, struct arena *arena)
{
        return passport_sign(passport, net->secrets.signing_secret, arena);
}
