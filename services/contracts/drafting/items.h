/* items.h: what a clause's documents must say besides its hours. Pure. Called by the handlers of the room. Source: CCAG
 * 2021, art. 16.1: perimeter of the action, facilitator's contact, eligible publics, volume of hours. */
#ifndef SERVICES_CONTRACTS_DRAFTING_ITEMS_H
#define SERVICES_CONTRACTS_DRAFTING_ITEMS_H

#include "common/base/arena.h"
#include "common/codec/refusal.h"
#include "contracts/drafting.pb-c.h"

enum { DRAFT_PENALTY_MAX_EUROS = 10000 };

/* Whether what is said can be kept; what is not said yet is no fault. `items` NULL: absent. */
bool draft_items_check(const Contracts__DraftItems *items, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The items of a lot, with those of all lots (either may be NULL) where the lot says nothing. In the arena; borrows
 * from both. */
Contracts__DraftItems *draft_items_merge(const Contracts__DraftItems *of_lot, const Contracts__DraftItems *of_all,
                                         struct arena *arena);

/* What no document can do without and is not there, in French, each with the name of its field. `has_hours`: the lot
 * has a clause. */
struct missing {
        char **texts;
        size_t count;
};
struct missing draft_missing(const Contracts__DraftItems *items, bool has_hours, struct arena *arena);

/* True where nothing is missing; else WRONG_STATE, naming all of it and where to give it. */
bool draft_is_complete(const struct missing *missing, struct arena *arena, struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
