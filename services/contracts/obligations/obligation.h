/* obligation.h: who owes the hours of a clause. Pure. Called by RecordObligation. A group of companies has one
 * obligation a member, so that each one's part is seen; a company has one a clause. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_OBLIGATION_H
#define SERVICES_CONTRACTS_OBLIGATIONS_OBLIGATION_H

#include "common/base/quantity.h"
#include "common/codec/refusal.h"
#include "contracts/commands.pb-c.h"
#include "contracts/events.pb-c.h"

enum {
        OBLIGATION_HOURS_MAX = 6000000, /* a quarter of what all clauses of France brought in a year */
};

/* The hours owed: the command's, or the clause's where it names none; none yet of a framework agreement, whose invoices
 * decide. */
bool obligation_check(const Contracts__RecordObligation *command, const Contracts__ClausePut *clause,
                      struct hours *ret_hours, struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
