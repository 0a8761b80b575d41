/* calibration_hours.h: hours from a calibration, by its method. Pure and exact (128 bit inside, cut to a hundredth
 * before rounding); needs no rules, because a clause keeps a calibration that is complete. Called by calibration.c for
 * what a clause demands, and by obligations/ for what becomes due as invoices come. Where the hours exceed what can be
 * counted, or a parameter that the method needs is missing: false with *ret_refusal. */
#ifndef SERVICES_CONTRACTS_CLAUSES_CALIBRATION_HOURS_H
#define SERVICES_CONTRACTS_CLAUSES_CALIBRATION_HOURS_H

#include "common/base/quantity.h"
#include "common/codec/refusal.h"
#include "contracts/clauses.pb-c.h"

/* What is due once `invoiced` (euros HT, all invoices together) has been invoiced, rounded as the clause is. It only
 * grows with `invoiced`, and is what the clause demands when all of the clause's amount is. Methods that do not follow
 * the amount (FIXED_HOURS; SHARE_OF_HOURS of given hours) give the whole whatever has been invoiced. */
bool calibration_due(const Contracts__Calibration *calibration, struct money invoiced, struct hours *ret,
                     struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The same before rounding. */
bool calibration_exact(const Contracts__Calibration *calibration, struct money amount, struct hours *ret,
                       struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Down: to a whole hour. To 5, 7 (a day) or 35 (a week): to the nearest multiple, a half goes up. */
struct hours calibration_round(struct hours exact, Contracts__Rounding rounding);

/* All the hours worked on the lot: those given, else amount x labour share / hourly cost. False: cannot be told. */
bool calibration_total_hours(const Contracts__Calibration *calibration, struct hours *ret) ATTR_MUST_CHECK;

/* The method, FORMULA where none is named: clauses of before there were others. */
Contracts__CalibrationMethod calibration_method(const Contracts__Calibration *calibration);

#endif
