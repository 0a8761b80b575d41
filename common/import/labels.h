/* labels.h: the words of the published formats, compared without regard to accents, case, blanks and punctuation:
 * "Code departement" and "CODE DÉPARTEMENT" are what "Code département" is. Called by the readers of this room. */
#ifndef COMMON_IMPORT_LABELS_H
#define COMMON_IMPORT_LABELS_H

#include <stdbool.h>
#include <stddef.h>

enum { LABEL_FOLDED_MAX = 80 };

/* Keeps ASCII letters (lowercased, accents taken off) and digits. Longer texts are cut: no label is as long. */
void label_fold(const char *text, char ret_folded[LABEL_FOLDED_MAX]);

struct label {
        const char *folded;
        int value;
};

/* False where no label of the table is that text; *ret untouched. A letter that was lost on the way (U+FFFD, "?", or
 * the pair that UTF-8 read as Latin-1 leaves: "Ã¨") may be any: it is found where one label alone fits. */
bool label_find(const struct label *labels, size_t count, const char *text, int *ret);

/* What publishers write for "nothing here": "", "NC", "CDL", "nan"… */
bool label_is_placeholder(const char *text);

#endif
