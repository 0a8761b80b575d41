/* calibration.h: how many hours a clause demands. Pure: no I/O, clock or store; exact arithmetic from quantity.h.
 * Called by the handlers of PutClause and Calibrate; the figures come from deploy/rules/calibration.json
 * (calibration_file.h). What cannot be computed is a refusal that names the field; what is merely odd is a warning. */
#ifndef SERVICES_CONTRACTS_CLAUSES_CALIBRATION_H
#define SERVICES_CONTRACTS_CLAUSES_CALIBRATION_H

#include "common/base/day.h"
#include "common/base/quantity.h"
#include "common/codec/refusal.h"
#include "contracts/commands.pb-c.h"
#include "services/contracts/clauses/calibration_hours.h"

enum { CALIBRATION_WARNINGS_MAX = 5, CALIBRATION_WARNING_SIZE = 256 };

struct share_range {
        struct share min, max;
};
struct money_range {
        struct money min, max;
};

/* One dated version of the rules. Texts and trades belong to the calibration_file. */
struct trade {
        const char *code;
        const char *label;
        struct share_range usual;
};
struct calibration_rules {
        const char *version;
        struct day valid_from;
        struct share_range insertion_rate_accepted, insertion_rate_usual;
        struct money_range hourly_cost_accepted, hourly_cost_usual;
        struct share_range labour_share_accepted;
        const struct trade *trades;
        size_t trade_count;
        struct hours hire_hours;           /* less will not hire anybody */
        struct hours person_quarter_hours; /* one person for thirteen weeks */
        struct hours year_hours;           /* of one full-time equivalent */
        struct hours week_hours;
};

/* A calibration that is complete and within what is accepted. */
struct calibration {
        struct money amount;
        struct share labour_share;
        struct share insertion_rate;
        struct money hourly_cost;
        Contracts__Rounding rounding;
};

struct calibration_result {
        struct hours exact;   /* before rounding, cut to a hundredth of an hour */
        struct hours rounded; /* may be zero: then there is nothing to demand */
        struct hours weeks;   /* hundredths of a week of work */
        struct decimal full_time_equivalent;
};

struct calibration_warnings {
        size_t count;
        char text[CALIBRATION_WARNINGS_MAX][CALIBRATION_WARNING_SIZE]; /* French */
};

/* Reads and checks the message (NULL: absent). False with *ret_refusal. */
bool calibration_read(const Contracts__Calibration *message, const struct calibration_rules *rules,
                      struct calibration *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* amount x labour share x insertion rate / hourly cost. False with *ret_refusal where it exceeds what can be told. */
bool calibration_compute(const struct calibration *calibration, const struct calibration_rules *rules,
                         struct calibration_result *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* What a facilitator would want to know before keeping this: too small to hire, figures out of the ordinary. */
void calibration_warn(const struct calibration *calibration, const struct calibration_result *result,
                      const struct calibration_rules *rules, struct calibration_warnings *ret);

#endif
