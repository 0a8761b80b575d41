/* framework.h: framework agreements: hours forecast from orders, due from invoices. Pure. Called by RecordOrder,
 * RecordContractInvoice and the queries that show them. What a sum of money makes in hours is for the method of the
 * clause to say (clauses/calibration_hours.h), over the sum of all members of a group, because a trigger is the
 * contract's and not each one's. The hours are then parted by what each member ordered or invoiced. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_FRAMEWORK_H
#define SERVICES_CONTRACTS_OBLIGATIONS_FRAMEWORK_H

#include "common/base/day.h"
#include "common/base/quantity.h"
#include "common/codec/refusal.h"
#include "contracts/obligations.pb-c.h"

enum { ORDER_MILLIONS_MAX = 10000 /* euros, of one order or invoice */ };

/* Whether the days of the order follow each other. */
bool framework_check_order(const Contracts__RecordOrder *order, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* A sum of orders or invoices after one more. A correction may take back what was there, not more. */
bool framework_add(struct money sum, struct money amount, struct money *ret,
                   struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The total in parts proportional to the amounts; those below zero have none. The parts make the total exactly, unless
 * there is no amount above zero: then they are all zero. */
void framework_split(struct hours total, const struct money *amounts, size_t count, struct hours *ret_parts);

/* What an order should have used up at the end of that day: evenly over its days, first and last included. */
struct money framework_consumed(const Contracts__ContractOrder *order, struct day on);

#endif
