#include "common/import/labels.h"

#include <string.h>

#include "common/base/attr.h"
#include "common/base/text.h"

void label_fold(const char *text, char ret_folded[LABEL_FOLDED_MAX])
{
        text_fold(text, ret_folded, LABEL_FOLDED_MAX);
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
