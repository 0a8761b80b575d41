#include "services/tracking/rules/safe_text.h"

#include <ctype.h>
#include <string.h>

#include "common/base/text.h"
#include "services/tracking/rules/wording.h"

enum { WORD_SIZE = 40, WORDS_MAX = 640 }; /* a text of 500 characters has at most half as many */

struct words {
        char list[WORDS_MAX][WORD_SIZE];
        int count;
};

static bool is_letter(const char *at, size_t size)
{
        if (size == 1)
                return isalnum((unsigned char)*at) != 0;
        return (unsigned char)*at < 0xE2; /* beyond are quotes, dashes and signs, and no letter of French */
}

/* A word without its accents, cut to what is compared. */
static void add_word(struct words *words, const char *from, size_t size)
{
        char word[WORD_SIZE];
        if (size == 0 || words->count == WORDS_MAX)
                return;
        if (size >= sizeof(word))
                size = sizeof(word) - 1;
        memcpy(word, from, size);
        word[size] = '\0';
        text_fold(word, words->list[words->count++], WORD_SIZE);
}

static void split(const char *text, struct words *ret)
{
        const char *begin = text;
        ret->count = 0;
        for (size_t left = strlen(text); left > 0;) {
                size_t size = utf8_sequence(text, left);
                size = size == 0 ? 1 : size;
                if (!is_letter(text, size)) {
                        add_word(ret, begin, (size_t)(text - begin));
                        begin = text + size;
                }
                text += size;
                left -= size;
        }
        add_word(ret, begin, (size_t)(text - begin));
}

/* "hopita*" is all that begins so. */
static bool word_is(const char *word, const char *wanted, size_t size)
{
        if (size > 0 && wanted[size - 1] == '*')
                return strncmp(word, wanted, size - 1) == 0;
        return strncmp(word, wanted, size) == 0 && word[size] == '\0';
}

/* One word behind the other, from that place on: "casier judiciaire". */
static bool is_at(const struct words *words, int place, const char *wanted)
{
        for (; *wanted != '\0'; place++) {
                size_t size = strcspn(wanted, " ");
                if (place == words->count || !word_is(words->list[place], wanted, size))
                        return false;
                wanted += size + strspn(wanted + size, " ");
        }
        return true;
}

static const Tracking__SafeWords *subject_at(const Tracking__FollowUpVersion *rules, const struct words *words,
                                             int place, bool refused)
{
        for (size_t i = 0; i < rules->n_safe_words; i++) {
                const Tracking__SafeWords *subject = rules->safe_words[i];
                for (size_t n = 0; (subject->refused != 0) == refused && n < subject->n_words; n++)
                        if (is_at(words, place, subject->words[n]))
                                return subject;
        }
        return NULL;
}

bool safe_text_find(const Tracking__FollowUpVersion *rules, const char *text, bool refused, struct unsafe_word *ret)
{
        struct words words;
        split(text, &words);
        for (int place = 0; place < words.count; place++) {
                const Tracking__SafeWords *subject = subject_at(rules, &words, place, refused);
                if (subject == NULL)
                        continue;
                *ret = (struct unsafe_word){subject, place + 1};
                return true;
        }
        return false;
}

bool safe_text_may_be_kept(const Tracking__FollowUpVersion *rules, const char *field, const char *text,
                           struct refusal *ret)
{
        struct unsafe_word found;
        if (text_holds_nir(text))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                              "Retirez le numéro de sécurité sociale du texte : il ne doit pas être conservé.");
        if (!safe_text_find(rules, text, true, &found))
                return true;
        return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                      "Ce texte semble parler %s (mot n° %d), ce qu'un suivi d'emploi n'a pas à garder : %s.",
                      found.words->subject, found.place, found.words->remedy);
}

char *safe_text_warning(const Tracking__FollowUpVersion *rules, const char *text, struct arena *arena)
{
        struct unsafe_word found;
        if (!safe_text_find(rules, text, false, &found))
                return arena_text(arena, "");
        return arena_printf(arena, "Enregistré. Ce texte semble parler %s (mot n° %d) : %s. La personne peut le lire.",
                            found.words->subject, found.place, found.words->remedy);
}
