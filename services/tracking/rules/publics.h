/* publics.h: reads deploy/rules/publics.json, the dated rules of eligibility. Called once by start(); what is
 * returned is owned by the arena given. ERR_CONFIG with the place and the reason: a daemon does not start on rules that
 * it cannot read whole. */
#ifndef SERVICES_TRACKING_RULES_PUBLICS_H
#define SERVICES_TRACKING_RULES_PUBLICS_H

#include "common/base/arena.h"
#include "common/base/err.h"
#include "services/tracking/rules/eligibility.h"

int publics_load(const char *path, struct arena *arena, struct eligibility_rules *ret,
                 struct err_info *info) ATTR_MUST_CHECK;

#endif
