#include "common/codec/json_form.h"

#include <math.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/day.h"
#include "common/base/id.h"
#include "common/base/quantity.h"
#include "common/base/require.h"
#include "common/base/text.h"
#include "types.pb-c.h"

static void free_text(char **text)
{
        free(*text);
}

/* ---- bytes, text, integers */

json_t *json_of_bytes(const uint8_t *bytes, size_t size)
{
        size_t room = sodium_base64_encoded_len(size, sodium_base64_VARIANT_ORIGINAL);
        scoped(free_text) char *text = malloc(room);
        if (text == NULL)
                return NULL;
        return json_string(sodium_bin2base64(text, room, bytes, size, sodium_base64_VARIANT_ORIGINAL));
}

bool json_to_bytes(const json_t *json, ProtobufCBinaryData *ret, struct arena *arena)
{
        static const int variants[] = {sodium_base64_VARIANT_ORIGINAL, sodium_base64_VARIANT_ORIGINAL_NO_PADDING,
                                       sodium_base64_VARIANT_URLSAFE, sodium_base64_VARIANT_URLSAFE_NO_PADDING};
        if (!json_is_string(json))
                return false;

        size_t size = json_string_length(json);
        uint8_t *bytes = arena_alloc(arena, size + 1);
        for (size_t i = 0; i < ARRAY_SIZE(variants); i++)
                if (sodium_base642bin(bytes, size, json_string_value(json), size, NULL, &ret->len, NULL, variants[i]) ==
                    0) {
                        ret->data = bytes;
                        return true;
                }
        return false;
}

json_t *json_of_utf8(const char *text)
{
        size_t size = strlen(text);
        if (utf8_valid(text, size))
                return json_stringn_nocheck(text, size);

        scoped(free_text) char *mended = malloc(size * 3 + 1); /* U+FFFD takes three bytes */
        size_t used = 0;
        if (mended == NULL)
                return NULL;
        for (size_t at = 0; at < size;) {
                size_t length = 1;
                while (length <= 4 && length <= size - at && !utf8_valid(text + at, length))
                        length++;
                bool good = length <= 4 && length <= size - at;
                memcpy(mended + used, good ? text + at : "\xef\xbf\xbd", good ? length : 3);
                used += good ? length : 3;
                at += good ? length : 1;
        }
        return json_stringn_nocheck(mended, used);
}

/* Decimal digits, no leading zeros asked for; one '-' where a negative number may stand. */
static bool digits_to_integer(const char *text, int64_t min, uint64_t max, uint64_t *ret_bits)
{
        bool negative = *text == '-';
        uint64_t most = negative ? (min < 0 ? -(uint64_t)min : 0) : max;
        uint64_t magnitude;

        if (text_to_u64(text + (negative ? 1 : 0), most, &magnitude) != 0)
                return false;
        *ret_bits = negative ? -magnitude : magnitude;
        return true;
}

bool json_to_integer(const json_t *json, int64_t min, uint64_t max, uint64_t *ret_bits)
{
        if (json_is_string(json))
                return digits_to_integer(json_string_value(json), min, max, ret_bits);
        if (!json_is_number(json))
                return false;

        double real = json_number_value(json);
        if (json_is_real(json) && (real != trunc(real) || fabs(real) > 9007199254740992.0))
                return false; /* beyond 2^53 a real no longer says which integer was meant */
        int64_t number = json_is_integer(json) ? json_integer_value(json) : (int64_t)real;
        if (number < 0 ? number < min : (uint64_t)number > max)
                return false;
        *ret_bits = (uint64_t)number;
        return true;
}

