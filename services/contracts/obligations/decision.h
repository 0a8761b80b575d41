/* decision.h: who may say what a buyer decided: the buyer's own account, or the facilitator with the reference and the
 * date of the written decision. Pure. Called by the commands that take a decision of the buyer's (transfers, waivers):
 * there is no other way to one. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_DECISION_H
#define SERVICES_CONTRACTS_OBLIGATIONS_DECISION_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/codec/refusal.h"
#include "contracts/obligations.pb-c.h"

struct decider {
        bool is_buyer;
        const char *siret; /* a buyer's own; "" where it is not known */
        struct day today;
        char *const *buyers; /* the SIRETs concerned, each once */
        char *const *told;   /* each as it is told: name and SIRET */
        size_t buyer_count;
};

/* *ret is the decision as it is kept, in the arena. False with *ret_refusal,
 * fields told from `decision` on. */
bool decision_check(const Contracts__LedgerDecision *said, const struct decider *decider, struct arena *arena,
                    Contracts__LedgerDecision **ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
