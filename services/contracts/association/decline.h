/* decline.h: what may be said of an association, and when a contract may be declined. Pure. Called by the handlers of
 * the room. Source: fiche D1, I.1. */
#ifndef SERVICES_CONTRACTS_ASSOCIATION_DECLINE_H
#define SERVICES_CONTRACTS_ASSOCIATION_DECLINE_H

#include "common/base/day.h"
#include "common/codec/refusal.h"
#include "contracts/commands.pb-c.h"

/* ASSOCIATED: since when, when in the preparation and by whom are needed; NOT_ASSOCIATED: none of them is. `last`: the
 * last day that can be told: today, or that of the publication. */
bool association_check(const Contracts__RecordAssociation *command, struct day last,
                       struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Only a contract to which the facilitator is said not to have been associated can be declined, once, and not any more
 * when a company owes its hours (`owed`): persons may be at work. `file` may be NULL. */
bool decline_check(const Contracts__ContractFile *file, bool owed, struct refusal *ret_refusal) ATTR_MUST_CHECK;

bool resume_check(const Contracts__ContractFile *file, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* "NAMED_WITHOUT_NOTICE": what the library of texts calls the reason too. */
const char *decline_reason_name(Contracts__DeclineReason reason);

#endif
