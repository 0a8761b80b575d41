/* slice.h: bytes that belong to somebody else. A slice out of a store dies with its transaction. */
#ifndef COMMON_BASE_SLICE_H
#define COMMON_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
        const uint8_t *data;
        size_t size;
};

static inline struct slice slice_of(const void *data, size_t size)
{
        return (struct slice){data, size};
}

static inline struct slice slice_of_text(const char *text)
{
        return (struct slice){(const uint8_t *)text, strlen(text)};
}

static inline bool slice_equal(struct slice a, struct slice b)
{
        return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline bool slice_starts_with(struct slice whole, struct slice prefix)
{
        return whole.size >= prefix.size && (prefix.size == 0 || memcmp(whole.data, prefix.data, prefix.size) == 0);
}

#endif
