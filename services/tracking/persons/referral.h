/* referral.h: a person as somebody refers her: what ReferBeneficiary is asked, and each row of a list
 * (referrals/persons_list.h), by the same rules. Seals the identity with a new key of hers and records one event. */
#ifndef SERVICES_TRACKING_PERSONS_REFERRAL_H
#define SERVICES_TRACKING_PERSONS_REFERRAL_H

#include "common/service/work.h"
#include "tracking/state.pb-c.h"
#include "tracking/commands.pb-c.h"

/* Security: the territory is one that the actor acts in, and a prescriber speaks for itself alone. False with *ret. */
bool referral_may_be_given(const struct work *work, const char *territory, const Types__Id *prescriber,
                           struct refusal *ret) ATTR_MUST_CHECK;
/* `digests`: of her identity (known.h). `batch` NULL: of no list. 0, or the error of work_seal(): then nothing is
 * recorded. */
int referral_record(struct work *work, const Tracking__ReferBeneficiary *command, Tracking__PersonDigests *digests,
                    const Types__Id *batch, struct id *ret_id) ATTR_MUST_CHECK;

#endif
