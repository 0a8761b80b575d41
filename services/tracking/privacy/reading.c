#include "services/tracking/privacy/reading.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "common/base/text.h"

#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD
enum { WORD_SIZE = 64, WORDS_COMPARED = 16, LETTERS_OF_A_WORD = 3, NAME_MIN = 3 };

const char *reading_label(const Tracking__ReadingVersion *rules, const char *code)
{
        for (size_t i = 0; i < rules->n_reasons; i++)
                if (strcmp(rules->reasons[i]->code, code) == 0)
                        return rules->reasons[i]->label;
        return "";
}

static bool is_letter(char c)
{
        return (unsigned char)c >= 0x80 || isalpha((unsigned char)c);
}

/* The next run of letters, folded; false: there is none. Whatever is not ASCII is taken for a letter. */
static bool next_word(const char **at, char ret_word[WORD_SIZE])
{
        char raw[WORD_SIZE];
        size_t size = 0;
        const char *from = *at;
        while (*from != '\0' && !is_letter(*from))
                from++;
        while (is_letter(from[size]))
                size++;
        *at = from + size;
        (void)snprintf(raw, sizeof(raw), "%.*s", (int)(size < sizeof(raw) ? size : sizeof(raw) - 1), from);
        text_fold(raw, ret_word, WORD_SIZE);
        return size > 0;
}

/* Long enough, with a vowel, and not one or two letters again and again. */
static bool reads_as_a_word(const char *word, uint32_t letters_min)
{
        bool seen[26] = {false};
        size_t different = 0;
        for (const char *c = word; *c != '\0'; c++) {
                if (*c < 'a' || *c > 'z' || seen[*c - 'a'])
                        continue;
                seen[*c - 'a'] = true;
                different++;
        }
        return strlen(word) >= letters_min && different >= LETTERS_OF_A_WORD && strpbrk(word, "aeiouy") != NULL;
}

static bool says_something(const Tracking__ReadingVersion *rules, const char *text)
{
        char words[WORDS_COMPARED][WORD_SIZE], word[WORD_SIZE];
        size_t count = 0, letters = 0;
        for (const char *at = text; next_word(&at, word);) {
                letters += strlen(word);
                bool is_new = count < WORDS_COMPARED && reads_as_a_word(word, rules->word_letters_min);
                for (size_t i = 0; i < count && is_new; i++)
                        is_new = strcmp(words[i], word) != 0;
                if (is_new)
                        memcpy(words[count++], word, WORD_SIZE);
        }
        return count >= rules->words_min && letters >= rules->letters_min;
}

/* A part of a compound name names her too. */
static bool names(const char *text, const char *name)
{
        char part[WORD_SIZE], word[WORD_SIZE];
        for (const char *at = name; next_word(&at, part);)
                for (const char *in = text; strlen(part) >= NAME_MIN && next_word(&in, word);)
                        if (strcmp(word, part) == 0)
                                return true;
        return false;
}

bool reading_may_open(const Tracking__ReadingVersion *rules, const Tracking__OpenBeneficiaryFile *command,
                      const Tracking__Identity *identity, struct refusal *ret)
{
        if (!says_something(rules, command->reason))
                return refuse(ret, INVALID, "reason",
                              "Dites en quelques mots ce que vous allez faire de ce dossier, par exemple « préparer "
                              "l'entretien d'embauche du 12 » : le motif est conservé, et lu par qui contrôle.");
        if (names(command->reason, identity->family_name) || names(command->reason, identity->given_name))
                return refuse(ret, INVALID, "reason",
                              "Ne nommez pas la personne dans le motif : qui contrôle le lit, et le dossier dit déjà "
                              "de qui il s'agit.");
        return true;
}
