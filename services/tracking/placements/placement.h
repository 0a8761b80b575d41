/* placement.h: the rules on placements, and the row of one. Pure: no store, no clock; called by handlers and apply.
 *
 * `struct placement` IS the row of table "placement", byte for byte: SubmitHours reads one per command, 30,000 times a
 * second, so it holds what authorisation and the month's rules need and nothing else (what the view shows besides is in
 * table "placement_file"). Fixed 124 bytes without holes, host byte order, as LMDB's own files are. */
#ifndef SERVICES_TRACKING_PLACEMENTS_PLACEMENT_H
#define SERVICES_TRACKING_PLACEMENTS_PLACEMENT_H

#include "common/base/day.h"
#include "common/base/id.h"
#include "common/base/quantity.h"
#include "common/codec/refusal.h"
#include "services/tracking/persons/beneficiary.h"
#include "services/tracking/persons/vouched.h"
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
        struct day again_from, again_until; /* granted after a suspension, by the work contract; DAY_OPEN: not again */
        struct day counts_until; /* the buyer's own policy: nothing counts behind it. DAY_OPEN: it has none */
};
_Static_assert(sizeof(struct placement) == 124, "the row of a placement has no holes");

#define DAY_OPEN_NUMBER INT32_MAX
/* DAY_OPEN in a row is an absent day in an event. */
Types__Day *day_unless_open(struct arena *arena, struct day day);
struct day day_or_open(const Types__Day *day);

/* Said of a frozen one to whoever would change it: not why. */
#define PLACEMENT_FROZEN                                                                                               \
        "Ce parcours ne change pas pour l'instant : le facilitateur du territoire le rouvrira, adressez-vous à lui."

/* How long the hours of a placement count, by the rules of its first day and the buyer's own policy. */
struct grant {
        struct day until;                   /* without a gap */
        struct day again_from, again_until; /* behind a suspension; DAY_OPEN: not again */
        struct day counts_until;            /* DAY_OPEN: no policy bounds it */
        const char *policy;                 /* its code; "": none has one */
};

/* What OpenPlacement asks, with what the store knows of it. */
struct opening {
        const Tracking__OpenPlacement *command;
        const struct eligibility_rules *rules;
        const struct vouched *vouched;              /* of the person */
        const Tracking__OrganisationCopy *employer; /* NULL: not in the directory */
        const struct policy_rule *policy;           /* of the buyer; NULL: it has none */
};

/* What follows from a good opening: absent fields filled in. */
struct opened {
        struct id employer;
        struct id host;
        const char *employer_name;
        struct grant grant;
};

bool placement_may_open(const struct opening *opening, struct opened *ret_opened, struct refusal *ret);

/* The last day that counts for who is eligible for `period`, under this work contract until ends_on (may be absent). */
struct day placement_granted(const struct eligibility_rules *rules, const struct period *period,
                             const char *work_contract, const Types__Day *ends_on);
/* The same from the first day of the placement on, without what is suspended, and no longer than the policy lets. */
struct granting {
        const struct eligibility_rules *rules;
        const struct vouched *vouched;
        const char *work_contract;
        const Types__Day *ends_on; /* may be absent */
        struct day starts_on;
        const struct policy_rule *policy; /* NULL: there is none */
};
struct grant placement_grant(const struct granting *granting);
/* The last day of all by the work contract, suspensions and policy left aside. */
struct day placement_stretched(const struct granting *granting);
/* A refusal that begins behind the period ends what a work contract adds to it. */
struct day placement_before_refusals(const struct vouched *vouched, struct day period_until, struct day until);
/* What is left of starts_on..until: nothing behind a refusal or counts_until, nothing that is suspended. */
struct grant placement_granted_within(const struct vouched *vouched, struct day starts_on, struct day until,
                                      struct day counts_until);
/* What companies are told: the last day of all on which hours count. Fills in eligible_until. */
void placement_tell_until(struct placement *placement, const struct period *periods, size_t count);

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
