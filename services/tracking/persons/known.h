/* known.h: is somebody known here already? By digests: a keyed hash of what her identity is found by
 * (identity_keys.h), made with a key that all tracking processes of the region share and no store holds. Called by
 * handlers; nothing is recorded here. What is returned lives in the work's arena.
 *
 * A ticket is the digests of a question, sealed with a key made of the same, for who asked and a few minutes: so that
 * the other partitions can be asked without a name, nor a digest that could be kept and compared. */
#ifndef SERVICES_TRACKING_PERSONS_KNOWN_H
#define SERVICES_TRACKING_PERSONS_KNOWN_H

#include "common/service/work.h"
#include "services/tracking/persons/identity_rows.h"

enum { KNOWN_MAX = 32, TICKET_MINUTES = 5 };

/* How digests are made: derived from the region's key once, at start. */
struct digest_maker {
        uint8_t digest_key[32], ticket_key[32];
        uint8_t made_with[DIGESTS_MADE_WITH_SIZE];
};
void digest_maker_make(const uint8_t key[32], struct digest_maker *ret);

/* All that is kept of an identity, and what is asked with it. */
Tracking__PersonDigests *digests_of(const struct digest_maker *maker, const Tracking__Identity *identity,
                                    struct arena *arena);
bool digests_are_made_with(const struct digest_maker *maker, const Tracking__PersonDigests *digests);

struct known {
        struct id id;
        Tracking__Sureness sureness;
};
struct known_list {
        struct known at[KNOWN_MAX]; /* the surest first */
        size_t count;
};
/* Whoever may be the one of these digests. A person's files come as they are, merged or not. */
void known_find(struct txn *txn, const Tracking__PersonDigests *asked, struct known_list *ret);

/* Notes in what is kept who else she may be, of PAIRS_MAX at most; `self` (may be zero) is she. */
enum { PAIRS_MAX = 8 };
void digests_pair(Tracking__PersonDigests *digests, const struct known_list *known, struct id self,
                  struct arena *arena);

/* What the one who asks may be told of them: a line a territory; the file, to its facilitators and to the prescriber
 * who referred her. `ret` has room for KNOWN_MAX lines; returns how many. */
size_t known_lines(const struct work *work, const struct known_list *known, Tracking__KnownPersonLine **ret);

struct slice ticket_make(struct work *work, const struct digest_maker *maker, Tracking__PersonDigests *digests);
/* NULL with *ret_refusal: it is too old, another's, or of another region's key. */
const Tracking__PersonDigests *ticket_open(const struct work *work, const struct digest_maker *maker,
                                           struct slice ticket, struct refusal *ret_refusal);

#endif
