#include "common/import/labels.h"

#include <string.h>

#include "common/base/attr.h"
#include "common/base/text.h"

void label_fold(const char *text, char ret_folded[LABEL_FOLDED_MAX])
{
        text_fold(text, ret_folded, LABEL_FOLDED_MAX);
}

/* ---- letters that were lost */

enum { LOST = '?', LOST_MAX = 6, KEPT_FOR_EACH_LOST = 3, FOLD_SIZE_MIN = 3 };

/* The bytes of the mark of a lost letter; 0: there is none here. */
static size_t lost_mark(const char *at)
{
        if (*at == '?')
                return 1;
        if (strncmp(at, "\xef\xbf\xbd", 3) == 0)
                return 3;
        bool is_lead = strncmp(at, "\xc3\x83", 2) == 0 || strncmp(at, "\xc3\x82", 2) == 0; /* Ã, Â */
        size_t next = is_lead ? utf8_sequence(at + 2, strlen(at + 2)) : 0;
        return next > 1 ? 2 + next : 0;
}

/* Folded with a LOST for each letter that was lost. 0: none was, or too many to tell what is meant. */
static size_t fold_lossy(const char *text, char ret_folded[LABEL_FOLDED_MAX])
{
        char clean[LABEL_FOLDED_MAX], *copy = ret_folded;
        size_t lost = 0, used = 0, size;

        while (*text != '\0' && used + FOLD_SIZE_MIN < LABEL_FOLDED_MAX) {
                size_t mark = lost_mark(text), length = 0;
                if (mark > 0) {
                        copy[used++] = LOST;
                        lost++;
                        text += mark;
                        continue;
                }
                while (text[length] != '\0' && lost_mark(text + length) == 0 && length + 1 < sizeof(clean))
                        length++;
                memcpy(clean, text, length);
                clean[length] = '\0';
                text_fold(clean, copy + used, LABEL_FOLDED_MAX - used);
                used += strlen(copy + used);
                text += length;
        }
        copy[used] = '\0';
        size = used - lost;
        return lost <= LOST_MAX && size >= lost * KEPT_FOR_EACH_LOST ? lost : 0;
}

/* A lost letter stands for one, or for none: it was half of another. */
static bool fits(const char *pattern, const char *label)
{
        for (; *pattern != '\0' && *pattern != LOST; pattern++, label++)
                if (*pattern != *label)
                        return false;
        if (*pattern == '\0')
                return *label == '\0';
        return fits(pattern + 1, label) || (*label != '\0' && fits(pattern + 1, label + 1));
}

static bool find_lossy(const struct label *labels, size_t count, const char *text, int *ret)
{
        char folded[LABEL_FOLDED_MAX];
        const struct label *found = NULL;

        if (fold_lossy(text, folded) == 0)
                return false;
        for (size_t i = 0; i < count; i++) {
                if (!fits(folded, labels[i].folded))
                        continue;
                if (found != NULL && found->value != labels[i].value)
                        return false;
                found = &labels[i];
        }
        if (found != NULL)
                *ret = found->value;
        return found != NULL;
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
        return find_lossy(labels, count, text, ret);
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