size_t json_value_size(const ProtobufCFieldDescriptor *field)
{
        switch (field->type) {
        case PROTOBUF_C_TYPE_INT32:
        case PROTOBUF_C_TYPE_SINT32:
        case PROTOBUF_C_TYPE_SFIXED32:
        case PROTOBUF_C_TYPE_UINT32:
        case PROTOBUF_C_TYPE_FIXED32:
        case PROTOBUF_C_TYPE_BOOL:
        case PROTOBUF_C_TYPE_ENUM: return sizeof(int32_t);
        case PROTOBUF_C_TYPE_INT64:
        case PROTOBUF_C_TYPE_SINT64:
        case PROTOBUF_C_TYPE_SFIXED64:
        case PROTOBUF_C_TYPE_UINT64:
        case PROTOBUF_C_TYPE_FIXED64: return sizeof(int64_t);
        case PROTOBUF_C_TYPE_STRING:
        case PROTOBUF_C_TYPE_MESSAGE: return sizeof(void *);
        case PROTOBUF_C_TYPE_BYTES: return sizeof(ProtobufCBinaryData);
        case PROTOBUF_C_TYPE_FLOAT:
        case PROTOBUF_C_TYPE_DOUBLE: break;
        }
        require_failed("no float fields in proto/", __FILE__, __LINE__, __func__);
}

/* ---- types.proto: Id, Day, Month, Instant */

static json_t *format_id(const ProtobufCMessage *message)
{
        const Types__Id *id = (const Types__Id *)message;
        struct id value;
        char text[ID_TEXT_SIZE];

        if (id->value.len != sizeof(value.b)) /* only a message that was not validated: show what it holds */
                return json_of_bytes(id->value.data, id->value.len);
        memcpy(value.b, id->value.data, sizeof(value.b));
        id_format(value, text);
        return json_string(text);
}

static bool parse_id(const json_t *json, ProtobufCMessage *message, struct arena *arena)
{
        Types__Id *id = (Types__Id *)message;
        struct id value;

        if (!json_is_string(json) || id_parse(json_string_value(json), &value) != 0)
                return false;
        id->value.data = arena_copy(arena, value.b, sizeof(value.b));
        id->value.len = sizeof(value.b);
        return true;
}

static json_t *format_day(const ProtobufCMessage *message)
{
        struct day day = day_of_number(((const Types__Day *)message)->days);
        char text[DAY_TEXT_SIZE];

        if (!day_valid(day)) /* not validated either */
                return json_integer(day_number(day));
        day_format(day, text);
        return json_string(text);
}

static bool parse_day(const json_t *json, ProtobufCMessage *message, struct arena *arena)
{
        struct day day;
        (void)arena;
        if (!json_is_string(json) || day_parse(json_string_value(json), &day) != 0)
                return false;
        ((Types__Day *)message)->days = day_number(day);
        return true;
}

static json_t *format_month(const ProtobufCMessage *message)
{
        struct month month = month_of_number(((const Types__Month *)message)->months);
        char text[MONTH_TEXT_SIZE];

        if (!month_valid(month))
                return json_integer(month_number(month));
        month_format(month, text);
        return json_string(text);
}

static bool parse_month(const json_t *json, ProtobufCMessage *message, struct arena *arena)
{
        struct month month;
        (void)arena;
        if (!json_is_string(json) || month_parse(json_string_value(json), &month) != 0)
                return false;
        ((Types__Month *)message)->months = month_number(month);
        return true;
}

static json_t *format_instant(const ProtobufCMessage *message)
{
        int64_t ms = ((const Types__Instant *)message)->ms;
        char text[INSTANT_TEXT_SIZE];

        if (!instant_valid(ms))
                return json_integer(ms);
        instant_format(ms, text);
        return json_string(text);
}

static bool parse_instant(const json_t *json, ProtobufCMessage *message, struct arena *arena)
{
        (void)arena;
        return json_is_string(json) && instant_parse(json_string_value(json), &((Types__Instant *)message)->ms) == 0;
}

/* ---- types.proto: Hours, Money, Share, Decimal */

/* A number that is a whole count of 1/per_unit: 12.5 is 1250 hundredths, 12.345 is none. */
static bool number_to_units(const json_t *json, int64_t per_unit, int64_t *ret)
{
        if (json_is_integer(json))
                return !__builtin_mul_overflow((int64_t)json_integer_value(json), per_unit, ret);
        if (!json_is_real(json))
                return false;

        double units = round(json_real_value(json) * (double)per_unit);
        if (fabs(units) > 9007199254740992.0 || units / (double)per_unit != json_real_value(json))
                return false;
        *ret = (int64_t)units;
        return true;
}

static json_t *format_hours(const ProtobufCMessage *message)
{
        char text[QUANTITY_TEXT_SIZE];
        hours_format(hours_of_hundredths(((const Types__Hours *)message)->hundredths), text);
        return json_string(text);
}

