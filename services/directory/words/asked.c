#include "services/directory/words/asked.h"

#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/letters.h"
#include "common/base/nearest.h"

/* What is written short is the same word. */
static const char *whole_word(const char *word)
{
        static const char *const shorts[][2] = {{"st", "saint"}, {"ste", "sainte"}};
        for (size_t i = 0; i < ARRAY_SIZE(shorts); i++)
                if (strcmp(word, shorts[i][0]) == 0)
                        return shorts[i][1];
        return word;
}

void asked_fold(const char *text, char ret_folded[FOLDED_SIZE])
{
        char folded[FOLDED_SIZE], *left = folded, *word;
        size_t size = 0;
        letters_fold(text, folded, sizeof(folded));
        ret_folded[0] = '\0';
        while ((word = strsep(&left, " ")) != NULL && size < FOLDED_SIZE - 1)
                size += (size_t)snprintf(ret_folded + size, FOLDED_SIZE - size, "%s%s", size == 0 ? "" : " ",
                                         whole_word(word));
}

void asked_read(const char *text, struct asked *ret)
{
        char folded[FOLDED_SIZE], *left = folded, *word;
        asked_fold(text, ret->whole);
        (void)snprintf(folded, sizeof(folded), "%s", ret->whole);
        ret->count = 0;
        while ((word = strsep(&left, " ")) != NULL && ret->count < ASKED_WORDS_MAX)
                if (*word != '\0')
                        (void)snprintf(ret->words[ret->count++], WORD_SIZE, "%s", word);
}

bool asked_begins(const char *folded, const char *word)
{
        size_t size = strlen(word);
        for (const char *at = folded; at != NULL; at = strchr(at, ' ')) {
                at += *at == ' ' ? 1 : 0;
                if (strncmp(at, word, size) == 0)
                        return true;
        }
        return false;
}

bool asked_fits(const struct asked *asked, const char *folded)
{
        for (size_t i = 0; i < asked->count; i++)
                if (!asked_begins(folded, asked->words[i]))
                        return false;
        return true;
}

unsigned asked_rank(const struct asked *asked, const char *folded)
{
        size_t size = strlen(asked->whole);
        if (strncmp(folded, asked->whole, size) != 0)
                return 2;
        return folded[size] == '\0' ? 0 : 1;
}

bool asked_meant(const char *written, const char *word, size_t size)
{
        char one[WORD_SIZE];
        size_t length = strlen(written);
        if (length < MENDED_LETTERS || size + 1 < length || size > length + 1 || word[0] != written[0])
                return false;
        (void)snprintf(one, sizeof(one), "%.*s", (int)size, word);
        return letters_apart(one, written) <= 1;
}
