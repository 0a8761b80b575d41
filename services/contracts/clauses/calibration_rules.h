/* calibration_rules.h: the dated figures of calibration (deploy/rules/calibration.json, contracts.CalibrationRules,
 * read through common/codec/dated.h). Pure. Called once at start to check them, and by the calculation to find its way
 * in them. */
#ifndef SERVICES_CONTRACTS_CLAUSES_CALIBRATION_RULES_H
#define SERVICES_CONTRACTS_CLAUSES_CALIBRATION_RULES_H

#include "common/codec/dated.h"
#include "contracts/clauses.pb-c.h"

/* What dated.h cannot know: every block is there, ranges go upwards from more than zero (a zero minimum would let a
 * division by zero through), steps follow each other. 0, or ERR_CONFIG with the place. */
int calibration_rules_check(const struct dated *dated, struct err_info *info) ATTR_MUST_CHECK;

/* The version of that name; that of the day where there is none such (any more). */
const Contracts__CalibrationVersion *calibration_rules_named(const struct dated *dated, const char *version,
                                                             struct day day);

/* NULL: the version has none of that code. */
const Contracts__CalibrationTrade *calibration_trade(const Contracts__CalibrationVersion *rules, const char *code);
const Contracts__CalibrationScheme *calibration_scheme(const Contracts__CalibrationVersion *rules, const char *code);
const Contracts__CalibrationTable *calibration_table(const Contracts__CalibrationVersion *rules, const char *code);

#endif
