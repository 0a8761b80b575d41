#include "tests/lib/network.h"

#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "runtime/queries.pb-c.h"
#include "tests/lib/ports.h"
#include "tests/lib/send_signal.h"

enum { PARTS_MAX = PORTS_COUNT / 3, DEADLINE_MS = 60000, ASK_MS = 300 };

struct daemon {
        struct network_part part;
        uint16_t ports[3];         /* endpoint, events, http */
        pid_t pid;                 /* 0: not running */
        const char *topology_path; /* NULL: the network's */
};

struct network {
        char directory[64];
        char topology_path[96];
        struct daemon daemons[PARTS_MAX];
        size_t count;
        struct topology *topology;
        struct link *link;    /* patient, for the tests */
        struct link *waiting; /* impatient, for coming up */
        struct arena arena;
};

/* The public halves of a fresh key pair, as JSON members. */
static char *keys_of(struct network *network, const char *name)
{
        struct secrets secrets;
        struct err_info info = {0};
        char hex[2 * SIGNING_PUBLIC_SIZE + 1];

        if (secrets_create(network->directory, name, &secrets, &info) != 0)
                require_failed(info.text, __FILE__, __LINE__, __func__);
        (void)sodium_bin2hex(hex, sizeof(hex), secrets.signing_secret + SIGNING_SECRET_SIZE - SIGNING_PUBLIC_SIZE,
                             SIGNING_PUBLIC_SIZE);
        return arena_printf(&network->arena, "\"name\":\"%s\",\"public_key\":\"%s\",\"signing_key\":\"%s\"", name,
                            secrets.curve_public, hex);
}

static void write_topology(struct network *network)
{
        struct err_info info = {0};
        FILE *file = fopen(network->topology_path, "we");
        uint16_t port = ports_take();
        require(file != NULL && fputs("{\"network\":\"test\",\"instances\":[", file) >= 0);
        for (size_t i = 0; i < network->count; i++) {
                struct daemon *d = &network->daemons[i];
                bool is_gateway = strcmp(d->part.service, "gateway") == 0;
                for (size_t p = 0; p < 3; p++)
                        d->ports[p] = port++;
                require(fprintf(file, "%s{%s,\"service\":\"%s\",\"endpoint\":\"tcp://127.0.0.1:%u\",", i > 0 ? "," : "",
                                keys_of(network, d->part.name), d->part.service, d->ports[0]) > 0);
                if (strcmp(d->part.service, "reporting") != 0)
                        require(fprintf(file, "\"events\":\"tcp://127.0.0.1:%u\",", d->ports[1]) > 0);
                if (is_gateway)
                        require(fprintf(file, "\"http\":\"127.0.0.1:%u\",", d->ports[2]) > 0);
                require(fprintf(file, "%s\"store\":\"stores/%s\"}", d->part.more, d->part.name) > 0);
        }
        require(fprintf(file, "],\"peers\":[{%s}]}", keys_of(network, "ctl")) > 0 && fclose(file) == 0);
        require(secrets_create_shared(network->directory, "second_factors", &info) == 0 &&
                secrets_create_shared(network->directory, "gateways", &info) == 0);
}

static struct daemon *find(struct network *network, const char *name)
{
        for (size_t i = 0; i < network->count; i++)
                if (strcmp(network->daemons[i].part.name, name) == 0)
                        return &network->daemons[i];
        require_failed(name, __FILE__, __LINE__, __func__);
}

static const char *log_path(struct network *network, const struct daemon *d)
{
        return arena_printf(&network->arena, "%s/%s.log", network->directory, d->part.name);
}

static void show_log(struct network *network, const struct daemon *d)
{
        char line[2048];
        FILE *file = fopen(log_path(network, d), "re");
        while (file != NULL && fgets(line, sizeof(line), file) != NULL)
                (void)fprintf(stderr, "%s", line);
        if (file != NULL)
                (void)fclose(file);
}

static void spawn(struct network *network, struct daemon *d)
{
        const char *bin = getenv("GUICHET_BIN");
        char *program =
                arena_printf(&network->arena, "%s/guichet-%s", bin != NULL ? bin : "build/dev/bin", d->part.service);
        const char *log = log_path(network, d);

        d->pid = fork();
        require(d->pid >= 0);
        if (d->pid > 0)
                return;
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that aborts leaves nothing behind */
        int fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
        if (fd >= 0)
                (void)dup2(fd, STDERR_FILENO);
        (void)execl(program, program, "--topology",
                    d->topology_path != NULL ? d->topology_path : network->topology_path, "--instance", d->part.name,
                    (char *)NULL);
        perror(program);
        _exit(127);
}

