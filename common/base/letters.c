#include "common/base/letters.h"

#include <string.h>
#include <utf8proc.h>

#include "common/base/attr.h"
#include "common/base/text.h"

enum { PARTS_MAX = 32 }; /* of one character: Unicode has none of more than 18 */

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

struct folding {
        char *text;
        size_t used, size;
        bool is_apart; /* a blank comes before the next letter */
};

/* False: it is full. */
static bool put_point(struct folding *folding, utf8proc_int32_t point)
{
        utf8proc_uint8_t bytes[4];
        const char *spelled = spelling_of(point);
        if (!is_compared(point)) {
                folding->is_apart = folding->used > 0;
                return true;
        }
        size_t length = spelled != NULL ? strlen(spelled) : (size_t)utf8proc_encode_char(point, bytes);
        if (folding->used + folding->is_apart + length >= folding->size)
                return false;
        if (folding->is_apart)
                folding->text[folding->used++] = ' ';
        memcpy(folding->text + folding->used, spelled != NULL ? (const void *)spelled : bytes, length);
        folding->used += length;
        folding->is_apart = false;
        return true;
}

/* Character by character: marks are taken off, so that their order among themselves is nothing. */
void letters_fold(const char *text, char *ret_folded, size_t size)
{
        const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                          UTF8PROC_STRIPMARK | UTF8PROC_IGNORE;
        struct folding folding = {ret_folded, 0, size, false};
        const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
        bool fits = true;

        if (!utf8_valid(text, strlen(text)))
                fits = false;
        while (fits && *at != '\0') {
                utf8proc_int32_t point, points[PARTS_MAX];
                int boundary = 0;
                at += utf8proc_iterate(at, -1, &point);
                utf8proc_ssize_t count = utf8proc_decompose_char(point, points, PARTS_MAX, options, &boundary);
                for (utf8proc_ssize_t i = 0; fits && i < count && i < PARTS_MAX; i++)
                        fits = put_point(&folding, points[i]);
        }
        ret_folded[folding.used] = '\0';
}
