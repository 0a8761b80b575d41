/* replaced.h: which event replaces what (record/versions.h), and that others are told of it (others.h). */
#ifndef SERVICES_CONTRACTS_PAGE_REPLACED_H
#define SERVICES_CONTRACTS_PAGE_REPLACED_H

#include "common/service/versions.h"

extern const struct versions contracts_versions;

#endif
