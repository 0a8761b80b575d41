/* due.h: what waits for an instant, in three tables of the service that has it wait (TABLE_STATE): only apply() calls
 * the functions that change them, from events, so that a replay gives the same rows. What is done when the instant
 * comes: jobs.h.
 *
 *   by_time   kind u8, instant u64, id   empty; what comes first stands first
 *   by_name   kind u8, id                instant u64, attempts u32: what waits is moved or cancelled by its name
 *   parked    kind u8, id                instant u64, attempts u32, reason: given up, until somebody plays it again
 *
 * A name waits, or is parked, or is neither. Instants are UTC milliseconds, never negative; years ahead cost nothing.
 */
#ifndef COMMON_SERVICE_DUE_H
#define COMMON_SERVICE_DUE_H

#include "common/base/id.h"
#include "common/store/walk.h"

/* The numbers of the three tables, as the service's store.h has them. */
struct due_tables {
        size_t by_time, by_name, parked;
};

/* The same id may wait as several kinds at once: `kind` is the number of a job_kind. */
struct due_name {
        uint8_t kind;
        struct id id;
};

struct due {
        struct due_name name;
        int64_t at_ms;
        uint32_t attempts; /* that failed so far */
};

/* It waits for this instant, whatever it did before: new, moved, or parked and to be played again. No attempts yet. */
void due_set(struct txn *txn, const struct due_tables *tables, struct due_name name, int64_t at_ms);
/* An attempt at what waits has failed; the next is due then. What does not wait (any more) does not begin to. */
void due_again(struct txn *txn, const struct due_tables *tables, struct due_name name, int64_t at_ms);
/* It neither waits nor is parked from here on: done, or its cause fell away. False: it did neither before. */
bool due_cancel(struct txn *txn, const struct due_tables *tables, struct due_name name);
/* The last attempt at what waits has failed, for this reason, of which DUE_REASON_SIZE - 1 bytes are kept. */
enum { DUE_REASON_SIZE = 240 };
void due_park(struct txn *txn, const struct due_tables *tables, struct due_name name, int64_t at_ms,
              const char *reason);

bool due_find(struct txn *txn, const struct due_tables *tables, struct due_name name, struct due *ret);

/* What waits of a kind, the earliest first: walk_next() gives its id. */
void due_walk(struct txn *txn, const struct due_tables *tables, uint8_t kind, struct walk *ret);
int64_t due_walk_at_ms(const struct walk *walk);

struct parked {
        struct due_name name;
        int64_t at_ms; /* when it was given up */
        uint32_t attempts;
        char reason[DUE_REASON_SIZE];
};
bool parked_find(struct txn *txn, const struct due_tables *tables, struct due_name name, struct parked *ret);

/* What is parked of a kind, by id; `after`: the cursor of a page (common/service/page.h), or empty. */
void parked_walk(struct txn *txn, const struct due_tables *tables, uint8_t kind, struct slice after, struct walk *ret);
struct parked parked_here(const struct walk *walk);

#endif
