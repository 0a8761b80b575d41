/* load.h: clients that ask a daemon as fast as it answers: `clients` connections, `window` requests in flight on each.
 */
#ifndef TESTS_BENCH_LOAD_H
#define TESTS_BENCH_LOAD_H

#include "bench.h"
#include "tests/lib/net.h"

struct load {
        struct net *net;
        const char *instance;
        const char *method;
        struct slice passport;
        size_t clients;
        size_t window;
        uint32_t seconds;
        uint32_t per_s_max; /* 0: as fast as it goes; else requests are spread over the second */
        const ProtobufCMessage *(*make)(void *argument, uint64_t n, struct arena *arena);
        void *argument;
        /* out */
        uint64_t done;
        double per_s;
        struct samples latencies;
};

void load_run(struct load *load);

/* Statements of hours of the month's end, as its company: the caller says how many clients and for how long. */
struct load month_end_load(struct net *net, struct month_end *month_end, struct arena *arena);

/* The same in a process of its own, whose figures are not told. done: waits for its end. */
pid_t load_in_background(const struct load *load);
void load_background_done(pid_t process);

#endif
