#include "common/base/letters.h"

#include <string.h>
#include <utf8proc.h>

#include "common/base/attr.h"

enum { CODE_POINTS_MAX = 1024 };

/* Letters that Unicode does not take apart, as they are after case folding. */
static const struct letter {
        utf8proc_int32_t letter;
        const char *spelled;
} letters[] = {
        {0x00e6, "ae"}, {0x00f0, "d"}, {0x00f8, "o"},  {0x00fe, "th"}, {0x0111, "d"}, {0x0127, "h"}, {0x0131, "i"},
        {0x0142, "l"},  {0x014b, "n"}, {0x0153, "oe"}, {0x0167, "t"},  {0x0180, "b"}, {0x0197, "i"}, {0x0199, "k"},
        {0x0253, "b"},  {0x0257, "d"}, {0x0259, "e"},  {0x0260, "g"},  {0x0272, "n"}, {0x01b4, "y"}, {0x0268, "i"},
};

static const char *spelling_of(utf8proc_int32_t letter)
{
        for (size_t i = 0; i < ARRAY_SIZE(letters); i++)
                if (letters[i].letter == letter)
                        return letters[i].spelled;
        return NULL;
}

static bool is_compared(utf8proc_int32_t c)
{
        switch (utf8proc_category(c)) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_ND: return true;
        default: /* a letter that modifies (LM) is how an apostrophe is written, too */ return false;
        }
}

void letters_fold(const char *text, char *ret_folded, size_t size)
{
        utf8proc_int32_t points[CODE_POINTS_MAX];
        const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                          UTF8PROC_STRIPMARK | UTF8PROC_IGNORE;
        utf8proc_ssize_t count = utf8proc_decompose((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)strlen(text),
                                                    points, CODE_POINTS_MAX, options);
        size_t used = 0;
        bool is_apart = false;

        for (utf8proc_ssize_t i = 0; i < count && i < CODE_POINTS_MAX; i++) {
                utf8proc_uint8_t bytes[4];
                const char *spelled = spelling_of(points[i]);
                size_t length = spelled != NULL ? strlen(spelled) : 0;
                if (!is_compared(points[i])) {
                        is_apart = used > 0;
                        continue;
                }
                if (spelled == NULL)
                        length = (size_t)utf8proc_encode_char(points[i], bytes);
                if (used + is_apart + length >= size)
                        break;
                if (is_apart)
                        ret_folded[used++] = ' ';
                memcpy(ret_folded + used, spelled != NULL ? (const void *)spelled : bytes, length);
                used += length;
                is_apart = false;
        }
        ret_folded[used] = '\0';
}
