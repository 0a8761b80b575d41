/* reserved_views.h: whose reserved contracts a query is about. Called by the two queries of the room. */
#ifndef SERVICES_CONTRACTS_RESERVED_RESERVED_VIEWS_H
#define SERVICES_CONTRACTS_RESERVED_RESERVED_VIEWS_H

#include "services/contracts/reserved/reserved_entry.h"

/* The SIRET asked for, or the buyer's own, whatever it asks. "": all. False with *ret_refusal. */
bool reserved_scope(const struct work *work, const char *asked, char ret_siret[SIRET_TEXT_SIZE],
                    struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The contract of an index row, where the one who asks may read it. */
bool reserved_subject(const struct work *work, struct id id, struct loaded_contract *ret);

#endif
