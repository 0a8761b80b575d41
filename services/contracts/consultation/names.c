#include "services/contracts/consultation/names.h"

#include <string.h>

#include "common/base/attr.h"
#include "common/base/letters.h"

void words_fold(const char *text, char ret_folded[FOLDED_SIZE])
{
        ret_folded[0] = ' ';
        letters_fold(text, ret_folded + 1, FOLDED_SIZE - 2);
        size_t size = strlen(ret_folded);
        ret_folded[size] = size == 1 ? '\0' : ' ';
        ret_folded[size + 1] = '\0';
}

void name_fold(const char *name, char ret_folded[FOLDED_SIZE])
{
        static const char *const forms[] = {" sa ",   " sas ",  " sasu ", " sarl ", " eurl ",    " snc ",
                                            " scop ", " scic ", " sci ",  " ste ",  " societe ", " association "};
        char rest[FOLDED_SIZE];
        words_fold(name, ret_folded);
        (void)memcpy(rest, ret_folded, strlen(ret_folded) + 1);
        for (size_t i = 0; i < ARRAY_SIZE(forms); i++)
                for (char *at; (at = strstr(rest, forms[i])) != NULL;) {
                        size_t cut = strlen(forms[i]) - 1;
                        memmove(at, at + cut, strlen(at + cut) + 1);
                }
        if (strcmp(rest, " ") != 0)
                (void)memcpy(ret_folded, rest, strlen(rest) + 1);
}

bool word_next(const char **at, char ret_word[FOLDED_SIZE])
{
        if ((*at)[0] == '\0' || (*at)[1] == '\0')
                return false;
        size_t size = strcspn(*at + 1, " ");
        (void)memcpy(ret_word, *at, size + 2);
        ret_word[size + 2] = '\0';
        *at += size + 1;
        return true;
}

bool is_capital(const char *at)
{
        return (*at >= 'A' && *at <= 'Z') ||
               ((unsigned char)at[0] == 0xC3 && (unsigned char)at[1] >= 0x80 && (unsigned char)at[1] <= 0x9E);
}

bool is_letter_or_digit(char c)
{
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool word_is_capital_in(const char *text, const char *word)
{
        char raw[BOUND_CHARACTERS + 1], folded[FOLDED_SIZE];
        for (const char *at = text; *at != '\0'; at++) {
                if (!is_capital(at) || (at != text && is_letter_or_digit(at[-1])))
                        continue;
                size_t size = strcspn(at, " \n\t'(\"-/");
                size = size < sizeof(raw) ? size : 0;
                (void)memcpy(raw, at, size);
                raw[size] = '\0';
                words_fold(raw, folded);
                if (strstr(folded, word) != NULL)
                        return true;
        }
        return false;
}
