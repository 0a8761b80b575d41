/* waits.h: things that wait, by the hundred thousand, put into a store of notifications as its planning records them;
 * and what its log tells of those whose instant has come. */
#ifndef TESTS_LIB_WAITS_H
#define TESTS_LIB_WAITS_H

#include "common/service/engine.h"
#include "notifications/deadlines.pb-c.h"
#include "tests/lib/net.h"

struct waits_filling {
        size_t count;
        void (*say)(size_t number, Notifications__Wait *wait,
                    struct arena *arena); /* its instants, its step, for whom */
};
void waits_fill(struct engine *engine, const struct waits_filling *filling);

/* The store of notifications-1, opened by this process while the daemon is not running. */
struct engine *waits_open_store(struct net *net, struct world *world);
/* How many events of the log behind that one tell of a wait that is near or late: each behind those that come before
 * it, by instant, then by id; each with one notice. What is not so ends the process. */
size_t waits_told_in_order(struct engine *engine, uint64_t after);

/* The territories that they are of, in turn. */
enum { WAITS_TERRITORIES = 13 };
extern const char *const waits_territories[WAITS_TERRITORIES];

#endif
