#include "common/base/quantity.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/base/err.h"

__extension__ typedef __int128 wide;

static int add_checked(int64_t a, int64_t b, int64_t *ret)
{
        int64_t sum;
        if (__builtin_add_overflow(a, b, &sum))
                return ERR_OVERFLOW;
        *ret = sum;
        return 0;
}

int hours_add(struct hours a, struct hours b, struct hours *ret)
{
        return add_checked(a.v, b.v, &ret->v);
}

int hours_subtract(struct hours a, struct hours b, struct hours *ret)
{
        int64_t difference;
        if (__builtin_sub_overflow(a.v, b.v, &difference))
                return ERR_OVERFLOW;
        ret->v = difference;
        return 0;
}

int money_add(struct money a, struct money b, struct money *ret)
{
        return add_checked(a.v, b.v, &ret->v);
}

int hours_bought(struct money amount, struct share a, struct share b, struct money unit, struct hours *ret)
{
        if (unit.v <= 0 || amount.v < 0 || a.v > SHARE_ONE_MILLIONTHS || b.v > SHARE_ONE_MILLIONTHS)
                return ERR_OVERFLOW;
        /* amount < 2^63, shares <= 10^6, 100 hundredths: below 2^63 * 2^40 * 2^7, inside 128 bits */
        wide scaled = (wide)amount.v * a.v * b.v * 100;
        wide hundredths = scaled / ((wide)unit.v * SHARE_ONE_MILLIONTHS * SHARE_ONE_MILLIONTHS);
        if (hundredths > INT64_MAX)
                return ERR_OVERFLOW;
        ret->v = (int64_t)hundredths;
        return 0;
}

int hours_share(struct hours total, struct share share, struct hours *ret)
{
        if (total.v < 0 || share.v > SHARE_ONE_MILLIONTHS)
                return ERR_OVERFLOW;
        ret->v = (int64_t)((wide)total.v * share.v / SHARE_ONE_MILLIONTHS);
        return 0;
}

/* Reads "[-]digits[.digits]" as an integer of `decimals` decimal places. */
static int parse_fixed(const char *text, int decimals, int64_t *ret)
{
        bool negative = *text == '-';
        const char *at = text + (negative ? 1 : 0);
        int64_t value = 0;
        int places = -1; /* digits read after the point; -1 before it */

        if (*at < '0' || *at > '9')
                return ERR_MALFORMED;
        for (; *at != '\0'; at++) {
                if (*at == '.' && places < 0) {
                        places = 0;
                        continue;
                }
                if (*at < '0' || *at > '9' || places == decimals)
                        return ERR_MALFORMED;
                int digit = negative ? '0' - *at : *at - '0'; /* counted downwards, so that INT64_MIN can be read */
                if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, digit, &value))
                        return ERR_OVERFLOW;
                if (places >= 0)
                        places++;
        }
        if (places == 0)
                return ERR_MALFORMED;
        for (int i = places < 0 ? 0 : places; i < decimals; i++)
                if (__builtin_mul_overflow(value, 10, &value))
                        return ERR_OVERFLOW;
        *ret = value;
        return 0;
}

static void format_hundredths(int64_t value, char ret_text[QUANTITY_TEXT_SIZE])
{
        uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
        (void)snprintf(ret_text, QUANTITY_TEXT_SIZE, "%s%" PRIu64 ".%02" PRIu64, value < 0 ? "-" : "", magnitude / 100,
                       magnitude % 100);
}

int hours_parse(const char *text, struct hours *ret)
{
        return parse_fixed(text, 2, &ret->v);
}

int money_parse(const char *text, struct money *ret)
{
        return parse_fixed(text, 2, &ret->v);
}

int share_parse(const char *text, struct share *ret)
{
        int64_t value;
        int err = parse_fixed(text, 6, &value);
        if (err != 0)
                return err;
        if (value < 0 || value > UINT32_MAX)
                return ERR_OVERFLOW;
        ret->v = (uint32_t)value;
        return 0;
}

int decimal_parse(const char *text, struct decimal *ret)
{
        return parse_fixed(text, 6, &ret->v);
}

void hours_format(struct hours h, char ret_text[QUANTITY_TEXT_SIZE])
{
        format_hundredths(h.v, ret_text);
}

void money_format(struct money m, char ret_text[QUANTITY_TEXT_SIZE])
{
        format_hundredths(m.v, ret_text);
}

void share_format(struct share s, char ret_text[QUANTITY_TEXT_SIZE])
{
        decimal_format(decimal_of_millionths(s.v), ret_text);
}

void decimal_format(struct decimal d, char ret_text[QUANTITY_TEXT_SIZE])
{
        uint64_t magnitude = d.v < 0 ? -(uint64_t)d.v : (uint64_t)d.v;
        (void)snprintf(ret_text, QUANTITY_TEXT_SIZE, "%s%" PRIu64 ".%06" PRIu64, d.v < 0 ? "-" : "",
                       magnitude / SHARE_ONE_MILLIONTHS, magnitude % SHARE_ONE_MILLIONTHS);
        size_t length = strlen(ret_text);
        while (ret_text[length - 1] == '0' && ret_text[length - 2] != '.')
                ret_text[--length] = '\0';
}
