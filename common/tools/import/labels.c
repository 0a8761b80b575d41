#include "common/tools/import/labels.h"

#include <string.h>

#include "common/base/attr.h"

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

void label_fold(const char *text, char ret_folded[LABEL_FOLDED_MAX])
{
        size_t size = 0;

        for (const unsigned char *at = (const unsigned char *)text; *at != '\0' && size < LABEL_FOLDED_MAX - 2; at++) {
                unsigned char c = *at;
                if (c >= 0x80) {
                        char buffer[2];
                        for (const char *base = base_of(c, at[1], buffer); *base != '\0'; base++)
                                ret_folded[size++] = *base;
                } else if (c >= 'A' && c <= 'Z') {
                        ret_folded[size++] = (char)(c | 0x20);
                } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                        ret_folded[size++] = (char)c;
                }
        }
        ret_folded[size] = '\0';
}

bool label_find(const struct label *labels, size_t count, const char *text, int *ret)
{
        char folded[LABEL_FOLDED_MAX];

        label_fold(text, folded);
        for (size_t i = 0; i < count; i++)
                if (strcmp(labels[i].folded, folded) == 0) {
                        *ret = labels[i].value;
                        return true;
                }
        return false;
}

bool label_is_placeholder(const char *text)
{
        static const char *const placeholders[] = {"", "nc", "mqnc", "cdl", "nan", "null", "none", "na", "so"};
        char folded[LABEL_FOLDED_MAX];

        if (strlen(text) > 8) /* the longest, with room for punctuation */
                return false;
        for (const char *c = text; *c != '\0'; c++)
                if ((unsigned char)*c >= 0x80) /* folding may leave nothing of what is not ASCII */
                        return false;
        label_fold(text, folded);
        for (size_t i = 0; i < ARRAY_SIZE(placeholders); i++)
                if (strcmp(placeholders[i], folded) == 0)
                        return true;
        return false;
}
