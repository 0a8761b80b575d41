/* bench.h: what every benchmark shares: a place to work in, samples, and one JSON object at the end.
 * A benchmark measures Guichet and, in the same run, the yardsticks that its issue names (raw LMDB, raw ZeroMQ,
 * PostgreSQL), and prints the ratios. Timings never decide a test. */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "tests/lib/harness.h"

/* Latencies in microseconds. */
struct samples {
        double *values;
        size_t count;
        size_t room;
};
void samples_add(struct samples *samples, double us);
double samples_percentile(struct samples *samples, double percent); /* sorts; 0 where there are none */
void samples_free(struct samples *samples);

void bench_put(json_t *into, const char *key, double value); /* rounded to four digits that matter */

/* Rows of a month's end: what one validated submission writes, wherever it is written. */
enum { ROW_HOURS_BYTES = 32, ROW_EVENT_BYTES = 176, ROW_DEDUP_BYTES = 48, PLACEMENTS = 30000 };

/* Rows a second, `batch` submissions a commit, the placements in random order. */
double raw_lmdb_submissions(const struct harness *context, size_t batch);
double postgresql_submissions(const struct harness *context, size_t connections);

/* The benchmarks. */
json_t *bench_commands(const struct harness *context);
json_t *bench_queries(const struct harness *context);
json_t *bench_month(const struct harness *context);
json_t *bench_loop(const struct harness *context);
json_t *bench_alert(const struct harness *context);
json_t *bench_replay(const struct harness *context);
json_t *bench_footprint(const struct harness *context);
json_t *bench_import_decp(const struct harness *context);
json_t *bench_door(const struct harness *context);
json_t *bench_crowd(const struct harness *context);
json_t *bench_http(const struct harness *context);
json_t *bench_streams(const struct harness *context);
json_t *bench_facts(const struct harness *context);
json_t *bench_find_person(const struct harness *context);
json_t *bench_partitions(const struct harness *context);
json_t *bench_import_hours(const struct harness *context);
json_t *bench_deadlines(const struct harness *context);
json_t *bench_day(const struct harness *context);

#endif
