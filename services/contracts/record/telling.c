#include "services/contracts/record/telling.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/base/require.h"

static const char not_told[] = "non dit";

/* What people wrote may end with a stop of its own: a sentence has one. "reason.." and "(reason.)." */
static void end_once(char *text)
{
        size_t size = strlen(text);
        if (size >= 2 && strcmp(text + size - 2, "..") == 0 && (size < 3 || text[size - 3] != '.'))
                text[size - 1] = '\0';
        else if (size >= 3 && strcmp(text + size - 3, ".).") == 0)
                (void)memcpy(text + size - 3, ").", sizeof(")."));
}

void tell(struct telling *telling, const char *format, ...)
{
        va_list arguments, again;
        va_start(arguments, format);
        va_copy(again, arguments);
        int size = vsnprintf(NULL, 0, format, arguments);
        require(size >= 0);
        telling->text = arena_alloc(telling->arena, (size_t)size + 1);
        (void)vsnprintf(telling->text, (size_t)size + 1, format, again);
        end_once(telling->text);
        va_end(again);
        va_end(arguments);
}

const char *told_hours(const struct telling *telling, const Types__Hours *hours)
{
        return hours == NULL ? not_told : french_hours(telling->arena, hours_of(hours));
}

const char *told_money(const struct telling *telling, const Types__Money *money)
{
        return money == NULL ? not_told : french_money(telling->arena, money_of(money));
}

const char *told_share(const struct telling *telling, const Types__Share *share)
{
        return share == NULL ? not_told : french_share(telling->arena, share_of(share));
}

const char *told_day(const struct telling *telling, const Types__Day *day)
{
        return day == NULL ? not_told : french_day(telling->arena, day_of(day));
}
