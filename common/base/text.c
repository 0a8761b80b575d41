#include "common/base/text.h"

#include <ctype.h>
#include <string.h>

#include "common/base/err.h"

bool text_is_empty(const char *text)
{
        if (text != NULL)
                for (; *text != '\0'; text++)
                        if (!isspace((unsigned char)*text))
                                return false;
        return true;
}

bool text_is_digits(const char *text, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (!is_digit(text[i]))
                        return false;
        return text[count] == '\0';
}

bool text_is_among(const char *text, char *const *texts, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(texts[i], text) == 0)
                        return true;
        return false;
}

int text_to_u64(const char *text, uint64_t max, uint64_t *ret)
{
        uint64_t value = 0;
        if (*text == '\0')
                return ERR_MALFORMED;
        for (; *text != '\0'; text++) {
                if (!is_digit(*text))
                        return ERR_MALFORMED;
                if (__builtin_mul_overflow(value, 10u, &value) ||
                    __builtin_add_overflow(value, (uint64_t)(*text - '0'), &value) || value > max)
                        return ERR_OVERFLOW;
        }
        *ret = value;
        return 0;
}

/* How long the sequence is that this byte begins; 0 if none begins with it. */
static size_t utf8_length_of_lead(unsigned char lead)
{
        if (lead < 0x80)
                return 1;
        if (lead < 0xc2 || lead >= 0xf5)
                return 0;
        return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

size_t utf8_sequence(const char *text, size_t left)
{
        const unsigned char *at = (const unsigned char *)text;
        size_t length = left == 0 ? 0 : utf8_length_of_lead(at[0]);

        if (length == 0 || length > left)
                return 0;
        unsigned char lead = at[0];
        for (size_t i = 1; i < length; i++)
                if ((at[i] & 0xc0) != 0x80)
                        return 0;
        if ((lead == 0xe0 && at[1] < 0xa0) || (lead == 0xed && at[1] >= 0xa0) || (lead == 0xf0 && at[1] < 0x90) ||
            (lead == 0xf4 && at[1] >= 0x90))
                return 0;
        return length;
}

bool utf8_valid(const char *text, size_t size)
{
        while (size > 0) {
                size_t length = utf8_sequence(text, size);
                if (length == 0)
                        return false;
                text += length;
                size -= length;
        }
        return true;
}

size_t utf8_length(const char *text)
{
        size_t length = 0;
        for (; *text != '\0'; text++)
                if (((unsigned char)*text & 0xc0) != 0x80)
                        length++;
        return length;
}

size_t utf8_cut(const char *text, size_t characters)
{
        size_t size = 0, left = strlen(text);
        for (size_t one; characters > 0 && (one = utf8_sequence(text + size, left - size)) > 0; characters--)
                size += one;
        return size;
}

void territory_of_commune(const char *commune, char ret_territory[TERRITORY_TEXT_SIZE])
{
        size_t size = commune[0] == '9' && commune[1] >= '7' ? 3 : 2;

        ret_territory[0] = '\0';
        if (strlen(commune) != 5 || !text_is_digits(commune + size, 5 - size))
                return;
        memcpy(ret_territory, commune, size);
        ret_territory[size] = '\0';
        if (!territory_valid(ret_territory))
                ret_territory[0] = '\0';
}

/* Postcodes of Corsica begin with 20: 200 and 201 are the south, 202 and 206 the north. */
void territory_of_postcode(const char *postcode, char ret_territory[TERRITORY_TEXT_SIZE])
{
        ret_territory[0] = '\0';
        if (!text_is_digits(postcode, 5))
                return;
        if (strncmp(postcode, "20", 2) == 0)
                memcpy(ret_territory, postcode[2] < '2' ? "2A" : "2B", sizeof("2A"));
        else
                territory_of_commune(postcode, ret_territory);
}

bool commune_with_zero(const char *text, char ret_code[COMMUNE_TEXT_SIZE])
{
        char whole[COMMUNE_TEXT_SIZE] = "0", territory[TERRITORY_TEXT_SIZE];

        if (!text_is_digits(text, 4))
                return false;
        memcpy(whole + 1, text, 5);
        territory_of_commune(whole, territory);
        if (territory[0] == '\0')
                return false;
        memcpy(ret_code, whole, sizeof(whole));
        return true;
}

bool territory_valid(const char *territory)
{
        if (strcmp(territory, "2A") == 0 || strcmp(territory, "2B") == 0)
                return true;
        if (text_is_digits(territory, 2)) {
                int number = (territory[0] - '0') * 10 + territory[1] - '0';
                return number >= 1 && number <= 95 && number != 20;
        }
        if (text_is_digits(territory, 3)) {
                int number = (territory[0] - '0') * 100 + (territory[1] - '0') * 10 + territory[2] - '0';
                return (number >= 971 && number <= 978) || (number >= 984 && number <= 989);
        }
        return false;
}

/* U+00C0..U+00FF without their accents; '-' is dropped. */
static const char latin_1_bases[] = "aaaaaaaceeeeiiiidnooooo-ouuuuypsaaaaaaaceeeeiiiidnooooo-ouuuuypy";

/* What the two bytes of a sequence become: one letter, or "oe", or nothing. */
static const char *base_of(unsigned char lead, unsigned char second, char buffer[2])
{
        if (lead == 0xc5 && (second == 0x92 || second == 0x93))
                return "oe";
        if (lead != 0xc3 || second < 0x80 || second > 0xbf || latin_1_bases[second - 0x80] == '-')
                return "";
        buffer[0] = latin_1_bases[second - 0x80];
        buffer[1] = '\0';
        return buffer;
}

void text_fold(const char *text, char *ret_folded, size_t size)
{
        size_t used = 0;

        for (const unsigned char *at = (const unsigned char *)text; *at != '\0' && used < size - 2; at++) {
                unsigned char c = *at;
                if (c >= 0x80) {
                        char buffer[2];
                        for (const char *base = base_of(c, at[1], buffer); *base != '\0'; base++)
                                ret_folded[used++] = *base;
                } else if (c >= 'A' && c <= 'Z') {
                        ret_folded[used++] = (char)(c | 0x20);
                } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                        ret_folded[used++] = (char)c;
                }
        }
        ret_folded[used] = '\0';
}
