/* rules_check.h: what dated_load() cannot know of deploy/rules/control.json, checked once, at start. */
#ifndef SERVICES_CONTRACTS_CONTROL_RULES_CHECK_H
#define SERVICES_CONTRACTS_CONTROL_RULES_CHECK_H

#include "common/base/err.h"
#include "common/codec/dated.h"

/* 0; ERR_CONFIG with the version and the place. Of a ControlRules. */
int control_rules_check(const struct dated *dated, struct err_info *info) ATTR_MUST_CHECK;

#endif
