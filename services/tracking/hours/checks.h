/* checks.h: what the dated rules (deploy/rules/hours.json) say of a month's hours, seen beside what surrounds them.
 * Pure: no store, no clock, no person's data but figures. Which check warns and which blocks is data; how each is made
 * is here, under its code. Called for a statement, a row of a list, a validation and a line of the month's sheet, so
 * that all say the same. */
#ifndef SERVICES_TRACKING_HOURS_CHECKS_H
#define SERVICES_TRACKING_HOURS_CHECKS_H

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/codec/refusal.h"
#include "services/tracking/copies/contract_life.h"
#include "services/tracking/placements/placement.h"
#include "tracking/hours.pb-c.h"

/* Hours of an average are counted over months that follow each other: with this one in the middle, so many. */
enum { AVERAGE_MONTHS = 3, AROUND_MONTHS = 2 * AVERAGE_MONTHS - 1, THIS_MONTH = AVERAGE_MONTHS - 1 };

/* What is known around the figure. Hundredths of an hour. */
struct month_facts {
        const struct placement *placement;
        struct month month;
        struct day today;     /* days after it are to come */
        int64_t stated;       /* worked and in training */
        int64_t before;       /* of the month before; -1: nothing is stated of it */
        int64_t elsewhere;    /* of the person's other placements in this month, those that the reader may read */
        bool is_twice;        /* another of these, of the same employer, says the same figure */
        const char *invoice;  /* number of an invoice of the employer's in this month, for the same obligation; NULL */
        bool sees_others : 1; /* the reader may be told of the person's other work, and of invoices */
        bool sees_age : 1;    /* and whether she is a minor */
        /* Of the person's placements that the reader may be told of (this one too), from AVERAGE_MONTHS - 1 before this
         * month to as many behind it; of this month without the figure. */
        int64_t around[AROUND_MONTHS];
        struct day ran_from, ran_until; /* the first day of all of these, and the last */
        struct day of_age_on;           /* surely not before that day; DAY_NO_AGE: it is not known */
        struct contract_life life;
        /* Of the placement's days in this month those on which its hours count; NULL: the reader is told the last day
         * of all alone. */
        const struct period *covered;
        size_t covered_count;
};

struct finding {
        const Tracking__HoursCheck *check;
        char *text; /* French, with the remedy */
};
#define DAY_NO_AGE INT32_MIN
enum { FINDINGS_MAX = 9 }; /* one of a family */
struct findings {
        struct finding list[FINDINGS_MAX];
        size_t count;
};

void month_check(const Tracking__HoursVersion *rules, const struct month_facts *facts, struct arena *arena,
                 struct findings *ret);

/* Can the figure be one that is asked of a minor alone? Most are not: then nobody looks how old she is. */
bool month_asks_for_age(const Tracking__HoursVersion *rules, const struct month_facts *facts);

/* The first that blocks; NULL: none does. */
const struct finding *findings_block(const struct findings *findings);
/* The same as a refusal of `hours`: false where one blocks. */
bool findings_pass(const struct findings *findings, struct refusal *ret_refusal);
/* More than the days, the law or the contract hold. */
bool findings_are_over(const struct findings *findings);
Tracking__HoursWarning **findings_to(struct arena *arena, const struct findings *findings, size_t *ret_count);

/* Every check that the rules name is one of checks.c, and has the figures that it needs. ERR_CONFIG: which is not. */
int hours_rules_hold(const Tracking__HoursRules *rules, struct err_info *info) ATTR_MUST_CHECK;

#endif
