/* quantity.h: amounts that must not be mixed up, each in its own struct, with arithmetic that says when it overflows.
 * Hours are hundredths of an hour (151.67 h is the French legal month), money is euro cents, shares and other
 * plain numbers are millionths.
 * Only this module touches .v; others use the functions (a rule that tests/tidy checks). */
#ifndef COMMON_BASE_QUANTITY_H
#define COMMON_BASE_QUANTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/attr.h"

struct hours {
        int64_t v; /* hundredths */
};
struct money {
        int64_t v; /* cents */
};
struct share {
        uint32_t v; /* millionths */
};
struct decimal {
        int64_t v; /* millionths: a plain number, of any size and sign (full-time equivalents) */
};

enum { SHARE_ONE_MILLIONTHS = 1000000, QUANTITY_TEXT_SIZE = 32 };

static inline struct hours hours_of_hundredths(int64_t hundredths)
{
        return (struct hours){hundredths};
}
static inline int64_t hours_hundredths(struct hours h)
{
        return h.v;
}
static inline struct money money_of_cents(int64_t cents)
{
        return (struct money){cents};
}
static inline int64_t money_cents(struct money m)
{
        return m.v;
}
static inline struct share share_of_millionths(uint32_t millionths)
{
        return (struct share){millionths};
}
static inline uint32_t share_millionths(struct share s)
{
        return s.v;
}
static inline struct decimal decimal_of_millionths(int64_t millionths)
{
        return (struct decimal){millionths};
}
static inline int64_t decimal_millionths(struct decimal d)
{
        return d.v;
}

/* 0 or ERR_OVERFLOW; *ret untouched on failure. */
int hours_add(struct hours a, struct hours b, struct hours *ret) ATTR_MUST_CHECK;
int hours_subtract(struct hours a, struct hours b, struct hours *ret) ATTR_MUST_CHECK;
int money_add(struct money a, struct money b, struct money *ret) ATTR_MUST_CHECK;

/* floor(amount x a x b / unit): what an amount buys, in hundredths of an hour, `unit` being the cost of one hour.
 * Exact (128-bit inside). ERR_OVERFLOW also where unit is not positive or the amount is negative. */
int hours_bought(struct money amount, struct share a, struct share b, struct money unit,
                 struct hours *ret) ATTR_MUST_CHECK;

/* floor(total x share). Exact. ERR_OVERFLOW where the total is negative or the share is more than one. */
int hours_share(struct hours total, struct share share, struct hours *ret) ATTR_MUST_CHECK;

/* Text forms of the JSON mapping: "151.67", "-3.00", "0.05". Parsing refuses more digits than the unit holds. */
int hours_parse(const char *text, struct hours *ret) ATTR_MUST_CHECK;
int money_parse(const char *text, struct money *ret) ATTR_MUST_CHECK;
int share_parse(const char *text, struct share *ret) ATTR_MUST_CHECK;
int decimal_parse(const char *text, struct decimal *ret) ATTR_MUST_CHECK;
void hours_format(struct hours h, char ret_text[QUANTITY_TEXT_SIZE]);
void money_format(struct money m, char ret_text[QUANTITY_TEXT_SIZE]);
void share_format(struct share s, char ret_text[QUANTITY_TEXT_SIZE]);     /* without trailing zeros */
void decimal_format(struct decimal d, char ret_text[QUANTITY_TEXT_SIZE]); /* likewise */

#endif
