/* group_buyers.h: a contract with several buyers (record/buyers.h): whose an order or an invoice is, and each one's
 * part of what is ordered, invoiced and due. Hours are parted as members of a clause part them: by amounts, exactly. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_GROUP_BUYERS_H
#define SERVICES_CONTRACTS_OBLIGATIONS_GROUP_BUYERS_H

#include "services/contracts/obligations/members.h"

/* *ret: the member's SIRET; "": the coordinator's. A member's account orders for itself. */
bool group_buyers_whose(const struct work *work, const struct loaded_obligation *loaded, char *said, char **ret,
                        struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Security: a member reads its own orders and invoices, the coordinator and all others those of everybody. */
bool group_buyers_may_read(const struct work *work, struct id contract, const Contracts__ContractOrder *order);

/* Of the framework agreements among these obligations, all of one contract; none where the buyer is alone. Security: of
 * a member, its own line. */
Contracts__BuyerFigures **group_buyers_figures(const struct work *work, const struct members *members,
                                               size_t *ret_count);

#endif
