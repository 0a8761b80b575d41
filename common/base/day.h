/* day.h: civil dates, months and instants. A day is counted from 1970-01-01, a month from 1970-01, an instant is UTC
 * milliseconds. Years 1600..2400 are valid: an "0218" in a file is a typing error and must be told as such.
 *
 * Numbers come from peers: every function takes any of them without harm (a result beyond the range of its type is the
 * nearest there is), but day_valid() and month_valid() are what a validate() asks. */
#ifndef COMMON_BASE_DAY_H
#define COMMON_BASE_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/attr.h"

struct day {
        int32_t v; /* days since 1970-01-01 */
};
struct month {
        int32_t v; /* months since 1970-01 */
};

struct civil {
        int year;
        int month; /* 1..12 */
        int day;   /* 1..31 */
};

enum { DAY_TEXT_SIZE = 11, MONTH_TEXT_SIZE = 8, INSTANT_TEXT_SIZE = 25 };

static inline struct day day_of_number(int32_t days)
{
        return (struct day){days};
}
static inline int32_t day_number(struct day d)
{
        return d.v;
}
static inline struct month month_of_number(int32_t months)
{
        return (struct month){months};
}
static inline int32_t month_number(struct month m)
{
        return m.v;
}

bool civil_valid(struct civil civil);
bool day_valid(struct day day); /* within those years; what the other functions ask of a day from outside */
bool month_valid(struct month month);
bool instant_valid(int64_t at_ms);
struct day day_of_civil(struct civil civil); /* must be valid */
struct civil day_civil(struct day day);
struct day day_of_instant_ms(int64_t at_ms); /* UTC */
struct month month_of_day(struct day day);
struct day month_first_day(struct month month);
struct day day_add_months(struct day day, int months); /* 31 January + 1 = 28 or 29 February */

/* "AAAA-MM-JJ", "AAAA-MM"; nothing may follow. 0 or ERR_MALFORMED. */
int day_parse(const char *text, struct day *ret) ATTR_MUST_CHECK;
int month_parse(const char *text, struct month *ret) ATTR_MUST_CHECK;
int instant_parse(const char *text, int64_t *ret_ms) ATTR_MUST_CHECK; /* RFC 3339 in UTC, "…Z", ms optional */
void day_format(struct day day, char ret_text[DAY_TEXT_SIZE]);
void month_format(struct month month, char ret_text[MONTH_TEXT_SIZE]);
void instant_format(int64_t at_ms, char ret_text[INSTANT_TEXT_SIZE]);

#endif