static bool serves(struct network *network, const struct daemon *d)
{
        struct arena arena = {0};
        struct answer answer = {0};
        Runtime__HealthRequest request = RUNTIME__HEALTH_REQUEST__INIT;
        const struct instance *instance = topology_instance(network->topology, d->part.name);
        int err = link_call_instance(network->waiting, instance, "runtime.Health", &request.base, NULL, &arena, &answer,
                                     NULL);
        const Runtime__HealthReply *health = (const Runtime__HealthReply *)answer.body;
        bool yes = err == 0 && health != NULL && strcmp(health->state, "serving") == 0;
        arena_fini(&arena);
        return yes;
}

/* Each asking waits for at most ASK_MS by itself, so this needs no sleep. */
static void wait_until_serving(struct network *network, struct daemon *d)
{
        struct world world = world_real();
        uint64_t end_us = world.monotonic_us(&world) + DEADLINE_MS * 1000u;

        while (!serves(network, d)) {
                if (waitpid(d->pid, NULL, WNOHANG) == 0 && world.monotonic_us(&world) < end_us)
                        continue;
                show_log(network, d);
                require_failed("the daemon serves", __FILE__, __LINE__, d->part.name);
        }
}

static struct link *open_link(struct network *network, uint32_t timeout_ms)
{
        struct link_options options = {.peer = "ctl", .timeout_ms = timeout_ms};
        struct err_info info = {0};
        char *everywhere[] = {(char[]){"*"}};
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        struct link *link;

        if (link_open(network->topology, &options, &link, &info) != 0)
                require_failed(info.text, __FILE__, __LINE__, __func__);
        passport.user = (char[]){"essai"};
        passport.role = TYPES__ROLE__OPERATOR;
        passport.territories = everywhere;
        passport.n_territories = 1;
        link_act_as(link, &passport);
        return link;
}

static bool has_service(const struct network_part *parts, size_t count, const char *service)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(parts[i].service, service) == 0)
                        return true;
        return false;
}

/* Who has a gateway has accounts. */
static size_t take_parts(struct network *network, const struct network_part *parts, size_t count)
{
        for (size_t i = 0; i < count; i++)
                network->daemons[i].part = parts[i];
        if (!has_service(parts, count, "gateway") || has_service(parts, count, "accounts"))
                return count;
        require(count < PARTS_MAX);
        network->daemons[count].part = (struct network_part){"accounts-1", "accounts", ""};
        return count + 1;
}

struct network *network_start(const struct network_part *parts, size_t count)
{
        struct network *network = calloc(1, sizeof(*network));
        struct err_info info = {0};

        require(network != NULL && count <= PARTS_MAX && sodium_init() >= 0);
        (void)snprintf(network->directory, sizeof(network->directory), "/tmp/guichet-network-XXXXXX");
        require(mkdtemp(network->directory) != NULL);
        (void)snprintf(network->topology_path, sizeof(network->topology_path), "%s/topology.json", network->directory);
        network->count = take_parts(network, parts, count);
        write_topology(network);
        if (topology_load(network->topology_path, &network->topology, &info) != 0)
                require_failed(info.text, __FILE__, __LINE__, __func__);
        for (size_t i = 0; i < network->count; i++)
                spawn(network, &network->daemons[i]);
        network->link = open_link(network, 0);
        network->waiting = open_link(network, ASK_MS);
        for (size_t i = 0; i < network->count; i++)
                wait_until_serving(network, &network->daemons[i]);
        return network;
}

void network_kill(struct network *network, const char *name, int number)
{
        struct daemon *d = find(network, name);
        int status;
        require(d->pid > 0 && send_signal(d->pid, number) == 0 && waitpid(d->pid, &status, 0) == d->pid);
        d->pid = 0;
        if (number == SIGTERM && (!WIFEXITED(status) || WEXITSTATUS(status) != 0)) {
                show_log(network, d);
                require_failed("it ends with status 0", __FILE__, __LINE__, name);
        }
}

