/* identity_rows.h: the rows by which a person is found, and the pairs of files that may be one person or are. Finds
 * return what lives in the arena, NULL where there is none; failures are the transaction's (sticky). Puts are for
 * apply() only: they read rows and the event, never the key of the digests. List walks must not be mixed with writes.
 *
 *   table                     key                          row
 *   identity_digests          beneficiary id               DigestsRow; under the zero id, which digests all have
 *   person_by_digest          digest, beneficiary id       empty
 *   doubles                   beneficiary id, other id     DoubleRow; both ways round
 *   doubles_by_territory      territory, both ids          empty: the pairs to be shown, of either one's territory
 *   merged                    beneficiary id               id of the file that goes on; of that one too, its own
 *   merged_by_main            that id, beneficiary id      empty
 *
 * A merge is one link and nothing else, so that an unmerge restores exactly. What goes on never joined another. */
#ifndef SERVICES_TRACKING_PERSONS_IDENTITY_ROWS_H
#define SERVICES_TRACKING_PERSONS_IDENTITY_ROWS_H

#include "common/base/arena.h"
#include "common/store/tables.h"
#include "common/store/walk.h"
#include "services/tracking/persons/beneficiary.h"
#include "tracking/state.pb-c.h"

#define IDENTITY_TABLES(TABLE)                                                                                         \
        TABLE(IDENTITY_DIGESTS, "identity_digests", TABLE_STATE)                                                       \
        TABLE(PERSON_BY_DIGEST, "person_by_digest", TABLE_STATE)                                                       \
        TABLE(DOUBLES, "doubles", TABLE_STATE)                                                                         \
        TABLE(DOUBLES_BY_TERRITORY, "doubles_by_territory", TABLE_STATE)                                               \
        TABLE(MERGED, "merged", TABLE_STATE)                                                                           \
        TABLE(MERGED_BY_MAIN, "merged_by_main", TABLE_STATE)
IDENTITY_TABLES(TABLE_NUMBER)

enum {
        DIGEST_SIZE = 16,
        DIGESTS_MADE_WITH_SIZE = 8,
        HOLDERS_MAX = 64, /* of one digest that are looked at; more have a name so common that it says nothing */
};

/* --- digests */
Tracking__DigestsRow *identity_digests(struct txn *txn, struct id id, struct arena *arena);
size_t digests_count(const Tracking__PersonDigests *digests);
/* Whoever holds a digest, in the order of ids. */
void identity_holders(struct txn *txn, const uint8_t digest[DIGEST_SIZE], struct walk *ret);
/* Hers from now on, and whom they pair her with. Those of before go. NULL: hers go, and all of her pairs. */
void identity_put_digests(struct txn *txn, struct id id, const Tracking__PersonDigests *digests, struct arena *arena);
void identity_note_made_again(struct txn *txn, struct id id, struct arena *arena);

/* --- pairs */
Tracking__DoubleRow *identity_double(struct txn *txn, struct id id, struct id other, struct arena *arena);
/* Her pairs are shown in that territory from here on; her own row is as it was. */
void identity_move(struct txn *txn, struct id id, const char *territory, struct arena *arena);
void identity_keep_apart(struct txn *txn, struct id id, struct id other, struct arena *arena);
/* The pairs of a territory that are to be shown, or of all: both ids end the key (identity_pair()). */
void identity_doubles_walk(struct txn *txn, const char *territory, struct slice after, struct walk *ret);
struct pair {
        struct id id, other; /* ascending */
};
struct pair identity_pair(const struct walk *walk);

/* --- files of one person */
struct files {
        struct id at[FILES_MAX]; /* the first is the one that goes on */
        size_t count;
};
/* All files of the person who has this one; it alone where it is merged with none. */
struct files identity_files(struct txn *txn, struct id id);
struct id identity_main(struct txn *txn, struct id id);
/* When the person is eligible by whichever of her files, ascending; `ret` has room for PERSON_PERIODS_MAX. */
size_t identity_periods(struct txn *txn, struct id id, struct period *ret, struct arena *arena);
void identity_merge(struct txn *txn, struct id id, struct id into);
void identity_unmerge(struct txn *txn, struct id id);
/* A file goes: those that had joined it go on with the first of them. */
void identity_drop(struct txn *txn, struct id id, struct arena *arena);

#endif
