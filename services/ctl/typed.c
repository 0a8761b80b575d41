#include "services/ctl/typed.h"

#include <stdio.h>
#include <string.h>

#include "common/base/text.h"
#include "common/import/cells.h"

enum { FIGURE_SIZE = 64, PERCENT = 100, CENTS_DIGITS = 2, GROUP_DIGITS = 3 };

/* "1 000 000,50" -> "1000000.50": blanks out, of any width; a comma is a point. False: too long. */
static bool write_figure(const char *text, char ret_figure[FIGURE_SIZE])
{
        static const char *const blanks[] = {" ", "\u00a0", "\u202f", "\u2009", "'"};
        size_t used = 0;
        while (*text != '\0') {
                size_t blank = 0;
                for (size_t i = 0; i < ARRAY_SIZE(blanks) && blank == 0; i++)
                        if (strncmp(text, blanks[i], strlen(blanks[i])) == 0)
                                blank = strlen(blanks[i]);
                if (blank > 0) {
                        text += blank;
                        continue;
                }
                if (used + 1 == FIGURE_SIZE)
                        return false;
                ret_figure[used++] = (char)(*text == ',' ? '.' : *text);
                text++;
        }
        ret_figure[used] = '\0';
        return true;
}

static bool cut_end(char *text, const char *end)
{
        size_t size = strlen(text), cut = strlen(end);
        if (size <= cut || strcmp(text + size - cut, end) != 0)
                return false;
        text[size - cut] = '\0';
        return true;
}

/* A spreadsheet's number of a day is not what people type. */
static bool is_number(const char *text)
{
        const char *rest = text + strspn(text, "0123456789 ");
        return *rest == '\0' || (*rest == '.' && strchr(rest + 1, '.') == NULL);
}

bool typed_day(const char *text, struct day *ret)
{
        return day_parse(text, ret) == 0 || (!is_number(text) && cell_day(text, ret));
}

bool typed_month(const char *text, struct month *ret)
{
        return month_parse(text, ret) == 0 || (!is_number(text) && cell_month(text, ret));
}

bool typed_hours(const char *text, struct hours *ret)
{
        char figure[FIGURE_SIZE];
        if (!write_figure(text, figure))
                return false;
        if (!cut_end(figure, "heures") && !cut_end(figure, "heure"))
                (void)cut_end(figure, "h");
        if (hours_parse(figure, ret) == 0)
                return true;
        return strpbrk(figure, "hH:") != NULL && strchr(figure, '.') == NULL && cell_hours(text, ret);
}

/* What cell_amount() would cut, or take for thousands: a point alone with three digits behind it, or more. */
static bool is_doubtful(const char *figure)
{
        const char *last = strrchr(figure, '.');
        if (last == NULL || strpbrk(figure, "kKmM") != NULL)
                return false;
        size_t digits = strspn(last + 1, "0123456789");
        bool is_alone = strchr(figure, '.') == last;
        return digits > CENTS_DIGITS && (is_alone || digits != GROUP_DIGITS);
}

bool typed_money(const char *text, struct money *ret)
{
        char figure[FIGURE_SIZE];
        struct money money;
        if (!write_figure(text, figure))
                return false;
        if (money_parse(figure, ret) == 0)
                return true;
        bool is_negative = figure[0] == '-';
        if (is_doubtful(figure) || strchr(figure, '%') != NULL ||
            !cell_amount(is_negative ? strchr(text, '-') + 1 : text, &money))
                return false;
        *ret = money_of_cents(is_negative ? -money_cents(money) : money_cents(money));
        return true;
}

bool typed_decimal(const char *text, struct decimal *ret)
{
        char figure[FIGURE_SIZE];
        return write_figure(text, figure) && decimal_parse(figure, ret) == 0;
}

bool typed_share(const char *text, struct share *ret)
{
        char figure[FIGURE_SIZE];
        struct decimal percents;
        if (!write_figure(text, figure))
                return false;
        if (!cut_end(figure, "%"))
                return share_parse(figure, ret) == 0;
        if (decimal_parse(figure, &percents) != 0)
                return false;
        int64_t millionths = decimal_millionths(percents);
        if (millionths < 0 || millionths % PERCENT != 0 || millionths / PERCENT > SHARE_ONE_MILLIONTHS)
                return false;
        *ret = share_of_millionths((uint32_t)(millionths / PERCENT));
        return true;
}
