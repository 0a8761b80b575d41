/* up: the whole network of a run directory under one supervisor, until it is told to stop. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "common/base/require.h"
#include "common/bus/client.h"
#include "common/codec/pb.h"
#include "services/ctl/child.h"
#include "services/ctl/http_probe.h"
#include "services/ctl/network_file.h"
#include "services/ctl/session.h"
#include "services/ctl/options.h"
#include "services/ctl/up_display.h"
#include "runtime/queries.pb-c.h"

enum {
        STOP_MS = 10000,
        ASK_SOON_MS = 100,
        ASK_MS = 1000,
        ASK_TIMEOUT_MS = 2000,
        DOOR_TIMEOUT_MS = 1000,
        DOOR_MISSES = 3
};

/* A gateway's HTTP, asked on a thread of libuv's: the question blocks. */
struct door_watch {
        uv_work_t work;
        struct child *child;
        bool asking;
        bool answer;     /* the thread's */
        int asked_pid;   /* the process that was asked last */
        int heard_pid;   /* the same, if it answered; 0: it did not */
        unsigned missed; /* times, one after the other, that it did not */
};

struct up {
        const char *directory;
        const char *log_path; /* where the supervisor's own words go; NULL: to the terminal */
        struct log_file log;
        struct topology *topology;
        char topology_path[CTL_PATH_SIZE];
        struct secrets secrets;
        uv_loop_t loop;
        uv_signal_t signals[3];
        uv_timer_t ask_timer;
        uv_timer_t stop_timer;
        struct bus *bus;
        struct client *client;
        struct world world;
        struct child *children;
        struct door_watch *doors; /* one for each child, of use to gateways */
        size_t count;
        struct arena arena; /* paths of programs */
        struct up_display display;
        int pid_fd;
        bool stopping;
};

static void speak_to_log(const struct up *up)
{
        (void)fflush(stdout);
        (void)dup2(up->log.fd, STDOUT_FILENO);
        (void)dup2(up->log.fd, STDERR_FILENO);
}

static bool open_log(struct up *up)
{
        if (up->log_path == NULL)
                return true;
        log_file_open(&up->log, up->log_path);
        if (up->log.fd < 0)
                return complain("%s : écriture impossible (%s).", up->log_path, strerror(errno)) == 0;
        speak_to_log(up);
        return true;
}

/* Who runs, for other programs: {"tracking-1": 1234}. */
static void write_pids(const struct up *up)
{
        char path[CTL_PATH_SIZE];
        char fresh[CTL_PATH_SIZE];
        (void)snprintf(path, sizeof(path), "%s/pids.json", up->directory);
        (void)snprintf(fresh, sizeof(fresh), "%s/pids.json.new", up->directory);
        json_t *pids = json_object();
        for (size_t i = 0; i < up->count; i++) {
                const struct child *child = &up->children[i];
                if (child->pid != 0)
                        require(json_object_set_new(pids, child->instance->name, json_integer(child->pid)) == 0);
        }
        if (json_dump_file(pids, fresh, JSON_INDENT(2)) != 0 || rename(fresh, path) != 0)
                (void)complain("%s : écriture impossible (%s).", path, strerror(errno));
        json_decref(pids);
}

static void finish(struct up *up)
{
        for (size_t i = 0; i < up->count; i++)
                if (up->children[i].state != CHILD_STOPPED)
                        return;
        client_free(up->client);
        up->client = NULL;
        bus_free(up->bus);
        up->bus = NULL;
        for (size_t i = 0; i < up->count; i++)
                child_close(&up->children[i]);
        for (size_t i = 0; i < ARRAY_SIZE(up->signals); i++)
                uv_close((uv_handle_t *)&up->signals[i], NULL);
        uv_close((uv_handle_t *)&up->ask_timer, NULL);
        uv_close((uv_handle_t *)&up->stop_timer, NULL);
}

static void on_changed(struct child *child)
{
        struct up *up = child->owner;
        up_display_changed(&up->display, child);
        write_pids(up);
        if (up->stopping)
                finish(up);
}

static void on_too_long(uv_timer_t *timer)
{
        struct up *up = timer->data;
        for (size_t i = 0; i < up->count; i++)
                child_kill(&up->children[i]);
}

static void on_signal(uv_signal_t *handle, int number)
{
        (void)number;
        struct up *up = handle->data;
        if (up->stopping) { /* asked twice: at once */
                on_too_long(&up->stop_timer);
                return;
        }
        up->stopping = true;
        require(uv_timer_start(&up->stop_timer, on_too_long, STOP_MS, 0) == 0);
        (void)uv_timer_stop(&up->ask_timer);
        for (size_t i = 0; i < up->count; i++)
                child_stop(&up->children[i]);
}

