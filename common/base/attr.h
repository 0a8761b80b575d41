/* attr.h: the compiler attributes of the house, spelled once. */
#ifndef COMMON_BASE_ATTR_H
#define COMMON_BASE_ATTR_H

#define ATTR_FORMAT(fmt, args) __attribute__((format(printf, fmt, args)))
#define ATTR_MUST_CHECK        __attribute__((warn_unused_result))
#define ATTR_NO_ASAN           __attribute__((no_sanitize("address")))
#define ATTR_NORETURN          __attribute__((noreturn))
#define ATTR_UNUSED            __attribute__((unused))

/* scoped(f): call f(&variable) when the variable leaves its block. f must accept a zeroed object. */
#define scoped(f) __attribute__((cleanup(f)))

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#endif
