/* placement.h: the rules on placements, and the row of one. Pure: no store, no clock; called by handlers and apply.
 *
 * `struct placement` IS the row of table "placement", byte for byte: SubmitHours reads one per command, 30,000 times a
 * second, so it holds what authorisation and the month's rules need and nothing else (what the view shows besides is in
 * table "placement_file"). Fixed 112 bytes without holes, host byte order, as LMDB's own files are. */
#ifndef SERVICES_TRACKING_PLACEMENTS_PLACEMENT_H
#define SERVICES_TRACKING_PLACEMENTS_PLACEMENT_H

#include "common/base/day.h"
#include "common/base/id.h"
#include "common/base/quantity.h"
#include "common/codec/refusal.h"
#include "services/tracking/persons/beneficiary.h"
#include "services/tracking/rules/eligibility.h"
#include "tracking/commands.pb-c.h"
#include "tracking/state.pb-c.h"

struct placement {
        struct id beneficiary;
        struct id obligation;
        struct id employer; /* zero: not in the directory */
        struct id host;
        struct id prescriber;
        char territory[4];   /* department, zero-ended */
        uint8_t modality;    /* types.Modality */
        uint8_t outcome;     /* tracking.Outcome, once ended */
        uint8_t ended;       /* 0 or 1 */
        bool is_private : 1; /* told so by the events of this placement */
        bool is_frozen : 1;  /* its person's file is restricted: nothing of it changes */
        bool is_alone : 1;   /* her file has no other; false: perhaps it has */
        struct day starts_on;
        struct day ends_on;        /* DAY_OPEN: open-ended */
        struct day ended_on;       /* DAY_OPEN: not ended */
        struct day granted_until;  /* eligible without a gap from starts_on to this day, by the work contract */
        struct day eligible_until; /* the last day of all: what companies are told */
        uint32_t weekly_hundredths;
};
_Static_assert(sizeof(struct placement) == 112, "the row of a placement has no holes");

#define DAY_OPEN_NUMBER INT32_MAX

/* Said of a frozen one to whoever would change it: not why. */
#define PLACEMENT_FROZEN                                                                                               \
        "Ce parcours ne change pas pour l'instant : le facilitateur du territoire le rouvrira, adressez-vous à lui."

/* What OpenPlacement asks, with what the store knows of it. */
struct opening {
        const Tracking__OpenPlacement *command;
        const struct eligibility_rules *rules;
        const struct period *periods; /* of the person */
        size_t period_count;
        const Tracking__OrganisationCopy *employer; /* NULL: not in the directory */
};

/* What follows from a good opening: absent fields filled in. */
struct opened {
        struct id employer;
        struct id host;
        const char *employer_name;
        struct day granted_until;
};

bool placement_may_open(const struct opening *opening, struct opened *ret_opened, struct refusal *ret);

/* The last day that counts for who is eligible for `period`, under this work contract until ends_on (may be absent). */
struct day placement_granted(const struct eligibility_rules *rules, const struct period *period,
                             const char *work_contract, const Types__Day *ends_on);

/* Does it stand in the way of another of the same person on `obligation` from starts_on to ends_on (may be absent)? */
bool placement_overlaps(const struct placement *placement, struct id obligation, struct day starts_on,
                        const Types__Day *ends_on);

bool placement_may_end(const struct placement *placement, const Tracking__EndPlacement *command, struct refusal *ret);

/* The last day on which work is possible: its end, foreseen or real; DAY_OPEN_NUMBER where there is none. */
struct day placement_last_day(const struct placement *placement);

/* The last month that can hold hours, at the latest that of `today`. */
struct month placement_last_month(const struct placement *placement, struct day today);

/* EI, ACI… régie de quartier: the kinds whose staff counts. */
bool kind_is_inclusive(int32_t kind);

#endif
