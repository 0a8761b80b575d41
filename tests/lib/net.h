/* net.h: daemons of our own for a benchmark or the torture: keys and topology by `guichetctl init`, the instances that
 * are wanted as child processes, a link to talk to them. Everything is in the benchmark's scratch directory. */
#ifndef TESTS_LIB_NET_H
#define TESTS_LIB_NET_H

#include <sys/types.h>

#include "common/clients/link.h"
#include "tests/lib/harness.h"

enum { NET_INSTANCES_MAX = 16 };

struct net {
        char directory[4096];
        struct topology *topology;
        struct secrets secrets; /* of the peer "bench" */
        struct link *link;      /* acting as a facilitator of the whole region */
        struct {
                const struct instance *instance;
                pid_t pid;
        } running[NET_INSTANCES_MAX];
        size_t running_count;
        const char *bin;
};

/* Processes of the network's programs. */
pid_t net_spawn(const char *const *arguments, bool quiet);
void net_run(const char *const *arguments);                          /* and waits for its success */
void net_end(pid_t pid);                                             /* SIGTERM, and waits */
void net_init(const struct harness *context, const char *directory); /* `guichetctl init` on free ports */

struct net *net_start(const struct harness *context, const char *const *instances, size_t count);
/* The same in a run directory that is there already, on ports of its own: its keys stay. */
struct net *net_start_in(const struct harness *context, const char *directory, const char *const *instances,
                         size_t count);
void net_stop(struct net *net);
void net_remove(const char *directory); /* a run directory, with all that is in it */
void net_start_instance(struct net *net, const char *name, const char *option); /* option: NULL or one more argument */
void net_stop_instance(struct net *net, const char *name);
void net_kill_instance(struct net *net, const char *name); /* kill -9 */
/* The instance's program with an option, not kept among those running; `quiet`: its standard output is dropped. */
pid_t net_spawn_instance(struct net *net, const char *name, const char *option, bool quiet);
void net_wait_serving(struct net *net, const char *name);
/* Until `follower` has taken in all that `source` has told so far. */
void net_wait_followed(struct net *net, const char *follower, const char *source);
const struct instance *net_instance(struct net *net, const char *name);

/* For integration tests: all daemons, two partitions of tracking, in a directory of its own under /tmp with that name;
 * NULL: there is none. Closing stops them, and the directory is gone. */
enum { NET_ALL = 8 };
extern const char *const net_all[NET_ALL];
struct net_home {
        char scratch[64];
        struct harness context; /* of the scratch directory, to start more in it */
};
struct net *net_open(struct net_home *home, const char *name);
void net_close(struct net_home *home, struct net *net);

/* Asks, and gives up on the benchmark where it is refused. The reply lives in the arena. */
const void *net_ask(struct net *net, const char *method, const void *request, struct arena *arena);
/* A figure of runtime.Metrics: "guichet_commits_total". */
double net_metric(struct net *net, const char *instance, const char *name);
/* Of the processor, that it has used since its start: in its own code and in the kernel's. */
double net_cpu_us(struct net *net, const char *instance);

Wire__Passport *net_passport(struct net *net, Types__Role role, const struct id *organisation, struct arena *arena);
struct slice net_sign(struct net *net, const Wire__Passport *passport, struct arena *arena);

/* Sends `count` requests to one instance, 512 at a time; `take` (may be NULL) gets each reply, in any order. */
struct stream {
        struct net *net;
        const char *method;
        const ProtobufCMessageDescriptor *output;
        const ProtobufCMessage *(*make)(void *argument, size_t n, struct arena *arena);
        void (*take)(void *argument, size_t n, const void *reply);
        void *argument;
        const char *instance; /* NULL: tracking-1 */
};
void stream_run(struct stream *stream, size_t count);

/* Contract, clause, obligation and `count` open placements of eligible persons, in territory 31. */
struct month_end {
        struct id company;
        struct id obligation;
        struct id *placements;
        size_t count;
};
void month_end_prepare(struct net *net, size_t count, struct month_end *ret);
void month_end_obligation(struct net *net, struct month_end *ret); /* contract, clause, obligation; no placements */
/* Placements on that obligation, in a territory of that instance, since a day. */
struct month_end_at {
        const char *instance, *territory;
        int32_t starts_on;
};
void month_end_place(struct net *net, const struct month_end_at *at, size_t count, struct month_end *month_end);

#endif
