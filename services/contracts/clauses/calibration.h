/* calibration.h: how many hours a clause demands. Pure: no I/O, clock or store. A calibration as it was asked for is
 * completed from what is known of its lot and from the dated rules, checked, and calculated; a clause keeps the
 * complete one, so that its hours can be had again without any rules (calibration_hours.h). What cannot be computed is
 * a refusal that names the field; what is merely odd is a warning. Called by PutClause, Calibrate and
 * CompareCalibrations. Everything returned lives in the arena, or is borrowed from what was given. */
#ifndef SERVICES_CONTRACTS_CLAUSES_CALIBRATION_H
#define SERVICES_CONTRACTS_CLAUSES_CALIBRATION_H

#include "common/base/arena.h"
#include "common/base/quantity.h"
#include "common/codec/refusal.h"
#include "contracts/clauses.pb-c.h"
#include "services/contracts/clauses/calibration_hours.h"
#include "common/texts/publics.h"

enum { CALIBRATION_STEPS_MAX = 50 };

/* What a calculation rests on besides the calibration itself. */
struct calibration_basis {
        const Contracts__CalibrationVersion *rules;
        const struct publics *publics;
        const Types__Money *amount;   /* of the lot; NULL: not known */
        const Types__Money *doubtful; /* what was published for it, and is no amount of this world; NULL: nothing */
        uint32_t duration_months;     /* of the lot; 0: not known */
};

struct calibration_result {
        struct hours exact;   /* before rounding, cut to a hundredth of an hour */
        struct hours rounded; /* may be zero: then there is nothing to demand */
        struct hours weeks;   /* hundredths of a week of work */
        struct decimal full_time_equivalent;
        struct decimal persons; /* at full time over the lot's duration; zero: the duration is not known */
};

/* The calibration (NULL: absent) with what it left out filled in. False with *ret_refusal. */
bool calibration_complete(const Contracts__Calibration *asked, const struct calibration_basis *basis,
                          struct arena *arena, Contracts__Calibration **ret,
                          struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The hours of a complete one. False with *ret_refusal where they exceed what can be told. */
bool calibration_compute(const Contracts__Calibration *calibration, const struct calibration_basis *basis,
                         struct calibration_result *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* How long the lot is, as far as is known: 0, not at all. */
uint32_t calibration_months(const Contracts__Calibration *calibration, const struct calibration_basis *basis);

/* What a facilitator would want to know before keeping this: too small to hire, no room for so many, figures out of the
 * ordinary. French; one line each. */
struct calibration_warnings {
        char **texts;
        size_t count;
};
struct calibration_warnings calibration_warn(const Contracts__Calibration *calibration,
                                             const struct calibration_result *result,
                                             const struct calibration_basis *basis, struct arena *arena);

/* Where the figures of the calculation come from. */
Contracts__ParameterSource **calibration_sources(const Contracts__Calibration *calibration,
                                                 const struct calibration_basis *basis, struct arena *arena,
                                                 size_t *ret_count);

/* "1 000 000 € × 50 % × 5 % ÷ 30 €": the calculation in one line, for histories and drafts. */
const char *calibration_told(const Contracts__Calibration *calibration, struct arena *arena);

#endif
