/* require.h: a condition that only a bug can break. Always on, in production too: aborts with its place. */
#ifndef COMMON_BASE_REQUIRE_H
#define COMMON_BASE_REQUIRE_H

#include "common/base/attr.h"

void require_failed(const char *condition, const char *file, int line, const char *function) ATTR_NORETURN;

#define require(condition) ((condition) ? (void)0 : require_failed(#condition, __FILE__, __LINE__, __func__))

#endif
