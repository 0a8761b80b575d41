/* recording.h: what RecordObligation decides. Called by RecordObligation and by the list of running contracts. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_RECORDING_H
#define SERVICES_CONTRACTS_OBLIGATIONS_RECORDING_H

#include "services/contracts/obligations/members.h"

/* The clause, and who owes hours of it already; each is known, or is going to be recorded just before. */
struct recording {
        const Contracts__ClausePut *clause;
        const struct members *members;
};

/* The hours that it will owe. False with *ret_refusal (INVALID_FIELD, ALREADY_EXISTS). */
bool recording_decide(const struct work *work, const Contracts__RecordObligation *command,
                      const struct recording *recording, struct hours *ret,
                      struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
