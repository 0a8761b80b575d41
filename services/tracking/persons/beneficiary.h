/* beneficiary.h: the rules on persons: what a referral may say, and the periods in which a person is eligible. Pure:
 * no store, no clock, no key. Called by handlers (rules) and by apply (periods). Nothing here is kept. */
#ifndef SERVICES_TRACKING_PERSONS_BENEFICIARY_H
#define SERVICES_TRACKING_PERSONS_BENEFICIARY_H

#include "common/base/day.h"
#include "common/codec/refusal.h"
#include "tracking/commands.pb-c.h"

enum {
        AGE_MIN_YEARS = 14, /* compulsory apprenticeship age, less a year for discovery contracts */
        AGE_MAX_YEARS = 80,
        DECISIONS_MAX = 64, /* per file, suspensions among them; bounds the row */
        FILES_MAX = 8,      /* of one person */
        PERSON_PERIODS_MAX = FILES_MAX * DECISIONS_MAX + 1,
};

bool referral_is_sound(const Tracking__ReferBeneficiary *command, struct day today, struct refusal *ret);

/* A free text on a person, without a social security number. */
bool reason_is_sound(const char *reason, struct refusal *ret);

/* A person's periods of eligibility, ascending, never touching each other; both days are included. `cut` says that a
 * refusal ended the period early, so that no work contract may stretch it. */
struct period {
        struct day from;
        struct day until;
        bool cut;
};

/* Adds a period, melting it with those it meets. `periods` has room for one more; returns the new count. */
size_t periods_grant(struct period *periods, size_t count, struct period granted);
/* Nothing is eligible from `from` on. Returns the new count. */
size_t periods_refuse(struct period *periods, size_t count, struct day from);
/* Nothing is eligible from `from` to `until`, both included; what is behind goes on. `periods` has room for one more.
 * Returns the new count. */
size_t periods_suspend(struct period *periods, size_t count, struct day from, struct day until);
/* The first period that has a day in common with from..until; NULL: none. */
const struct period *periods_meeting(const struct period *periods, size_t count, struct day from, struct day until);

#endif
