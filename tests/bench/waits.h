/* waits.h: things that wait, by the hundred thousand, put into a store of notifications as its planning records them. */
#ifndef TESTS_BENCH_WAITS_H
#define TESTS_BENCH_WAITS_H

#include "common/service/engine.h"
#include "notifications/deadlines.pb-c.h"

struct waits_filling {
        size_t count;
        void (*say)(size_t number, Notifications__Wait *wait,
                    struct arena *arena); /* its instants, its step, for whom */
};
void waits_fill(struct engine *engine, const struct waits_filling *filling);

/* The territories that they are of, in turn. */
enum { WAITS_TERRITORIES = 13 };
extern const char *const waits_territories[WAITS_TERRITORIES];

#endif
