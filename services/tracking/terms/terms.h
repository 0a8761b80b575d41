/* terms.h: when the terms of a placement's work contract may become others: by an amendment, or because they were
 * entered wrongly. Pure: no store, no clock. Called by the handlers of AmendPlacement and CorrectPlacement. */
#ifndef SERVICES_TRACKING_TERMS_TERMS_H
#define SERVICES_TRACKING_TERMS_TERMS_H

#include "services/tracking/placements/placement.h"

enum { TERMS_MAX = 120 }; /* of one placement: one a month for ten years; bounds its row */

struct terms_question {
        const Tracking__PlacementTerms *now;
        const Tracking__PlacementTerms *wanted; /* changed_on is filled in */
        size_t count;                           /* how many there are */
        bool other_contacts;                    /* tutor or referent are told */
        const struct placement *placement;
        const struct eligibility_rules *rules;
        const struct vouched *vouched;    /* of the person */
        const struct policy_rule *policy; /* of the buyer; NULL: it has none */
        const char *policy_before;        /* its code, as it was when hours were granted last */
};

/* True, with how long hours count under the new terms. */
bool terms_may_change(const struct terms_question *question, struct grant *ret_grant, struct refusal *ret);

#endif
