/* making.h: a person is proposed for a need: by ProposeBeneficiary, and with a referral that names one. The same rules,
 * one event, ProposalMade. */
#ifndef SERVICES_TRACKING_PROPOSALS_MAKING_H
#define SERVICES_TRACKING_PROPOSALS_MAKING_H

#include "common/service/work.h"
#include "tracking/proposals.pb-c.h"
#include "tracking/state.pb-c.h"

struct making {
        struct id beneficiary;
        const Tracking__BeneficiaryRow *person;
        const Types__Id *need_id;
        const Tracking__NeedCopy *need;
        struct day on;
};
bool making_is_allowed(const struct work *work, const struct making *making, struct refusal *ret) ATTR_MUST_CHECK;
/* Its id and its first step, in the arena. */
const Tracking__ProposalMade *making_record(struct work *work, const struct making *making);

#endif
