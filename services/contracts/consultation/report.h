/* report.h: the appraisal of a lot as French plain text, for the buyer's report on the procedure: each offer with its
 * commitments, its marks with their reasons, its result, and the offers by result. Pure. Called by AppraisalReport. */
#ifndef SERVICES_CONTRACTS_CONSULTATION_REPORT_H
#define SERVICES_CONTRACTS_CONSULTATION_REPORT_H

#include "common/base/arena.h"
#include "contracts/consultation.pb-c.h"

/* Every offer of the view must have its agreed marks and result. `head`, `foot`: what stands before and behind. */
char *report_text(const Contracts__AppraisalView *view, const char *head, const char *foot, struct arena *arena);

/* "SARL Durand", "SARL Durand et 2 cotraitants". In the arena. */
char *report_offer_name(const Contracts__Offer *offer, struct arena *arena);
/* "14,5": as a French reader expects it. In the arena. */
char *report_mark(const Types__Decimal *mark, struct arena *arena);

#endif
