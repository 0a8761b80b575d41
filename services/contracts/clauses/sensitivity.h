/* sensitivity.h: how much a clause's hours depend on each figure: each is varied alone, down and up by the same share.
 * Pure. Called by CompareCalibrations. */
#ifndef SERVICES_CONTRACTS_CLAUSES_SENSITIVITY_H
#define SERVICES_CONTRACTS_CLAUSES_SENSITIVITY_H

#include "services/contracts/clauses/calibration.h"

/* Of a complete calibration; a figure that its method does not use is not told. Shares stay within 0..1. A variation
 * whose hours could not be counted is left out. Everything lives in the arena. */
Contracts__Sensitivity **sensitivity_of(const Contracts__Calibration *calibration, struct share by, struct arena *arena,
                                        size_t *ret_count);

#endif
