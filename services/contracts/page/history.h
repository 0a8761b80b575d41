/* history.h: the life of a contract, read back from the daemon's own log. Called by the queries of the room. */
#ifndef SERVICES_CONTRACTS_PAGE_HISTORY_H
#define SERVICES_CONTRACTS_PAGE_HISTORY_H

#include "common/service/work.h"
#include "common/store/walk.h"
#include "contracts/file.pb-c.h"

/* The events of a contract, and those of the publications that were joined to it (JoinPublications), each once and in
 * their order. A row each is looked at.
 *     struct history_walk walk;
 *     history_walk(work, contract, WALK_UP, after, &walk);
 *     while (history_step(&walk)) …
 *     history_end(&walk); */
struct history_walk {
        uint64_t number; /* of the event that was walked to */
        struct id whose; /* the contract, or the publication that alone knows of it */
        /* inside */
        struct joined *joined; /* the contract first */
        size_t count;
        enum walk_order order;
};
/* False: `after` is no cursor of a history. */
bool history_walk(const struct work *work, struct id contract, enum walk_order order, struct slice after,
                  struct history_walk *ret);
bool history_step(struct history_walk *walk);
void history_end(struct history_walk *walk);
/* Of that event, and of which publication; NULL as of history_line(). */
Contracts__HistoryLine *history_step_line(const struct work *work, const struct history_walk *walk);

/* The line of one event. NULL where the one who asks may not read it (or the transaction has failed). */
Contracts__HistoryLine *history_line(const struct work *work, uint64_t number);

#endif
