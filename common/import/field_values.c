/* The numbers, dates and truth values of fields.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/types.h"
#include "common/import/fields.h"
#include "common/import/labels.h"

static const double MONEY_EUROS_MAX = 1e12; /* the whole State spends less in a year */
enum { NUMBER_TEXT_MAX = 40, CENTS_PER_EURO = 100 };

static bool is_absent(const struct node *at)
{
        return at->json == NULL || (tree_is_text(at->json) && label_is_placeholder(tree_text(at->json)));
}

/* "1 234,50" -> "1234.50". False where it is not digits with one mark at most, which may stand inside. */
static bool plain_number(const char *text, char ret_plain[NUMBER_TEXT_MAX])
{
        size_t size = 0, digits = 0, marks = 0;

        for (; *text != '\0'; text++) {
                if (*text == ' ' || *text == '\t' || *text == '\n')
                        continue;
                if (strncmp(text, "\xc2\xa0", 2) == 0) {
                        text++;
                        continue;
                }
                bool mark = *text == '.' || *text == ',', digit = *text >= '0' && *text <= '9';
                bool sign = size == 0 && *text == '-';
                if (size >= NUMBER_TEXT_MAX - 1 || !(mark || digit || sign))
                        return false;
                digits += digit;
                marks += mark;
                ret_plain[size++] = mark ? '.' : *text;
        }
        ret_plain[size] = '\0';
        return digits > 0 && marks <= 1;
}

enum field_state field_real(const struct node *at, double *ret)
{
        char plain[NUMBER_TEXT_MAX];
        double value = 0, place = 1;

        if (is_absent(at))
                return FIELD_ABSENT;
        if (tree_is_number(at->json)) {
                *ret = tree_number(at->json);
                return FIELD_READ;
        }
        if (!tree_is_text(at->json) || !plain_number(tree_text(at->json), plain))
                return FIELD_WRONG;
        /* By hand: strtod() would follow the locale. Fifteen digits are exact, as in a JSON number. */
        const char *digit = plain[0] == '-' ? plain + 1 : plain;
        for (bool fraction = false; *digit != '\0'; digit++) {
                if (*digit == '.') {
                        fraction = true;
                        continue;
                }
                value = value * 10 + (*digit - '0');
                place *= fraction ? 10 : 1;
        }
        *ret = (plain[0] == '-' ? -value : value) / place;
        return FIELD_READ;
}

enum field_state field_money(const struct node *at, struct money *ret, enum note_code *ret_reason)
{
        double euros;
        enum field_state state = field_real(at, &euros);

        if (state == FIELD_ABSENT)
                return FIELD_ABSENT;
        if (state == FIELD_WRONG || euros < 0 || euros > MONEY_EUROS_MAX) {
                *ret_reason = state == FIELD_WRONG ? NOTE_NUMBER : euros < 0 ? NOTE_NEGATIVE : NOTE_IMPLAUSIBLE;
                return FIELD_WRONG;
        }
        *ret = money_of_cents(llround(euros * CENTS_PER_EURO));
        return FIELD_READ;
}

enum field_state field_whole(const struct node *at, uint32_t *ret)
{
        double value;
        enum field_state state = field_real(at, &value);

        if (state != FIELD_READ)
                return state;
        if (value < 0 || value > UINT32_MAX || floor(value) < value)
                return FIELD_WRONG;
        *ret = (uint32_t)value;
        return FIELD_READ;
}

enum field_state field_share(const struct node *at, struct share *ret)
{
        double value;
        enum field_state state = field_real(at, &value);

        if (state != FIELD_READ)
                return state;
        if (value < 0 || value > 1)
                return FIELD_WRONG;
        *ret = share_of_millionths((uint32_t)lround(value * SHARE_ONE_MILLIONTHS));
        return FIELD_READ;
}

enum field_state field_boolean(const struct node *at, bool *ret)
{
        static const struct label labels[] = {{"oui", 1},  {"non", 0},  {"true", 1}, {"false", 0},
                                              {"vrai", 1}, {"faux", 0}, {"1", 1},    {"0", 0}};
        int value;

        if (is_absent(at))
                return FIELD_ABSENT;
        if (tree_is_boolean(at->json)) {
                *ret = tree_is_true(at->json);
                return FIELD_READ;
        }
        if (tree_is_integer(at->json) && (tree_integer(at->json) == 0 || tree_integer(at->json) == 1)) {
                *ret = tree_integer(at->json) == 1;
                return FIELD_READ;
        }
        if (!tree_is_text(at->json) || !label_find(labels, ARRAY_SIZE(labels), tree_text(at->json), &value))
                return FIELD_WRONG;
        *ret = value != 0;
        return FIELD_READ;
}

static bool french_day(const char *text, struct day *ret)
{
        char iso[DAY_TEXT_SIZE];

        if (strlen(text) < 10 || text[2] != '/' || text[5] != '/')
                return false;
        memcpy(iso, text + 6, 4);
        iso[4] = iso[7] = '-';
        memcpy(iso + 5, text + 3, 2);
        memcpy(iso + 8, text, 2);
        iso[10] = '\0';
        return day_parse(iso, ret) == 0;
}

enum field_state field_day(const struct node *at, struct day *ret)
{
        char iso[DAY_TEXT_SIZE] = "";

        if (is_absent(at))
                return FIELD_ABSENT;
        if (!tree_is_text(at->json))
                return FIELD_WRONG;
        const char *text = tree_text(at->json);
        text += strspn(text, " \t");
        if (strlen(text) < 10 || (text[10] != '\0' && strchr("+-Z zT", text[10]) == NULL))
                return FIELD_WRONG;
        memcpy(iso, text, 10);
        return day_parse(iso, ret) == 0 || french_day(text, ret) ? FIELD_READ : FIELD_WRONG;
}

Types__Day *field_day_message(struct findings *found, const struct node *at)
{
        struct day day;
        enum field_state state = field_day(at, &day);

        if (state == FIELD_WRONG)
                note_warning(found, NOTE_DATE, at);
        return state == FIELD_READ ? day_to(found->arena, day) : NULL;
}

Types__Money *field_money_message(struct findings *found, const struct node *at)
{
        struct money money;
        enum note_code reason;
        enum field_state state = field_money(at, &money, &reason);

        if (state == FIELD_WRONG)
                note_warning(found, reason, at);
        return state == FIELD_READ ? money_to(found->arena, money) : NULL;
}

Types__Share *field_share_message(struct findings *found, const struct node *at)
{
        struct share share;
        enum field_state state = field_share(at, &share);

        if (state == FIELD_WRONG)
                note_warning(found, NOTE_OUT_OF_RANGE, at);
        return state == FIELD_READ ? share_to(found->arena, share) : NULL;
}

bool field_boolean_value(struct findings *found, const struct node *at)
{
        bool value = false;

        if (field_boolean(at, &value) == FIELD_WRONG)
                note_warning(found, NOTE_BOOLEAN, at);
        return value;
}

uint32_t field_whole_value(struct findings *found, const struct node *at, uint32_t minimum)
{
        uint32_t value = 0;
        enum field_state state = field_whole(at, &value);

        if (state == FIELD_WRONG)
                note_warning(found, NOTE_OUT_OF_RANGE, at);
        else if (state == FIELD_READ && value < minimum)
                note_warning(found, NOTE_BELOW_MINIMUM, at);
        return value;
}
