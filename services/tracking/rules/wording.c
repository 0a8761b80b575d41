#include "services/tracking/rules/wording.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

void day_wording(struct day day, char ret_text[DAY_WORDING_SIZE])
{
        struct civil c = day_civil(day);
        (void)snprintf(ret_text, DAY_WORDING_SIZE, "%02u/%02u/%04u", (unsigned)c.day % 100u, (unsigned)c.month % 100u,
                       (unsigned)c.year % 10000u);
}

void month_wording(struct month month, char ret_text[MONTH_WORDING_SIZE])
{
        struct civil c = day_civil(month_first_day(month));
        (void)snprintf(ret_text, MONTH_WORDING_SIZE, "%02u/%04u", (unsigned)c.month % 100u, (unsigned)c.year % 10000u);
}

struct day month_last_day(struct month month)
{
        struct day next = month_first_day(month_of_number(month_number(month) + 1));
        return day_of_number(day_number(next) - 1);
}

/* One digit, or the letter of a Corsican department where a number has it: its seventh place. */
static bool nir_place(char c, int place)
{
        return isdigit((unsigned char)c) || (place == 6 && c != '\0' && strchr("ABab", c) != NULL);
}

bool text_holds_nir(const char *text)
{
        enum { NIR_SHORT = 13, NIR_WITH_KEY = 15 };
        int run = 0;
        char first = '\0';
        for (const char *at = text;; at++) {
                if (nir_place(*at, run)) {
                        first = run == 0 ? *at : first;
                        run++;
                } else if (*at == '\0' || strchr(" .-", *at) == NULL) {
                        if ((run == NIR_SHORT || run == NIR_WITH_KEY) && strchr("123478", first) != NULL)
                                return true;
                        run = 0;
                }
                if (*at == '\0')
                        return false;
        }
}

bool territory_listed(const char *list, const char *wanted)
{
        size_t size = strlen(wanted);
        if (*list == '\0')
                return true;
        for (const char *at = list; size > 0 && at != NULL; at = strchr(at, ',')) {
                at += strspn(at, ", ");
                if (strncmp(at, wanted, size) == 0 && (at[size] == '\0' || at[size] == ',' || at[size] == ' '))
                        return true;
        }
        return false;
}
