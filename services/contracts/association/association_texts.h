/* association_texts.h: what association_texts.json must hold besides what dated.h asks of all: the letter, and a
 * sentence for every reason to decline. Called at start. */
#ifndef SERVICES_CONTRACTS_ASSOCIATION_ASSOCIATION_TEXTS_H
#define SERVICES_CONTRACTS_ASSOCIATION_ASSOCIATION_TEXTS_H

#include "common/base/err.h"
#include "common/codec/dated.h"

/* 0, or ERR_CONFIG with the version and what is missing. */
int association_texts_check(const struct dated *texts, struct err_info *info) ATTR_MUST_CHECK;

#endif
