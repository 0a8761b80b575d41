/* facts.h: what both sides of `scripts/bench facts` have in their stores. */
#ifndef TESTS_BENCH_FACTS_H
#define TESTS_BENCH_FACTS_H

#include "bench.h"

enum {
        FACTS_FOLLOWED = 2000,
        FACTS_OBLIGATIONS = 2, /* of each contract that is followed */
        FACTS_EVENTS = 6,      /* imported, associated, clause, two obligations, need */
};

/* Fills a schema of its own with as many contracts, and asks for the rows of one page after the other. Latencies of
 * round trips; none where no server was started. */
struct samples postgresql_facts(const struct harness *context, size_t contracts);

#endif
