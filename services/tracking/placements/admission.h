/* admission.h: may this person, by the publics under which she is eligible that day, do hours for this employer and
 * under this clause? A temporary-work agency has its own definition of persons; a clause may keep its hours for some
 * publics. What she is is opened for that, and told nowhere: a no names what is asked for, never what she is. */
#ifndef SERVICES_TRACKING_PLACEMENTS_ADMISSION_H
#define SERVICES_TRACKING_PLACEMENTS_ADMISSION_H

#include "common/service/work.h"
#include "services/tracking/persons/beneficiary.h"
#include "services/tracking/rules/eligibility.h"
#include "tracking/state.pb-c.h"

/* Whom the file says that she is. */
struct admitted {
        const char *publics[DECISIONS_MAX]; /* of the decisions that hold that day */
        size_t count;
        Tracking__Sex sex;
        const Types__Day *born_on; /* NULL: not known */
};
/* 0, or the error of work_unseal(). */
int admission_load(const struct work *work, struct id beneficiary, struct day at, struct admitted *ret) ATTR_MUST_CHECK;

struct admission {
        const struct eligibility_rules *rules;
        char *const *targets; /* of the clause; none: everybody */
        size_t target_count;
        bool by_agency; /* the employer is a temporary-work agency */
        struct day at;
        const struct policy_rule *policy; /* of the buyer, or of the territory; NULL: none has one */
};
bool admission_holds(const struct admission *admission, const struct admitted *person, struct arena *arena,
                     struct refusal *ret) ATTR_MUST_CHECK;

#endif
