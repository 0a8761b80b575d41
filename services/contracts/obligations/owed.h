/* owed.h: the obligation that a command names, found once and in the same way by every command of the room: known, and
 * of a contract that goes on. Called by handlers; what is pointed to lives in the work's arena. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_OWED_H
#define SERVICES_CONTRACTS_OBLIGATIONS_OWED_H

#include "contracts/consultation.pb-c.h"
#include "services/contracts/ledger/ledger.h"
#include "services/contracts/obligations/decision.h"
#include "services/contracts/record/record_rows.h"

struct owed {
        struct id id;
        Contracts__ObligationRecorded *obligation;
        Contracts__ContractRecord *contract;
        struct ledger ledger;
        bool ended;
};

/* NOT_FOUND where there is none. `field`: what names it in the command. */
bool owed_find(const struct work *work, const Types__Id *id, const char *field, struct owed *ret,
               struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Two names of one company in one message: where the directory has told of `organisation` (may be absent), its SIRET is
 * the one beside it. INVALID_FIELD, `field` naming the organisation. */
bool owed_by_one(const struct work *work, const Types__Id *organisation, const char *siret, const char *field,
                 struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* For views: an organisation stands beside the SIRET, and the directory does not say (any more) that it is of that one.
 */
bool owed_is_unverified(const struct work *work, const Types__Id *organisation, const char *siret);
/* The same of all who make an offer: they will owe hours, each under one name. */
bool owed_by_one_each(const struct work *work, const Contracts__Offer *offer, const char *field,
                      struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* Of a contract that has not ended: then its hours stand, but for what is invoiced after the end. */
bool owed_going_on(const struct owed *owed, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Who decides: the acting buyer, or the facilitator for it. `siret` is filled in and borrowed; the buyers concerned are
 * for the caller to say. */
struct decider owed_decider(const struct work *work, char siret[SIRET_TEXT_SIZE]);

/* One more posting of an event. */
struct postings {
        Contracts__Posting **list;
        size_t count;
};
void owed_post(const struct work *work, const struct owed *owed, const struct posting *posting, const char *cause,
               struct postings *postings);

#endif
