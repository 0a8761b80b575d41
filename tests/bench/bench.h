/* bench.h: what every benchmark shares: a place to work in, samples, and one JSON object at the end.
 * A benchmark measures Guichet and, in the same run, the yardsticks that its issue names (raw LMDB, raw ZeroMQ,
 * PostgreSQL), and prints the ratios. Timings never decide a test. */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "common/base/attr.h"

struct bench_context {
        const char *directory;  /* scratch, on the disk that is measured */
        const char *postgresql; /* connection string of a server of the script's own; NULL: not started */
        const char *bin;        /* where guichetctl and the daemons are */
        uint32_t seconds;       /* of each measured part */
};

/* Latencies in microseconds. */
struct samples {
        double *values;
        size_t count;
        size_t room;
};
void samples_add(struct samples *samples, double us);
double samples_percentile(struct samples *samples, double percent); /* sorts; 0 where there are none */
void samples_free(struct samples *samples);

uint64_t bench_now_us(void);
void bench_note(const char *format, ...) ATTR_FORMAT(1, 2); /* progress, on standard error */
void bench_fail(const char *format, ...) ATTR_FORMAT(1, 2) ATTR_NORETURN;
void bench_put(json_t *into, const char *key, double value); /* rounded to four digits that matter */

/* Rows of a month's end: what one validated submission writes, wherever it is written. */
enum { ROW_HOURS_BYTES = 16, ROW_EVENT_BYTES = 176, ROW_DEDUP_BYTES = 48, PLACEMENTS = 30000 };

/* Rows a second, `batch` submissions a commit, the placements in random order. */
double raw_lmdb_submissions(const struct bench_context *context, size_t batch);
double postgresql_submissions(const struct bench_context *context, size_t connections);

/* The benchmarks. */
json_t *bench_commands(const struct bench_context *context);
json_t *bench_queries(const struct bench_context *context);
json_t *bench_alert(const struct bench_context *context);
json_t *bench_replay(const struct bench_context *context);
json_t *bench_footprint(const struct bench_context *context);

#endif