static void ask_door(uv_work_t *work)
{
        struct door_watch *door = work->data;
        door->answer = http_answers(door->child->instance->http, DOOR_TIMEOUT_MS);
}

static void on_door(uv_work_t *work, int status)
{
        struct door_watch *door = work->data;
        bool heard = status == 0 && door->answer;
        door->asking = false;
        if (heard || door->asked_pid != door->child->pid)
                door->missed = 0;
        door->asked_pid = door->child->pid;
        door->heard_pid = heard ? door->child->pid : 0;
        door->missed += !heard;
}

/* What a daemon says of itself, but for a gateway whose users are not heard. One that begins may not have been asked
 * yet, or a moment too early. */
static const char *health_of(const struct up *up, const struct child *child, const char *state)
{
        const struct door_watch *door = &up->doors[child - up->children];
        if (child->instance->http == NULL || strcmp(state, "serving") != 0 || door->heard_pid == child->pid)
                return state;
        return child->state == CHILD_STARTING && door->missed < DOOR_MISSES ? "starting" : HEALTH_DEAF;
}

static void on_health(void *argument, int err, const Wire__Reply *reply, struct arena *arena)
{
        struct child *child = argument;
        if (err != 0 || reply->outcome_case != WIRE__REPLY__OUTCOME_BODY)
                return;
        const Runtime__HealthReply *health =
                pb_decode(&runtime__health_reply__descriptor, pb_slice(reply->body), arena);
        if (health != NULL && health->pid == (uint64_t)child->pid)
                child_heard(child, health_of(child->owner, child, health->state));
}

static void ask(struct up *up, struct child *child)
{
        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;
        const struct client_target target = {child->instance->name, child->instance->endpoint,
                                             child->instance->public_key};
        char method[] = "runtime.Health";
        struct id id = id_new(&up->world, up->world.now_ms(&up->world), 0);
        envelope.version = 1;
        envelope.method = method;
        envelope.id = pb_bytes(id_slice(&id));
        client_ask(up->client, &target, &envelope, ASK_TIMEOUT_MS, on_health, child);
        struct door_watch *door = &up->doors[child - up->children];
        if (child->instance->http != NULL && !door->asking)
                door->asking = uv_queue_work(&up->loop, &door->work, ask_door, on_door) == 0;
}

static void on_ask(uv_timer_t *timer)
{
        struct up *up = timer->data;
        bool all_serve = true;
        for (size_t i = 0; i < up->count; i++) {
                if (up->children[i].pid != 0)
                        ask(up, &up->children[i]);
                all_serve = all_serve && up->children[i].state == CHILD_SERVING;
        }
        up_display_refresh(&up->display);
        if (log_file_turn_grown(&up->log))
                speak_to_log(up);
        uint64_t next_ms = all_serve ? ASK_MS : ASK_SOON_MS;
        require(uv_timer_start(timer, on_ask, next_ms, 0) == 0);
}

/* One supervisor for each run directory: the lock goes away with the process. */
static bool lock_directory(struct up *up)
{
        char path[CTL_PATH_SIZE];
        char text[32] = "";
        (void)snprintf(path, sizeof(path), "%s/up.pid", up->directory);
        up->pid_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (up->pid_fd < 0)
                return complain("%s : %s.", path, strerror(errno)) == 0;
        if (flock(up->pid_fd, LOCK_EX | LOCK_NB) != 0) {
                (void)!read(up->pid_fd, text, sizeof(text) - 1);
                text[strcspn(text, "\n")] = '\0';
                return complain("ce réseau tourne déjà (processus %s).", text) == 0;
        }
        int size = snprintf(text, sizeof(text), "%d\n", (int)getpid());
        if (ftruncate(up->pid_fd, 0) != 0 || write(up->pid_fd, text, (size_t)size) != size)
                return complain("%s : %s.", path, strerror(errno)) == 0;
        return true;
}

/* guichet-<service>, beside guichetctl. */
static bool find_programs(struct up *up)
{
        char self[CTL_PATH_SIZE];
        size_t size = sizeof(self);
        require(uv_exepath(self, &size) == 0);
        const char *beside = dirname(self);
        for (size_t i = 0; i < up->count; i++) {
                const char *service = up->topology->instances[i].service;
                char *program = arena_printf(&up->arena, "%s/guichet-%s", beside, service);
                if (access(program, X_OK) != 0)
                        return complain("%s : programme introuvable ; compilez le service « %s ».", program, service) ==
                               0;
                up->children[i].program = program;
        }
        return true;
}

