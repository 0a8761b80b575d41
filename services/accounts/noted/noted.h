/* noted.h: what is noted one event after the other, told newest first, of everybody or of one account, and forgotten
 * after a set time (exports, sign-ins). Two tables: the rows by the number of their events, and empty rows that lead to
 * them, by account id and number. Only the functions of a room's events.c call those that write. */
#ifndef SERVICES_ACCOUNTS_NOTED_NOTED_H
#define SERVICES_ACCOUNTS_NOTED_NOTED_H

#include "common/base/id.h"
#include "common/service/work.h"
#include "common/store/walk.h"

struct noted {
        const size_t *rows, *of_account; /* tables */
        const ProtobufCMessageDescriptor *type;
        struct id (*account)(const void *row);
        int64_t (*at_ms)(const void *row);
};

void *noted_row(struct txn *txn, const struct noted *noted, uint64_t number, struct arena *arena); /* NULL: none */
void noted_put(struct txn *txn, const struct noted *noted, uint64_t number, const void *row, struct arena *arena);
/* The oldest, up to that one; some tens at once. */
void noted_drop(struct txn *txn, const struct noted *noted, uint64_t up_to, struct arena *arena);
/* Newest first; of one account, or, where the id is zero, of all. */
void noted_walk(struct txn *txn, const struct noted *noted, struct id account, struct slice before, struct walk *ret);

/* Forgets what is sealed of those that are older than so many days, `at_once` of them at most. Up to which they are to
 * be dropped; 0: none is that old. */
uint64_t noted_forget(struct work *work, const struct noted *noted, int64_t kept_days, size_t at_once);

#endif
