#include "common/base/local_time.h"

#include <string.h>

#include "common/base/attr.h"

enum summer { SUMMER_NONE, SUMMER_EUROPE, SUMMER_AMERICA };

struct zone {
        const char *territory;
        int offset_minutes; /* from UTC, in winter */
        enum summer summer;
};

static const struct zone paris = {"", 60, SUMMER_EUROPE};
static const struct zone overseas[] = {
        {"971", -240, SUMMER_NONE}, {"972", -240, SUMMER_NONE},    {"973", -180, SUMMER_NONE},
        {"974", 240, SUMMER_NONE},  {"975", -180, SUMMER_AMERICA}, {"976", 180, SUMMER_NONE},
        {"977", -240, SUMMER_NONE}, {"978", -240, SUMMER_NONE},    {"984", 300, SUMMER_NONE},
        {"986", 720, SUMMER_NONE},  {"987", -600, SUMMER_NONE},    {"988", 660, SUMMER_NONE},
        {"989", -480, SUMMER_NONE},
};

static const int64_t ms_per_minute = 60000;
static const int64_t ms_per_day = 86400000;

static const struct zone *zone_of(const char *territory)
{
        if (territory[0] != '9') /* most: this is asked with every command */
                return &paris;
        for (size_t i = 0; i < ARRAY_SIZE(overseas); i++) {
                if (strcmp(overseas[i].territory, territory) == 0)
                        return &overseas[i];
        }
        return &paris;
}

/* The n-th Sunday from the 1st of the month; 1970-01-01 was a Thursday, so a day is a Sunday where d % 7 == 3. */
static int32_t nth_sunday(int year, int month, int n)
{
        int32_t first = day_number(day_of_civil((struct civil){year, month, 1}));
        return first + (10 - first % 7) % 7 + 7 * (n - 1);
}

/* The last Sunday of a month of 31 days. */
static int32_t last_sunday(int year, int month)
{
        int32_t fourth = nth_sunday(year, month, 4);
        int32_t last = day_number(day_of_civil((struct civil){year, month, 31}));
        return fourth + 7 <= last ? fourth + 7 : fourth;
}

static int64_t instant(int32_t day, int utc_minutes)
{
        return day * ms_per_day + utc_minutes * ms_per_minute;
}

static bool in_summer(const struct zone *zone, int64_t at_ms)
{
        int year = day_civil(day_of_instant_ms(at_ms)).year;
        switch (zone->summer) {
        case SUMMER_NONE: return false;
        case SUMMER_EUROPE: /* changes at 01:00 UTC */
                return at_ms >= instant(last_sunday(year, 3), 60) && at_ms < instant(last_sunday(year, 10), 60);
        case SUMMER_AMERICA: /* changes at 02:00 on the wall */
                return at_ms >= instant(nth_sunday(year, 3, 2), 120 - zone->offset_minutes) &&
                       at_ms < instant(nth_sunday(year, 11, 1), 60 - zone->offset_minutes);
        }
        return false;
}

struct day local_day(const char *territory, int64_t at_ms)
{
        const struct zone *zone = zone_of(territory);
        int64_t wall_ms = at_ms + zone->offset_minutes * ms_per_minute, summer_ms = wall_ms + 60 * ms_per_minute;
        struct day day = day_of_instant_ms(wall_ms), in_an_hour = day_of_instant_ms(summer_ms);
        return day_number(day) == day_number(in_an_hour) || !in_summer(zone, at_ms) ? day : in_an_hour;
}

int local_minutes(const char *territory, int64_t at_ms)
{
        const struct zone *zone = zone_of(territory);
        int64_t offset_minutes = zone->offset_minutes + (in_summer(zone, at_ms) ? 60 : 0);
        int64_t wall_ms = at_ms + offset_minutes * ms_per_minute;
        return (int)((wall_ms % ms_per_day + ms_per_day) % ms_per_day / ms_per_minute);
}

int64_t local_instant(const char *territory, struct day day, int hour)
{
        const struct zone *zone = zone_of(territory);
        int64_t winter_ms = instant(day_number(day), hour * 60 - zone->offset_minutes);
        int64_t summer_ms = winter_ms - 60 * ms_per_minute;
        return in_summer(zone, summer_ms) ? summer_ms : winter_ms;
}
