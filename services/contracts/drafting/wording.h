/* wording.h: a piece's text, from the dated library of clauses (deploy/rules/clause_texts.json,
 * contracts.ClauseLibrary). Pure. A piece is the paragraphs that name it, or no piece; the same for the kind of
 * contract, the lever, the method of calculation and the modalities. What is published never tells the buyer's estimate
 * nor what it follows from: the fields that do are filled in for pieces that the library marks internal alone, and a
 * library that asks for one elsewhere is refused at start. Called by draft.c, and once at start to check the library.
 * Everything returned lives in the arena. */
#ifndef SERVICES_CONTRACTS_DRAFTING_WORDING_H
#define SERVICES_CONTRACTS_DRAFTING_WORDING_H

#include "common/codec/dated.h"
#include "common/codec/refusal.h"
#include "contracts/drafting.pb-c.h"
#include "common/texts/publics.h"

/* What is to be said. All of it is complete: items.h has seen to that. */
struct wording {
        const Contracts__ClauseLibraryVersion *library;
        const struct publics *publics;
        const Contracts__DraftItems *items;
        const Contracts__Calibration *calibration;
        const Types__Hours *hours;
        const Contracts__CalibrateReply *estimate; /* how they were calculated; of an internal piece, else NULL */
        Contracts__ContractKind kind;
        Contracts__DraftPiece piece;
        const char *buyer;
        const char *object;
        const char *lot; /* "lot n° 2 (Peinture)"; NULL: the contract has no lots */
};

struct worded {
        const char *title;
        char *text;
        char **to_confirm; /* paragraphs whose source is not found yet: heading, and what is known of it */
        size_t to_confirm_count;
};

/* False with *ret_refusal: the library has no words for that kind of contract, or the kind does not admit that
 * reservation. */
bool wording_make(const struct wording *wording, struct arena *arena, struct worded *ret,
                  struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Whether it is the buyer's alone. */
bool wording_is_internal(const Contracts__ClauseLibraryVersion *library, Contracts__DraftPiece piece);

/* What the library calls a piece. */
const char *wording_title(const Contracts__ClauseLibraryVersion *library, Contracts__DraftPiece piece);

/* Every paragraph has lines and asks for fields that there are, in what is published for none that is the buyer's own.
 * 0, or ERR_CONFIG with the place. */
int wording_check(const struct dated *library, struct err_info *info) ATTR_MUST_CHECK;

#endif
