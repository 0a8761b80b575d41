/* journey_steps.h: the steps of the journey, in their order. Each prints what it does, checks what it can, and returns
 * false where the journey cannot go on. */
#ifndef SERVICES_CTL_JOURNEY_STEPS_H
#define SERVICES_CTL_JOURNEY_STEPS_H

#include "services/ctl/journey.h"

bool journey_import_contracts(struct journey *journey) ATTR_MUST_CHECK;
bool journey_import_partners(struct journey *journey) ATTR_MUST_CHECK;
bool journey_choose(struct journey *journey, struct journey_leg *leg) ATTR_MUST_CHECK;
bool journey_check_calibration(struct journey *journey) ATTR_MUST_CHECK;
bool journey_put_clause(struct journey *journey, struct journey_leg *leg) ATTR_MUST_CHECK;
bool journey_declare_need(struct journey *journey, struct journey_leg *leg) ATTR_MUST_CHECK;
bool journey_place_persons(struct journey *journey, struct journey_leg *leg) ATTR_MUST_CHECK;
bool journey_state_hours(struct journey *journey, struct journey_leg *leg) ATTR_MUST_CHECK;
bool journey_check_ledger(struct journey *journey, struct journey_leg *leg) ATTR_MUST_CHECK;
bool journey_end_placements(struct journey *journey, struct journey_leg *leg) ATTR_MUST_CHECK;
bool journey_check_reports(struct journey *journey) ATTR_MUST_CHECK;

#endif
