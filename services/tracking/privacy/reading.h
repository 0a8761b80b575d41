/* reading.h: what is reason enough to open a person's file: a code of the dated rules, and words that say something.
 * Pure. No rule tells sense from nonsense; this one turns away "x", "aaa" and "test test", and who audits reads the
 * rest. */
#ifndef SERVICES_TRACKING_PRIVACY_READING_H
#define SERVICES_TRACKING_PRIVACY_READING_H

#include "common/codec/refusal.h"
#include "tracking/commands.pb-c.h"
#include "tracking/state.pb-c.h"

/* Names `reason_code` or `reason`, with the remedy. `identity`: of the person, who is not to be named in the reason. */
bool reading_may_open(const Tracking__ReadingVersion *rules, const Tracking__OpenBeneficiaryFile *command,
                      const Tracking__Identity *identity, struct refusal *ret) ATTR_MUST_CHECK;

/* "" where the rules have no such code. */
const char *reading_label(const Tracking__ReadingVersion *rules, const char *code);

#endif
