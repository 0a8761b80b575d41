#include "common/base/day.h"

#include <stdio.h>
#include <string.h>

#include "common/base/err.h"
#include "common/base/require.h"

enum { YEAR_MIN = 1600, YEAR_MAX = 2400, MS_PER_DAY = 86400000 };

static bool leap(int year)
{
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
        static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        return month == 2 && leap(year) ? 29 : days[month - 1];
}

bool civil_valid(struct civil c)
{
        return c.year >= YEAR_MIN && c.year <= YEAR_MAX && c.month >= 1 && c.month <= 12 && c.day >= 1 &&
               c.day <= days_in_month(c.year, c.month);
}

static int32_t nearest_int32(int64_t number)
{
        return (int32_t)(number < INT32_MIN ? INT32_MIN : number > INT32_MAX ? INT32_MAX : number);
}

/* Days of the proleptic Gregorian calendar, counted in eras of 400 years that begin on 1 March. */
static struct day count_days(struct civil c)
{
        int year = c.month <= 2 ? c.year - 1 : c.year;
        int era = (year >= 0 ? year : year - 399) / 400;
        int year_of_era = year - era * 400;
        int day_of_year = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.day - 1;
        int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        return (struct day){nearest_int32((int64_t)era * 146097 + day_of_era - 719468)};
}

struct day day_of_civil(struct civil c)
{
        require(civil_valid(c));
        return count_days(c);
}

bool day_valid(struct day day)
{
        struct day first = day_of_civil((struct civil){.year = YEAR_MIN, .month = 1, .day = 1});
        struct day last = day_of_civil((struct civil){.year = YEAR_MAX, .month = 12, .day = 31});
        return day.v >= first.v && day.v <= last.v;
}

bool month_valid(struct month month)
{
        return month.v >= (YEAR_MIN - 1970) * 12 && month.v < (YEAR_MAX + 1 - 1970) * 12;
}

bool instant_valid(int64_t at_ms)
{
        /* beyond ten thousand years the day would not fit its type */
        return at_ms / MS_PER_DAY > INT32_MIN / 2 && at_ms / MS_PER_DAY < INT32_MAX / 2 &&
               day_valid(day_of_instant_ms(at_ms));
}

struct civil day_civil(struct day day)
{
        int64_t shifted = (int64_t)day.v + 719468;
        int era = (int)((shifted >= 0 ? shifted : shifted - 146096) / 146097);
        int day_of_era = (int)(shifted - (int64_t)era * 146097);
        int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
        int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        int month_from_march = (5 * day_of_year + 2) / 153;
        int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
        return (struct civil){
                .year = year_of_era + era * 400 + (month <= 2 ? 1 : 0),
                .month = month,
                .day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
        };
}

struct day day_of_instant_ms(int64_t at_ms)
{
        int64_t days = at_ms / MS_PER_DAY;
        if (at_ms % MS_PER_DAY < 0)
                days--;
        return (struct day){nearest_int32(days)};
}

struct month month_of_day(struct day day)
{
        struct civil c = day_civil(day);
        return (struct month){(c.year - 1970) * 12 + c.month - 1};
}

static struct civil month_civil(struct month month)
{
        int years = month.v / 12 - (month.v % 12 < 0 ? 1 : 0);
        return (struct civil){.year = 1970 + years, .month = (int)(month.v - (int64_t)years * 12) + 1, .day = 1};
}

struct day month_first_day(struct month month)
{
        return count_days(month_civil(month));
}

struct day day_add_months(struct day day, int months)
{
        struct civil from = day_civil(day);
        int64_t sum = (int64_t)month_of_day(day).v + months;
        struct civil to = month_civil((struct month){nearest_int32(sum)});
        int last = days_in_month(to.year, to.month);
        to.day = from.day < last ? from.day : last;
        return count_days(to);
}

/* Exactly `digits` decimal digits at *at, which moves past them; -1 if they are not there. */
static int digits(const char **at, int count)
{
        int value = 0;
        for (int i = 0; i < count; i++, (*at)++) {
                if (**at < '0' || **at > '9')
                        return -1;
                value = value * 10 + (**at - '0');
        }
        return value;
}

static bool literal(const char **at, char c)
{
        if (**at != c)
                return false;
        (*at)++;
        return true;
}

static int parse_civil(const char **at, struct civil *ret)
{
        struct civil c;
        if ((c.year = digits(at, 4)) < 0 || !literal(at, '-') || (c.month = digits(at, 2)) < 0 || !literal(at, '-') ||
            (c.day = digits(at, 2)) < 0 || !civil_valid(c))
                return ERR_MALFORMED;
        *ret = c;
        return 0;
}

int day_parse(const char *text, struct day *ret)
{
        struct civil c;
        if (parse_civil(&text, &c) != 0 || *text != '\0')
                return ERR_MALFORMED;
        *ret = day_of_civil(c);
        return 0;
}

int month_parse(const char *text, struct month *ret)
{
        struct civil c = {.day = 1};
        if ((c.year = digits(&text, 4)) < 0 || !literal(&text, '-') || (c.month = digits(&text, 2)) < 0 ||
            *text != '\0' || !civil_valid(c))
                return ERR_MALFORMED;
        *ret = month_of_day(day_of_civil(c));
        return 0;
}

int instant_parse(const char *text, int64_t *ret_ms)
{
        struct civil c;
        int hour, minute, second, ms = 0;

        if (parse_civil(&text, &c) != 0 || !literal(&text, 'T') || (hour = digits(&text, 2)) < 0 ||
            !literal(&text, ':') || (minute = digits(&text, 2)) < 0 || !literal(&text, ':') ||
            (second = digits(&text, 2)) < 0)
                return ERR_MALFORMED;
        if (literal(&text, '.') && (ms = digits(&text, 3)) < 0)
                return ERR_MALFORMED;
        if (!literal(&text, 'Z') || *text != '\0' || hour > 23 || minute > 59 || second > 59)
                return ERR_MALFORMED;
        *ret_ms = (int64_t)day_of_civil(c).v * MS_PER_DAY + ((hour * 60 + minute) * 60 + second) * 1000 + ms;
        return 0;
}

void day_format(struct day day, char ret_text[DAY_TEXT_SIZE])
{
        struct civil c = day_civil(day);
        (void)snprintf(ret_text, DAY_TEXT_SIZE, "%04u-%02u-%02u", (unsigned)c.year % 10000u, (unsigned)c.month % 100u,
                       (unsigned)c.day % 100u);
}

void month_format(struct month month, char ret_text[MONTH_TEXT_SIZE])
{
        struct civil c = month_civil(month);
        (void)snprintf(ret_text, MONTH_TEXT_SIZE, "%04u-%02u", (unsigned)c.year % 10000u, (unsigned)c.month % 100u);
}

void instant_format(int64_t at_ms, char ret_text[INSTANT_TEXT_SIZE])
{
        struct day day = day_of_instant_ms(at_ms);
        struct civil c = day_civil(day);
        unsigned ms = (unsigned)(at_ms - (int64_t)day.v * MS_PER_DAY);
        (void)snprintf(ret_text, INSTANT_TEXT_SIZE, "%04u-%02u-%02uT%02u:%02u:%02u.%03uZ", (unsigned)c.year % 10000u,
                       (unsigned)c.month % 100u, (unsigned)c.day % 100u, ms / 3600000u % 24u, ms / 60000u % 60u,
                       ms / 1000u % 60u, ms % 1000u);
}
