#include "services/gateway/front/range.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

enum { DIGITS_MAX = 18 }; /* far more than any file has, and no overflow */

/* False: no digit, or too many; else *at then stands behind them. */
static bool number(const char **at, uint64_t *ret)
{
        size_t digits = strspn(*at, "0123456789");
        if (digits == 0 || digits > DIGITS_MAX)
                return false;
        *ret = 0;
        for (size_t i = 0; i < digits; i++)
                *ret = *ret * 10 + (uint64_t)((*at)[i] - '0');
        *at += digits;
        return true;
}

/* "500-999", "500-", "-500" */
static enum range_verdict one_range(const char *at, uint64_t size, uint64_t *ret_from, uint64_t *ret_size)
{
        uint64_t first = 0, last = size - 1;
        bool has_first = number(&at, &first);
        if (*at++ != '-')
                return RANGE_WHOLE;
        bool has_last = number(&at, &last);
        if (*at != '\0' || (!has_first && !has_last) || (has_first && has_last && last < first))
                return RANGE_WHOLE;
        if (!has_first) { /* the last bytes */
                if (last == 0)
                        return RANGE_OUTSIDE;
                first = last < size ? size - last : 0;
                last = size - 1;
        }
        if (first >= size)
                return RANGE_OUTSIDE;
        *ret_from = first;
        *ret_size = (last < size ? last : size - 1) - first + 1;
        return RANGE_PART;
}

enum range_verdict range_wanted(const struct range_wish *wish, uint64_t *ret_from, uint64_t *ret_size)
{
        *ret_from = 0;
        *ret_size = wish->size;
        if (wish->range == NULL || strncasecmp(wish->range, "bytes=", 6) != 0)
                return RANGE_WHOLE;
        if (wish->if_range != NULL && strcmp(wish->if_range, wish->etag) != 0)
                return RANGE_WHOLE;
        return one_range(wish->range + 6, wish->size, ret_from, ret_size);
}

bool range_sent(const char *content_range, uint64_t *ret_from)
{
        uint64_t last, size;
        *ret_from = 0;
        if (content_range == NULL)
                return true;
        const char *at = content_range;
        if (strncasecmp(at, "bytes ", 6) != 0)
                return false;
        at += 6;
        if (!number(&at, ret_from) || *at++ != '-' || !number(&at, &last) || *at++ != '/')
                return false;
        bool has_size = number(&at, &size);
        if (!has_size && *at++ != '*')
                return false;
        return *at == '\0' && last >= *ret_from && (!has_size || last < size);
}