static void open_children(struct up *up)
{
        for (size_t i = 0; i < up->count; i++) {
                struct child *child = &up->children[i];
                child->instance = &up->topology->instances[i];
                child->topology = up->topology_path;
                child->loop = &up->loop;
                child->changed = on_changed;
                child->owner = up;
                up->doors[i].child = child;
                up->doors[i].work.data = &up->doors[i];
                char path[CTL_PATH_SIZE];
                (void)snprintf(path, sizeof(path), "%s/logs/%s.log", up->directory, child->instance->name);
                child_open(child, path);
        }
}

static void open_handles(struct up *up)
{
        static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
        for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
                require(uv_signal_init(&up->loop, &up->signals[i]) == 0);
                up->signals[i].data = up;
                require(uv_signal_start(&up->signals[i], on_signal, numbers[i]) == 0);
        }
        require(uv_timer_init(&up->loop, &up->ask_timer) == 0);
        require(uv_timer_init(&up->loop, &up->stop_timer) == 0);
        up->ask_timer.data = up;
        up->stop_timer.data = up;
        require(uv_timer_start(&up->ask_timer, on_ask, ASK_SOON_MS, 0) == 0);
}

static bool supervise(struct up *up)
{
        struct err_info info = {0};
        struct bus_keys keys = {up->secrets.curve_public, up->secrets.curve_secret};
        require(uv_loop_init(&up->loop) == 0);
        up->bus = bus_new(&up->loop, &keys, NULL, 0, &info);
        if (up->bus == NULL)
                return complain("%s", info.text) == 0;
        up->client = client_new(up->bus);
        open_children(up);
        open_handles(up);
        up_display_open(&up->display, up->children, up->count);
        for (size_t i = 0; i < up->count; i++)
                child_start(&up->children[i]);
        (void)uv_run(&up->loop, UV_RUN_DEFAULT); /* until the last line of the last journal is read, too */
        for (size_t i = 0; i < up->count; i++)
                log_file_close(&up->children[i].log);
        require(uv_loop_close(&up->loop) == 0);
        up_display_close(&up->display);
        return true;
}

static bool prepare(struct up *up)
{
        static const char *const below[] = {"logs", "stores"};
        struct err_info info = {0};
        if (!network_give_signatures(up->directory) || !session_topology(up->directory, &up->topology))
                return false;
        if (secrets_load(up->topology, "ctl", &up->secrets, &info) != 0)
                return complain("%s", info.text) == 0;
        up->count = up->topology->instance_count;
        up->children = calloc(up->count, sizeof(*up->children));
        up->doors = calloc(up->count, sizeof(*up->doors));
        require(up->children != NULL && up->doors != NULL);
        (void)snprintf(up->topology_path, sizeof(up->topology_path), "%s/topology.json", up->topology->directory);
        return make_directories(up->directory, below, ARRAY_SIZE(below)) &&
               network_give_shared_keys(up->topology->directory) && find_programs(up) && lock_directory(up);
}

static int run_up(const struct verb *verb, int argc, char **argv)
{
        static struct up up = {.directory = "run", .log = {.fd = -1}, .pid_fd = -1};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &up.directory},
                {.name = "--log", .text = &up.log_path},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows)};
        if (options_parse(verb, &options, argc, argv) < 0)
                return CTL_MISUSED;

        arena_init(&up.arena);
        up.world = world_real();
        bool done = open_log(&up) && prepare(&up) && supervise(&up);
        free(up.children);
        free(up.doors);
        topology_free(up.topology);
        arena_fini(&up.arena);
        if (up.pid_fd >= 0)
                (void)close(up.pid_fd);
        log_file_close(&up.log);
        return done ? CTL_DONE : CTL_FAILED;
}

const struct verb verb_up = {
        .name = "up",
        .summary = "démarre le réseau et veille sur lui",
        .usage = "guichetctl up [--dir run] [--log FICHIER]\n\n"
                 "Démarre toutes les instances de topology.json et les relance si elles s'arrêtent d'elles-mêmes, "
                 "après\n"
                 "une pause de 100 ms qui double jusqu'à 10 s. Ctrl-C (ou SIGTERM) arrête tout proprement ; ce qui ne\n"
                 "s'arrête pas en 10 s est interrompu.\n\n"
                 "Journaux : logs/INSTANCE.log (un objet JSON par ligne). Processus : up.pid, pids.json.\n\n"
                 "  --log FICHIER   journal du superviseur lui-même, qui tourne comme les autres\n\n"
                 "Exemple :\n"
                 "  guichetctl up --dir run",
        .run = run_up,
};
