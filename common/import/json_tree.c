#include "common/import/json_tree.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/text.h"

enum {
        STACK_FIRST = 64,
        STRINGS_BYTES = 2048,
        DIGITS_EXACT = 15, /* that many decimal digits are a double without loss */
        POWERS_EXACT = 22, /* so is ten to that */
        ESCAPE_DIGITS = 4,
};

/* Values whose container is still open lie on a stack; a container takes its own from there when it closes. */
struct parser {
        const uint8_t *at, *end;
        struct arena *arena;
        char *strings; /* room for texts, one after the other */
        size_t strings_left;
        struct json_tree *stack;
        size_t depth, height, room;
};

static bool parse_value(struct parser *parser, struct json_tree *ret);

static void skip_blanks(struct parser *parser)
{
        while (parser->at < parser->end &&
               (*parser->at == ' ' || *parser->at == '\n' || *parser->at == '\r' || *parser->at == '\t'))
                parser->at++;
}

static bool take_character(struct parser *parser, char expected)
{
        skip_blanks(parser);
        if (parser->at == parser->end || *parser->at != (uint8_t)expected)
                return false;
        parser->at++;
        return true;
}

/* ---- strings */

static int hex_digit(uint8_t c)
{
        if (c >= '0' && c <= '9')
                return c - '0';
        c |= 0x20;
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* After "\u". -1 where it is no number of four digits. */
static int32_t code_unit(struct parser *parser)
{
        int32_t unit = 0;
        if (parser->end - parser->at < ESCAPE_DIGITS)
                return -1;
        for (int i = 0; i < ESCAPE_DIGITS; i++) {
                int digit = hex_digit(*parser->at++);
                if (digit < 0)
                        return -1;
                unit = unit << 4 | digit;
        }
        return unit;
}

static char *put_code_point(char *to, uint32_t point)
{
        if (point < 0x80) {
                *to++ = (char)point;
                return to;
        }
        if (point < 0x800) {
                *to++ = (char)(0xc0 | point >> 6);
        } else {
                if (point < 0x10000) {
                        *to++ = (char)(0xe0 | point >> 12);
                } else {
                        *to++ = (char)(0xf0 | point >> 18);
                        *to++ = (char)(0x80 | (point >> 12 & 0x3f));
                }
                *to++ = (char)(0x80 | (point >> 6 & 0x3f));
        }
        *to++ = (char)(0x80 | (point & 0x3f));
        return to;
}

/* A code point from one unit or from a pair of surrogates; NUL has no place in a text. */
static bool unicode_escape(struct parser *parser, char **to)
{
        int32_t high = code_unit(parser), low;
        if (high <= 0 || (high >= 0xdc00 && high <= 0xdfff))
                return false;
        if (high < 0xd800 || high > 0xdbff) {
                *to = put_code_point(*to, (uint32_t)high);
                return true;
        }
        if (parser->end - parser->at < 2 || parser->at[0] != '\\' || parser->at[1] != 'u')
                return false;
        parser->at += 2;
        low = code_unit(parser);
        if (low < 0xdc00 || low > 0xdfff)
                return false;
        *to = put_code_point(*to, 0x10000 + ((uint32_t)(high - 0xd800) << 10) + (uint32_t)(low - 0xdc00));
        return true;
}

static bool escape(struct parser *parser, char **to)
{
        static const char plain[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
        if (parser->at == parser->end)
                return false;
        uint8_t c = *parser->at++;
        if (c == 'u')
                return unicode_escape(parser, to);
        const char *found = c == '\0' ? NULL : strchr(plain, c);
        if (found == NULL)
                return false;
        *(*to)++ = meant[found - plain];
        return true;
}

/* Bytes up to the closing quote, which is none of them: as many as the text can take. */
struct written {
        size_t size;
        bool escaped;
        bool ascii;
};

static bool look_ahead(const struct parser *parser, struct written *ret)
{
        const uint8_t *at = parser->at;
        uint8_t bits = 0;
        bool escaped = false;
        for (; at < parser->end && *at != '"'; at++) {
                if (*at < ' ')
                        return false;
                bits |= *at;
                if (*at == '\\') {
                        escaped = true;
                        if (++at == parser->end)
                                return false;
                }
        }
        *ret = (struct written){(size_t)(at - parser->at), escaped, bits < 0x80};
        return at < parser->end;
}

static char *room_for(struct parser *parser, size_t size)
{
        if (parser->strings_left < size) {
                parser->strings_left = size > STRINGS_BYTES ? size : STRINGS_BYTES;
                parser->strings = arena_alloc(parser->arena, parser->strings_left);
        }
        char *room = parser->strings;
        parser->strings += size;
        parser->strings_left -= size;
        return room;
}

static bool unescape(struct parser *parser, size_t size, char **to)
{
        const uint8_t *end = parser->at + size;
        while (parser->at < end) {
                uint8_t c = *parser->at++;
                if (c != '\\')
                        *(*to)++ = (char)c;
                else if (!escape(parser, to))
                        return false;
        }
        return true;
}

/* After the opening quote. */
static bool parse_text(struct parser *parser, const char **ret, uint32_t *ret_size)
{
        struct written written;
        if (!look_ahead(parser, &written) || (!written.ascii && !utf8_valid((const char *)parser->at, written.size)))
                return false;
        char *start = room_for(parser, written.size + 1), *to = start;
        if (!written.escaped) {
                memcpy(start, parser->at, written.size);
                to += written.size;
                parser->at += written.size;
        } else if (!unescape(parser, written.size, &to)) {
                return false;
        }
        *to = '\0';
        parser->at++;
        *ret = start;
        *ret_size = (uint32_t)(to - start);
        return true;
}

/* ---- numbers */

struct digits {
        uint64_t value;
        int count;
        int after_point;
        bool exponent;
        bool fraction;
};

static bool at_digit(const struct parser *parser)
{
        return parser->at < parser->end && *parser->at >= '0' && *parser->at <= '9';
}

static bool take_digits(struct parser *parser, struct digits *to)
{
        if (!at_digit(parser))
                return false;
        for (; at_digit(parser); parser->at++) {
                to->count += to->count > 0 || *parser->at != '0';
                to->after_point += to->fraction;
                if (to->count <= DIGITS_EXACT)
                        to->value = to->value * 10 + (uint64_t)(*parser->at - '0');
        }
        return true;
}

/* The grammar; the exponent's value is for strtod(). */
static bool scan_number(struct parser *parser, struct digits *ret)
{
        bool zero = parser->at < parser->end && *parser->at == '0';
        const uint8_t *start = parser->at;
        if (!take_digits(parser, ret) || (zero && parser->at - start > 1))
                return false;
        if (parser->at < parser->end && *parser->at == '.') {
                parser->at++;
                ret->fraction = true;
                if (!take_digits(parser, ret))
                        return false;
        }
        if (parser->at == parser->end || (*parser->at | 0x20) != 'e')
                return true;
        struct digits exponent = {0};
        parser->at++;
        if (parser->at < parser->end && (*parser->at == '-' || *parser->at == '+'))
                parser->at++;
        ret->exponent = true;
        return take_digits(parser, &exponent);
}

/* What has too many digits, or an exponent. No program of ours sets a locale. */
static bool rare_number(struct parser *parser, const uint8_t *start, bool whole, struct json_tree *ret)
{
        const char *text = arena_printf(parser->arena, "%.*s", (int)(parser->at - start), (const char *)start);
        errno = 0;
        if (whole)
                ret->integer = strtoll(text, NULL, 10);
        else
                ret->real = strtod(text, NULL);
        return errno == 0 || (!whole && fabs(ret->real) < 1); /* too small for a double is zero, nearly */
}

static bool parse_number(struct parser *parser, struct json_tree *ret)
{
        static const double powers[POWERS_EXACT + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                        1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                        1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
        const uint8_t *start = parser->at;
        struct digits digits = {0};
        bool negative = *start == '-';
        parser->at += negative;
        if (!scan_number(parser, &digits))
                return false;
        bool whole = !digits.fraction && !digits.exponent;
        ret->kind = whole ? TREE_INTEGER : TREE_REAL;
        if (digits.count > DIGITS_EXACT || digits.exponent || digits.after_point > POWERS_EXACT)
                return rare_number(parser, start, whole, ret);
        if (whole) {
                ret->integer = negative ? -(int64_t)digits.value : (int64_t)digits.value;
        } else {
                double real = (double)digits.value / powers[digits.after_point];
                ret->real = negative ? -real : real;
        }
        return true;
}

/* ---- values */

static bool is_letter(uint8_t c)
{
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool parse_word(struct parser *parser, struct json_tree *ret)
{
        static const struct {
                const char *word;
                enum json_tree_kind kind;
        } words[] = {{"true", TREE_TRUE}, {"false", TREE_FALSE}, {"null", TREE_NULL}};
        for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
                size_t size = strlen(words[i].word);
                if ((size_t)(parser->end - parser->at) < size || memcmp(parser->at, words[i].word, size) != 0)
                        continue;
                ret->kind = words[i].kind;
                parser->at += size;
                return parser->at == parser->end || !is_letter(*parser->at);
        }
        return false;
}

static void push(struct parser *parser, const struct json_tree *value)
{
        if (parser->height == parser->room) {
                size_t room = parser->room == 0 ? STACK_FIRST : parser->room * 2;
                struct json_tree *stack = arena_alloc(parser->arena, room * sizeof(*stack));
                if (parser->height > 0)
                        memcpy(stack, parser->stack, parser->height * sizeof(*stack));
                parser->stack = stack;
                parser->room = room;
        }
        parser->stack[parser->height++] = *value;
}

static bool parse_members(struct parser *parser, bool object, char close)
{
        if (take_character(parser, close))
                return true;
        do {
                struct json_tree value = {0};
                if (object && (!take_character(parser, '"') || !parse_text(parser, &value.key, &value.key_size) ||
                               !take_character(parser, ':')))
                        return false;
                if (!parse_value(parser, &value))
                        return false;
                push(parser, &value);
        } while (take_character(parser, ','));
        return take_character(parser, close);
}

static bool parse_container(struct parser *parser, bool object, struct json_tree *ret)
{
        size_t bottom = parser->height;
        if (++parser->depth > JSON_TREE_DEPTH_MAX || !parse_members(parser, object, object ? '}' : ']'))
                return false;
        parser->depth--;
        ret->kind = object ? TREE_OBJECT : TREE_LIST;
        ret->size = (uint32_t)(parser->height - bottom);
        if (ret->size > 0)
                ret->items = arena_copy(parser->arena, parser->stack + bottom, ret->size * sizeof(*ret->items));
        parser->height = bottom;
        return true;
}

static bool parse_value(struct parser *parser, struct json_tree *ret)
{
        bool good;
        skip_blanks(parser);
        if (parser->at == parser->end)
                return false;
        const uint8_t *start = parser->at;
        uint8_t c = *start;
        if (c == '{' || c == '[') {
                parser->at++;
                good = parse_container(parser, c == '{', ret);
        } else if (c == '"') {
                parser->at++;
                ret->kind = TREE_TEXT;
                good = parse_text(parser, &ret->text, &ret->size);
        } else if (c == '-' || (c >= '0' && c <= '9')) {
                good = parse_number(parser, ret);
        } else {
                good = parse_word(parser, ret);
        }
        ret->raw = (const char *)start;
        ret->raw_size = (uint32_t)(parser->at - start);
        return good;
}

const struct json_tree *json_tree_parse(struct slice text, struct arena *arena, size_t *ret_size)
{
        size_t size = text.size < JSON_TREE_BYTES_MAX ? text.size : JSON_TREE_BYTES_MAX;
        struct parser parser = {.at = text.data, .end = text.data + size, .arena = arena};
        struct json_tree *root = arena_zalloc(arena, sizeof(*root));
        if (!parse_value(&parser, root))
                return NULL;
        *ret_size = (size_t)(parser.at - text.data);
        return root;
}

const struct json_tree *tree_member(const struct json_tree *object, const char *key)
{
        if (!tree_is_object(object))
                return NULL;
        size_t size = strlen(key);
        for (size_t i = object->size; i > 0; i--) {
                const struct json_tree *member = &object->items[i - 1];
                if (member->key_size == size && memcmp(member->key, key, size) == 0)
                        return member;
        }
        return NULL;
}
