#include "common/base/french.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/base/require.h"

#define THIN     "\xe2\x80\xaf" /* U+202F */
#define NO_BREAK "\xc2\xa0"     /* U+00A0 */

enum { FIGURE_SIZE = 96, HUNDREDTHS = 100, PERCENT_MILLIONTHS = 10000, DECIMALS_MAX = 6 };

/* Figures are written for every line of a list: by hand, since printf costs more than all the rest of it. */
static char *put_text(char *at, const char *text)
{
        size_t size = strlen(text);
        memcpy(at, text, size + 1);
        return at + size;
}

/* "1 234 567": from the right, in threes. Returns its end. */
static char *put_grouped(uint64_t number, char *at)
{
        char digits[24];
        int length = 0;
        do
                digits[length++] = (char)('0' + number % 10);
        while ((number /= 10) > 0);
        while (length-- > 0) {
                *at++ = digits[length];
                if (length > 0 && length % 3 == 0)
                        at = put_text(at, THIN);
        }
        *at = '\0';
        return at;
}

/* The digits behind the comma, without trailing zeros when `is_trimmed`; nothing of zero. */
static char *put_decimals(uint64_t part, int width, bool is_trimmed, char *at)
{
        if (part == 0)
                return at;
        *at++ = ',';
        for (int i = width - 1; i >= 0; i--, part /= 10)
                at[i] = (char)('0' + part % 10);
        while (is_trimmed && width > 1 && at[width - 1] == '0')
                width--;
        at[width] = '\0';
        return at + width;
}

/* How a quantity is written: counted in `one`ths, with so many decimals. */
struct form {
        int64_t one;
        int width;
        bool is_trimmed;
        const char *unit; /* NULL: a bare number */
};

static char *figure(struct arena *arena, int64_t value, const struct form *form)
{
        char text[FIGURE_SIZE], *end = text;
        uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
        if (value < 0)
                end = put_text(end, "-");
        end = put_grouped(size / (uint64_t)form->one, end);
        end = put_decimals(size % (uint64_t)form->one, form->width, form->is_trimmed, end);
        if (form->unit != NULL)
                end = put_text(put_text(end, NO_BREAK), form->unit);
        return arena_copy(arena, text, (size_t)(end - text) + 1);
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

char *french_decimal(struct arena *arena, struct decimal decimal)
{
        static const struct form form = {HUNDREDTHS, 2, true, NULL};
        return figure(arena, decimal_millionths(decimal) / PERCENT_MILLIONTHS, &form);
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

char *french_time(struct arena *arena, int minutes)
{
        return arena_printf(arena, "%d\u00a0h\u00a0%02d", minutes / 60, minutes % 60);
}

char *french_month(struct arena *arena, struct month month)
{
        struct civil civil = day_civil(month_first_day(month));
        return arena_printf(arena, "%s %d", month_name(civil.month), civil.year);
}

char *french_count(struct arena *arena, int64_t count, const char *singular)
{
        char text[FIGURE_SIZE];
        (void)put_grouped(count < 0 ? -(uint64_t)count : (uint64_t)count, text);
        bool is_plural = count >= 2 || count <= -2;
        return arena_printf(arena, "%s%s %s%s", count < 0 ? "-" : "", text, singular, is_plural ? "s" : "");
}
