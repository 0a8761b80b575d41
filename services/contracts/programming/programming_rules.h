/* programming_rules.h: what the dated files of this room must hold besides what dated.h asks of all. Called at start,
 * so that nothing is missing when a check or an assessment is asked for. */
#ifndef SERVICES_CONTRACTS_PROGRAMMING_PROGRAMMING_RULES_H
#define SERVICES_CONTRACTS_PROGRAMMING_PROGRAMMING_RULES_H

#include "common/base/err.h"
#include "common/codec/dated.h"

struct programming_rules {
        const struct dated *duty;       /* SocialDuty */
        const struct dated *thresholds; /* EuThresholds */
        const struct dated *levers;     /* LeverRules */
        const struct dated *words;      /* ProgrammeWords */
        const struct dated *texts;      /* TextLibrary */
};

/* 0, or ERR_CONFIG with the file, the version and what is missing. */
int programming_rules_check(const struct programming_rules *rules, struct err_info *info) ATTR_MUST_CHECK;

#endif
