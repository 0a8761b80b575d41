#include "common/base/french.h"

#include <inttypes.h>
#include <stdio.h>

#include "common/base/require.h"

#define THIN     "\xe2\x80\xaf" /* U+202F */
#define NO_BREAK "\xc2\xa0"     /* U+00A0 */

enum { FIGURE_SIZE = 96, HUNDREDTHS = 100, PERCENT_MILLIONTHS = 10000, DECIMALS_MAX = 6 };

/* "1 234 567": from the right, in threes. `number` is not negative. */
static void put_grouped(uint64_t number, char ret_text[FIGURE_SIZE])
{
        char digits[24];
        int length = snprintf(digits, sizeof(digits), "%" PRIu64, number);
        size_t at = 0;
        for (int i = 0; i < length; i++) {
                if (i > 0 && (length - i) % 3 == 0)
                        for (const char *c = THIN; *c != '\0'; c++)
                                ret_text[at++] = *c;
                ret_text[at++] = digits[i];
        }
        ret_text[at] = '\0';
}

/* The digits behind the comma, without trailing zeros when `is_trimmed`; "" for none. */
static void put_decimals(uint64_t part, int width, bool is_trimmed, char ret_text[DECIMALS_MAX + 2])
{
        ret_text[0] = '\0';
        if (part == 0)
                return;
        int length = snprintf(ret_text, DECIMALS_MAX + 2, ",%0*" PRIu64, width, part);
        while (is_trimmed && length > 1 && ret_text[length - 1] == '0')
                ret_text[--length] = '\0';
}

/* How a quantity is written: counted in `one`ths, with so many decimals. */
struct form {
        int64_t one;
        int width;
        bool is_trimmed;
        const char *unit;
};

static char *figure(struct arena *arena, int64_t value, const struct form *form)
{
        char whole[FIGURE_SIZE], part[DECIMALS_MAX + 2];
        uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
        put_grouped(size / (uint64_t)form->one, whole);
        put_decimals(size % (uint64_t)form->one, form->width, form->is_trimmed, part);
        return arena_printf(arena, "%s%s%s" NO_BREAK "%s", value < 0 ? "-" : "", whole, part, form->unit);
}

char *french_hours(struct arena *arena, struct hours hours)
{
        static const struct form form = {HUNDREDTHS, 2, true, "h"};
        return figure(arena, hours_hundredths(hours), &form);
}

char *french_money(struct arena *arena, struct money money)
{
        static const struct form form = {HUNDREDTHS, 2, false, "€"};
        return figure(arena, money_cents(money), &form);
}

char *french_share(struct arena *arena, struct share share)
{
        static const struct form form = {PERCENT_MILLIONTHS, 4, true, "%"};
        return figure(arena, share_millionths(share), &form);
}

static const char *month_name(int month)
{
        static const char *const names[] = {"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                            "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
        require(month >= 1 && month <= 12);
        return names[month - 1];
}

char *french_day(struct arena *arena, struct day day)
{
        struct civil civil = day_civil(day);
        return arena_printf(arena, "%d%s %s %d", civil.day, civil.day == 1 ? "er" : "", month_name(civil.month),
                            civil.year);
}

char *french_month(struct arena *arena, struct month month)
{
        struct civil civil = day_civil(month_first_day(month));
        return arena_printf(arena, "%s %d", month_name(civil.month), civil.year);
}

char *french_count(struct arena *arena, int64_t count, const char *singular)
{
        char text[FIGURE_SIZE];
        put_grouped(count < 0 ? -(uint64_t)count : (uint64_t)count, text);
        bool is_plural = count >= 2 || count <= -2;
        return arena_printf(arena, "%s%s %s%s", count < 0 ? "-" : "", text, singular, is_plural ? "s" : "");
}
