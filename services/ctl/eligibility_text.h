/* eligibility_text.h: how a person stands, and what is due, as a facilitator reads it: tables in French. */
#ifndef SERVICES_CTL_ELIGIBILITY_TEXT_H
#define SERVICES_CTL_ELIGIBILITY_TEXT_H

#include "tracking/queries.pb-c.h"

void eligibility_text(const Tracking__EligibilityView *view);
const char *eligibility_text_action(Tracking__EligibilityAction action); /* French */
void eligibility_text_due(const Tracking__EligibilityDueLine *line);
/* Months whose hours no decision covers any more; nothing where there are none. */
void eligibility_text_to_check(Tracking__MonthToCheck *const *months, size_t count);

/* "éligible jusqu'au 2028-01-31", "non éligible" where `until` is NULL. */
void eligibility_text_until(const Types__Day *until);

#endif
