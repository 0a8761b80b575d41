/* deciding.h: a decision as it is recorded, whichever command made it: at once, or to be confirmed where who
 * decides has referred the person. Also what seals an act on one. Seals with the person's key and records one
 * event. */
#ifndef SERVICES_TRACKING_ELIGIBILITY_DECIDING_H
#define SERVICES_TRACKING_ELIGIBILITY_DECIDING_H

#include "common/service/work.h"
#include "tracking/commands.pb-c.h"
#include "tracking/state.pb-c.h"

/* What every command of the room works on. */
struct deciding {
        struct id beneficiary;
        Tracking__BeneficiaryRow *person;
        Tracking__EligibilityRow *row;
        const Tracking__EligibilityVersion *policy;
        struct day today; /* the day of the decision */
};
/* False: there is no such person. `told` NULL: today. */
bool deciding_load(struct work *work, const Types__Id *beneficiary, const Types__Day *told, struct deciding *ret);

/* Has who acts, or its organisation, referred the person, by any of her files? Then another has to agree. */
bool deciding_is_own(const struct work *work, const struct deciding *deciding);

/* With an id, who decides, when, and by which policy. */
Tracking__Eligibility *deciding_new(struct work *work, const struct deciding *deciding);
/* Records EligibilityDecided, or where it is on one's own referral EligibilityProposed. 0, or work_seal()'s error. */
int deciding_record(struct work *work, const struct deciding *deciding, Tracking__Eligibility *decision,
                    bool *ret_to_confirm) ATTR_MUST_CHECK;
/* The same for who has agreed: at once. */
int deciding_record_agreed(struct work *work, const struct deciding *deciding,
                           Tracking__Eligibility *decision) ATTR_MUST_CHECK;

int deciding_unseal(const struct work *work, const struct deciding *deciding, const Tracking__DecisionRow *decision,
                    Tracking__Eligibility **ret) ATTR_MUST_CHECK;
/* Who acts, why, sealed. */
int deciding_seal_act(struct work *work, const struct deciding *deciding, char *code, char *reason,
                      struct slice *ret_sealed) ATTR_MUST_CHECK;

struct reply reply_no_decision(struct work *work);
struct reply reply_decisions_full(struct work *work);

#endif
