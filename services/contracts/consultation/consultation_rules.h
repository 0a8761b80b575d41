/* consultation_rules.h: what consultation.json and consultation_texts.json must hold besides what dated.h asks of all.
 * Called at start, so that nothing is missing when a date or a report is asked for. */
#ifndef SERVICES_CONTRACTS_CONSULTATION_CONSULTATION_RULES_H
#define SERVICES_CONTRACTS_CONSULTATION_CONSULTATION_RULES_H

#include "common/base/err.h"
#include "common/codec/dated.h"

/* 0, or ERR_CONFIG with the file, the version and what is missing. */
int consultation_rules_check(const struct dated *rules, const struct dated *texts,
                             struct err_info *info) ATTR_MUST_CHECK;

#endif
