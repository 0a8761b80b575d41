/* loaded_obligation.h: the obligation that a command names, found once and in the same way by every command of the
 * room: known, and of a contract that goes on. Called by handlers; what is pointed to lives in the work's arena. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_LOADED_OBLIGATION_H
#define SERVICES_CONTRACTS_OBLIGATIONS_LOADED_OBLIGATION_H

#include "contracts/consultation.pb-c.h"
#include "services/contracts/ledger/ledger.h"
#include "services/contracts/obligations/decision.h"
#include "services/contracts/obligations/terms.h"
#include "services/contracts/record/record_rows.h"

struct loaded_obligation {
        struct id id;
        Contracts__ObligationRecorded *obligation;
        Contracts__ContractRecord *contract;
        struct ledger ledger;
        const Contracts__ContractFile *file; /* NULL: nobody has said more than its buyer */
        const Types__Day *ended_on;          /* NULL: it goes on */
};

/* NOT_FOUND where there is none. `field`: what names it in the command. */
bool loaded_obligation_find(const struct work *work, const Types__Id *id, const char *field,
                            struct loaded_obligation *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Of a contract that had not ended on the day of what is told; NULL: today. */
bool loaded_obligation_going_on(const struct loaded_obligation *loaded, const Types__Day *day,
                                struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Who decides: the acting buyer, or the facilitator for it; `buyers` are concerned. These and `siret`, which is filled
 * in, are borrowed. */
struct decider decider_acting(const struct work *work, char *const *buyers, size_t count, char siret[SIRET_TEXT_SIZE]);

/* What it demands today, as it stands. */
struct demand loaded_obligation_demand(const struct work *work, const struct loaded_obligation *loaded);

/* One more posting of an event. */
struct postings {
        Contracts__Posting **list;
        size_t count;
};
void loaded_obligation_post(const struct work *work, const struct loaded_obligation *loaded,
                            const struct posting *posting, const char *cause, struct postings *postings);
/* CLAUSE -> DUE: the difference to what the account holds; none, no posting. Of a framework agreement its invoices say
 * what is demanded: none. */
void loaded_obligation_post_demand(const struct work *work, const struct loaded_obligation *loaded,
                                   struct hours demanded, const char *cause, struct postings *postings);

#endif
