/* draft.h: a piece as it reads now, from the rows. Called by the handlers of the room. */
#ifndef SERVICES_CONTRACTS_DRAFTING_DRAFT_H
#define SERVICES_CONTRACTS_DRAFTING_DRAFT_H

#include "common/store/eventlog.h"
#include "services/contracts/drafting/wording.h"
#include "services/contracts/record/loaded_contract.h"

struct draft {
        struct worded worded;
        const Contracts__ClauseLibraryVersion *library;
        const Types__Hours *hours;
        struct slice hash; /* BLAKE2b-256 of the text; in the arena */
};

/* The clause on the lot; NULL: there is none. */
const Contracts__ClausePut *draft_clause_of(const struct work *work, struct id contract, uint32_t lot);
/* What is said of the lot and of all lots, together; the lever that was chosen in the annual programme where none is
 * said. */
Contracts__DraftItems *draft_items_of(const struct work *work, struct id contract, uint32_t lot);

/* False with *ret_refusal: something is missing (all of it is named), or cannot be put in words. */
struct piece {
        uint32_t lot;
        Contracts__DraftPiece piece;
};
bool draft_make(const struct work *work, const struct loaded_contract *loaded, struct piece of, struct draft *ret,
                struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The penalties that it says, without the day. */
Contracts__KeptPenalties draft_penalties(const Contracts__DraftKept *kept);

/* A version that was handed over, as queries show it, without its text; whether it would read otherwise today. */
Contracts__DraftView *draft_view(const struct work *work, const struct loaded_contract *loaded,
                                 const Contracts__DraftRow *row);

#endif