void network_restart(struct network *network, const char *name)
{
        struct daemon *d = find(network, name);
        require(d->pid == 0);
        spawn(network, d);
        wait_until_serving(network, d);
}

uint16_t network_port(const struct network *network, const char *name, enum network_port which)
{
        return find((struct network *)(uintptr_t)network, name)->ports[which];
}

pid_t network_pid(const struct network *network, const char *name)
{
        return find((struct network *)(uintptr_t)network, name)->pid;
}

struct network_following network_following(struct network *network, const char *name, const char *source)
{
        struct arena arena scoped(arena_fini) = {0};
        struct answer answer = {0};
        struct err_info info = {0};
        Runtime__HealthRequest request = RUNTIME__HEALTH_REQUEST__INIT;
        const struct instance *instance = topology_instance(network->topology, name);
        if (link_call_instance(network->link, instance, "runtime.Health", &request.base, NULL, &arena, &answer,
                               &info) != 0)
                require_failed(info.text, __FILE__, __LINE__, __func__);
        const Runtime__HealthReply *health = (const Runtime__HealthReply *)answer.body;
        require(health != NULL);
        struct network_following following = {.position = health->position};
        for (size_t i = 0; source != NULL && i < health->n_sources; i++) {
                const Runtime__Source *at = health->sources[i];
                if (strcmp(at->instance, source) == 0) {
                        following.taken = at->position;
                        following.head = at->head;
                        following.live = at->live;
                }
        }
        return following;
}

static bool knows_accounts(struct network *network, const struct daemon *d, uint64_t position)
{
        return strcmp(d->part.service, "gateway") != 0 || d->pid == 0 ||
               network_following(network, d->part.name, "accounts-1").taken >= position;
}

void network_wait_known(struct network *network)
{
        struct world world = world_real();
        uint64_t end_us = world.monotonic_us(&world) + DEADLINE_MS * 1000u;
        uint64_t position = network_position(network, "accounts-1");
        for (size_t i = 0; i < network->count; i++)
                while (!knows_accounts(network, &network->daemons[i], position)) {
                        require(world.monotonic_us(&world) < end_us);
                        (void)poll(NULL, 0, 2);
                }
}

/* The text with "127.0.0.1:FROM" led to another port. */
static char *redirected(struct network *network, char *text, uint16_t from, uint16_t to)
{
        char *old = arena_printf(&network->arena, "127.0.0.1:%u\"", from), *at = strstr(text, old);
        if (to == 0)
                return text;
        require(at != NULL);
        return arena_printf(&network->arena, "%.*s127.0.0.1:%u\"%s", (int)(at - text), text, to, at + strlen(old));
}

const char *network_topology_through(struct network *network, const char *to, uint16_t endpoint, uint16_t events)
{
        enum { SIZE = 65536 };
        const struct daemon *d = find(network, to);
        char *text = arena_zalloc(&network->arena, SIZE);
        const char *path =
                arena_printf(&network->arena, "%s/topology-%u-%u.json", network->directory, endpoint, events);

        FILE *file = fopen(network->topology_path, "re");
        require(file != NULL && fread(text, 1, SIZE - 1, file) > 0 && feof(file) && fclose(file) == 0);
        text = redirected(network, text, d->ports[NETWORK_ENDPOINT], endpoint);
        text = redirected(network, text, d->ports[NETWORK_EVENTS], events);
        file = fopen(path, "we");
        require(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
        return path;
}

void network_restart_by(struct network *network, const char *name, const char *topology_path)
{
        find(network, name)->topology_path = topology_path;
        network_restart(network, name);
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
        (void)status;
        (void)type;
        (void)place;
        return remove(path);
}

void network_stop(struct network **network)
{
        struct network *n = *network;
        for (size_t i = 0; i < n->count; i++)
                if (n->daemons[i].pid > 0)
                        network_kill(n, n->daemons[i].part.name, SIGTERM);
        link_close(n->link);
        link_close(n->waiting);
        topology_free(n->topology);
        require(nftw(n->directory, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0);
        arena_fini(&n->arena);
        free(n);
        *network = NULL;
}

struct link *network_link(struct network *network)
{
        return network->link;
}
const char *network_directory(const struct network *network)
{
        return network->directory;
}

uint16_t network_http_port(const struct network *network, const char *name)
{
        return find((struct network *)(uintptr_t)network, name)->ports[2];
}
