/* programming.h: the annual programme of a buyer, the four levers, the obligation of a social condition. */
#ifndef SERVICES_CONTRACTS_PROGRAMMING_PROGRAMMING_H
#define SERVICES_CONTRACTS_PROGRAMMING_PROGRAMMING_H

#include "services/contracts/record/context.h"
#include "services/contracts/record/facts.h"
#include "services/contracts/record/telling.h"

/* The dated rules and texts of the room. */
#define PROGRAMMING_DATED(DATED)                                                                                       \
        DATED(SOCIAL_DUTY, "social_duty", contracts__social_duty__descriptor)                                          \
        DATED(EU_THRESHOLDS, "eu_thresholds", contracts__eu_thresholds__descriptor)                                    \
        DATED(PROGRAMME_WORDS, "programme_words", contracts__programme_words__descriptor)                              \
        DATED(LEVERS, "levers", contracts__lever_rules__descriptor)                                                    \
        DATED(PROGRAMMING_TEXTS, "programming_texts", texts__text_library__descriptor)
PROGRAMMING_DATED(DATED_NUMBER)

/* What the page of facts shows of this room. */
void add_programming(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);

/* A contract is opened from a line (absent: from none): whether it may be, and what follows. False with *ret_refusal.
 */
bool programming_may_open(const struct work *work, const Types__Id *line_id, const Contracts__ContractRecord *record,
                          struct refusal *ret_refusal) ATTR_MUST_CHECK;
void programming_apply_opened(const struct change *change, const Types__Id *line_id, const Types__Id *contract_id);

#endif
