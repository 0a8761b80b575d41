/* company_names.h: the names of the companies of the directory, as answers to questions must not tell them. Copied from
 * the directory's events (reactions/). Tables: consultation_rows.h.
 *
 * table            kind   key                           value
 * company_names    COPY   organisation id               CompanyNames
 * company_by_word  COPY   first word, organisation id   empty */
#ifndef SERVICES_CONTRACTS_CONSULTATION_COMPANY_NAMES_H
#define SERVICES_CONTRACTS_CONSULTATION_COMPANY_NAMES_H

#include "common/service/work.h"
#include "services/contracts/consultation/answer.h"

/* NULL or "": it has none, or is none that could make an offer. */
void company_names_put(struct txn *txn, struct arena *arena, struct id organisation, const char *name,
                       const char *legal_name);

/* The first of them that the text tells, as it is folded, without blanks at its ends; NULL: none. In the arena. */
const char *company_names_told(const struct work *work, const char *text, const struct answer_guard *guard);

#endif
