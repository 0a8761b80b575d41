#include "services/contracts/control/working_days.h"

#include <string.h>

#include "common/base/working_time.h"

/* The Gregorian computus (Meeus, Jones, Butcher). */
struct day easter_sunday(int year)
{
        int golden = year % 19, century = year / 100, rest = year % 100;
        int leap = century / 4, correction = (century - (century + 8) / 25 + 1) / 3;
        int epact = (19 * golden + century - leap - correction + 15) % 30;
        int to_sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
        int shift = (golden + 11 * epact + 22 * to_sunday) / 451;
        int count = epact + to_sunday - 7 * shift + 114;
        return day_of_civil((struct civil){year, count / 31, count % 31 + 1});
}

static bool is_holiday(const Contracts__HolidayRule *holidays, struct day day)
{
        struct civil civil = day_civil(day);
        char text[DAY_TEXT_SIZE];

        day_format(day, text);
        for (size_t i = 0; i < holidays->n_fixed; i++)
                if (strcmp(holidays->fixed[i], text + sizeof("2026-") - 1) == 0)
                        return true;
        int32_t after_easter = day_number(day) - day_number(easter_sunday(civil.year));
        for (size_t i = 0; i < holidays->n_after_easter; i++)
                if (holidays->after_easter[i] == after_easter)
                        return true;
        return false;
}

bool working_day(const Contracts__HolidayRule *holidays, struct day day)
{
        enum { SATURDAY = 5 };
        return weekday(day_number(day)) < SATURDAY && !is_holiday(holidays, day);
}

struct day working_days_after(const Contracts__HolidayRule *holidays, struct day day, uint32_t count)
{
        while (count > 0) {
                day = day_of_number(day_number(day) + 1);
                if (working_day(holidays, day))
                        count--;
        }
        return day;
}
