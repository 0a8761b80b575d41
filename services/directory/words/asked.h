/* asked.h: what somebody types who looks for a name: some words of it, each at least by its beginning, in any order,
 * without accents, case and marks; "st" is "saint". Pure; any text may be given. */
#ifndef SERVICES_DIRECTORY_WORDS_ASKED_H
#define SERVICES_DIRECTORY_WORDS_ASKED_H

#include <stdbool.h>
#include <stddef.h>

enum {
        FOLDED_SIZE = 512, /* of what is compared; what is longer is cut */
        WORD_SIZE = 64,
        ASKED_WORDS_MAX = 8,
        MENDED_LETTERS = 4, /* a word this long may have a wrong letter, but for its first */
};

/* Words with one blank between. */
void asked_fold(const char *text, char ret_folded[FOLDED_SIZE]);

struct asked {
        char whole[FOLDED_SIZE];
        char words[ASKED_WORDS_MAX][WORD_SIZE];
        size_t count;
};
void asked_read(const char *text, struct asked *ret);

/* A word of the name begins so; all words of what is asked begin some. */
bool asked_begins(const char *folded, const char *word);
bool asked_fits(const struct asked *asked, const char *folded);
/* How well: 0 it is the name, 1 the name begins so, 2 else. */
unsigned asked_rank(const struct asked *asked, const char *folded);
/* Whether `word`, of that many bytes, may have been meant by what was written. */
bool asked_meant(const char *written, const char *word, size_t size);

#endif
