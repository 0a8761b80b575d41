/* leaving.h: a member that leaves its group: what of it stands before it is recorded. Called by the handler. */
#ifndef SERVICES_CONTRACTS_GROUPS_LEAVING_H
#define SERVICES_CONTRACTS_GROUPS_LEAVING_H

#include "services/contracts/obligations/members.h"

struct leaving {
        struct loaded_obligation loaded;
        struct members others;                        /* of the group, that have not left */
        const struct loaded_obligation *taker, *lead; /* NULL: none */
        struct postings parts;                        /* of parts that had begun since: from it to its taker */
        struct hours hours;                           /* that pass, or are let go */
        Contracts__LedgerDecision *decision;          /* as it is kept */
};

/* False with *ret_refusal, as LeaveGroup says. */
bool leaving_find(const struct work *work, const Contracts__LeaveGroup *command, struct leaving *ret,
                  struct refusal *ret_refusal) ATTR_MUST_CHECK;

struct postings leaving_postings(const struct work *work, const Contracts__LeaveGroup *command,
                                 const struct leaving *leaving);

#endif
