/* apply.h: what changes when it happened. The only writer of tracking's TABLE_STATE rows, now and at every replay: it
 * depends on the event and the rows alone, never on a clock, a rule file or a key. What is sealed stays as it is. */
#ifndef SERVICES_TRACKING_APPLY_H
#define SERVICES_TRACKING_APPLY_H

#include "common/service/versions.h"
#include "common/service/work.h"
#include "services/tracking/beneficiary.h"
#include "tracking/state.pb-c.h"

extern const struct versions tracking_versions;

/* The periods of a row as values; `ret_periods` has room for DECISIONS_MAX + 1. */
size_t periods_of(const Tracking__BeneficiaryRow *row, struct period *ret_periods);

#endif