static bool parse_hours(const json_t *json, ProtobufCMessage *message, struct arena *arena)
{
        Types__Hours *hours = (Types__Hours *)message;
        struct hours value;
        (void)arena;
        if (!json_is_string(json))
                return number_to_units(json, 100, &hours->hundredths);
        if (hours_parse(json_string_value(json), &value) != 0)
                return false;
        hours->hundredths = hours_hundredths(value);
        return true;
}

static json_t *format_money(const ProtobufCMessage *message)
{
        char text[QUANTITY_TEXT_SIZE];
        money_format(money_of_cents(((const Types__Money *)message)->cents), text);
        return json_string(text);
}

static bool parse_money(const json_t *json, ProtobufCMessage *message, struct arena *arena)
{
        Types__Money *money = (Types__Money *)message;
        struct money value;
        (void)arena;
        if (!json_is_string(json))
                return number_to_units(json, 100, &money->cents);
        if (money_parse(json_string_value(json), &value) != 0)
                return false;
        money->cents = money_cents(value);
        return true;
}

static json_t *format_share(const ProtobufCMessage *message)
{
        char text[QUANTITY_TEXT_SIZE];
        share_format(share_of_millionths(((const Types__Share *)message)->millionths), text);
        return json_string(text);
}

static bool parse_share(const json_t *json, ProtobufCMessage *message, struct arena *arena)
{
        struct share value;
        int64_t millionths;
        (void)arena;
        if (json_is_string(json)) {
                if (share_parse(json_string_value(json), &value) != 0)
                        return false;
                millionths = share_millionths(value);
        } else if (!number_to_units(json, SHARE_ONE_MILLIONTHS, &millionths)) {
                return false;
        }
        if (millionths < 0 || millionths > SHARE_ONE_MILLIONTHS)
                return false;
        ((Types__Share *)message)->millionths = (uint32_t)millionths;
        return true;
}

static json_t *format_decimal(const ProtobufCMessage *message)
{
        char text[QUANTITY_TEXT_SIZE];
        decimal_format(decimal_of_millionths(((const Types__Decimal *)message)->millionths), text);
        return json_string(text);
}

static bool parse_decimal(const json_t *json, ProtobufCMessage *message, struct arena *arena)
{
        Types__Decimal *decimal = (Types__Decimal *)message;
        struct decimal value;
        (void)arena;
        if (!json_is_string(json))
                return number_to_units(json, SHARE_ONE_MILLIONTHS, &decimal->millionths);
        if (decimal_parse(json_string_value(json), &value) != 0)
                return false;
        decimal->millionths = decimal_millionths(value);
        return true;
}

static const struct json_form forms[] = {
        {&types__id__descriptor, format_id, parse_id,
         "doit être un identifiant, par exemple \"0192f0c1-7a3b-7001-8f00-0123456789ab\""},
        {&types__day__descriptor, format_day, parse_day,
         "doit être une date qui existe, entre 1600 et 2400, écrite année-mois-jour, par exemple \"2026-11-22\""},
        {&types__month__descriptor, format_month, parse_month,
         "doit être un mois écrit année-mois, par exemple \"2026-11\""},
        {&types__instant__descriptor, format_instant, parse_instant,
         "doit être un instant en temps universel, par exemple \"2026-11-22T14:50:03.120Z\""},
        {&types__hours__descriptor, format_hours, parse_hours,
         "doit être un nombre d'heures au centième, par exemple \"151.67\""},
        {&types__money__descriptor, format_money, parse_money,
         "doit être un montant en euros, au centime, par exemple \"82238.00\""},
        {&types__share__descriptor, format_share, parse_share, "doit être une part entre 0 et 1, par exemple \"0.05\""},
        {&types__decimal__descriptor, format_decimal, parse_decimal,
         "doit être un nombre à six décimales au plus, par exemple \"15703.25\""},
};

const struct json_form *json_form_of(const ProtobufCMessageDescriptor *type)
{
        for (size_t i = 0; i < ARRAY_SIZE(forms); i++)
                if (forms[i].type == type)
                        return &forms[i];
        return NULL;
}
