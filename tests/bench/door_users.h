/* door_users.h: signed-in users who ask a gateway over HTTP, 200 requests a second together, each on a connection that
 * stays open; every tenth request comes on a new one, as a browser's does after a pause. */
#ifndef TESTS_BENCH_DOOR_USERS_H
#define TESTS_BENCH_DOOR_USERS_H

#include <stdatomic.h>
#include <stdbool.h>

#include "bench.h"

struct harness;
enum { DOOR_REQUESTS_PER_S = 200 };

struct door_users {
        uint16_t port;
        uint32_t per_s; /* 0: DOOR_REQUESTS_PER_S */
        char request[512];
        atomic_bool stop;
        /* out, once they have stopped */
        struct samples latencies; /* from the moment that a request was due to the last byte of its answer */
        uint64_t asked;
        uint64_t lost; /* not answered 200 within five seconds, asked once */
        void *threads;
};

void door_users_start(struct door_users *users);
void door_users_stop(struct door_users *users);

/* A verb of guichetctl, which must succeed. */
void door_ctl(const struct harness *context, const char *verb, const char *directory);
/* The port of the gateway of that run directory, and a facilitator's question about the demo region. */
void door_users_prepare(const char *directory, struct door_users *users);
/* They stop: their 99th percentile in milliseconds, which is put as "p99_ms_NAME". */
double door_users_take(struct door_users *users, const char *name, json_t *result);

/* A connection to 127.0.0.1; negative where there is none. `waits`: returns when it stands, or else at once. */
int door_connect(uint16_t port, bool waits);
/* Reads one answer: its status, or 0 where the connection ended or timeout_ms passed. */
int door_read_answer(int fd, uint32_t timeout_ms);

#endif
