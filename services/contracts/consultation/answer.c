#include "services/contracts/consultation/answer.h"

#include <string.h>

#include "common/base/require.h"
#include "common/base/siret.h"
#include "common/base/text.h"
#include "common/codec/types.h"

/* ---- names and numbers */

static bool has_digits(const char *text, const char *digits, size_t count)
{
        for (const char *from = text; *from != '\0'; from++) {
                const char *at = from;
                size_t found = 0;
                while (found < count && *at != '\0') {
                        if (*at == digits[found])
                                found++;
                        else if (*at >= '0' && *at <= '9')
                                break;
                        else if (found == 0 || (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z'))
                                break;
                        at++;
                }
                if (found == count)
                        return true;
        }
        return false;
}

bool answer_names(const char *text, const char *name, const char *siret)
{
        char folded_text[FOLDED_SIZE], folded_name[FOLDED_SIZE];

        if (text_is_digits(siret, SIRET_DIGITS) && has_digits(text, siret, SIREN_DIGITS))
                return true;
        name_fold(name, folded_name);
        if (strcmp(folded_name, " ") == 0)
                return false;
        words_fold(text, folded_text);
        return strstr(folded_text, folded_name) != NULL;
}

/* ---- what else tells who asked */

enum { DISTINCTIVE_LETTERS = 4 };

static bool has_phrase(const char *folded, char *const *phrases, size_t count)
{
        char phrase[FOLDED_SIZE];
        for (size_t i = 0; i < count; i++) {
                words_fold(phrases[i], phrase);
                if (strstr(folded, phrase) != NULL)
                        return true;
        }
        return false;
}

/* Long enough, and not a trade's or everybody's. */
static bool is_distinctive(const char *word, const Contracts__IdentifyingWords *words)
{
        return strlen(word) - 2 >= DISTINCTIVE_LETTERS && !has_phrase(word, words->common, words->n_common);
}

/* Whether the text has a word of this name that other names have not: not a trade's, nor one of the contract's own. */
static bool has_word_of(const struct read_text *read, const char *name)
{
        char rest[FOLDED_SIZE], word[FOLDED_SIZE];
        name_fold(name, rest);
        for (const char *at = rest; word_next(&at, word);)
                if (is_distinctive(word, read->guard->words) && strstr(read->folded, word) != NULL &&
                    strstr(read->of_contract, word) == NULL)
                        return true;
        return false;
}

static bool has_mail(const char *text, const char *folded)
{
        for (const char *at = strchr(text, '@'); at != NULL; at = strchr(at + 1, '@'))
                if (at > text && is_letter_or_digit(at[-1]) && is_letter_or_digit(at[1]))
                        return true;
        return strstr(folded, " arobase ") != NULL;
}

/* Four pairs of digits behind the first, all parted alike: "05 61 00 00 00", not "05/11/2026 12 h". */
static bool are_pairs(const char *at)
{
        size_t gap = strcspn(at, "0123456789");
        if (gap > 3) /* a narrow blank is three bytes */
                return false;
        for (int pair = 0; pair < 4; pair++, at += gap + 2)
                if (strcspn(at, "0123456789") != gap || !is_digit(at[gap]) || !is_digit(at[gap + 1]))
                        return false;
        return !is_digit(*at);
}

static bool has_phone(const char *text)
{
        for (const char *at = text; *at != '\0'; at++) {
                if (strncmp(at, "+33", 3) == 0)
                        return true;
                bool begins = *at == '0' && (at == text || !is_digit(at[-1])) && at[1] >= '1' && at[1] <= '9';
                if (begins && are_pairs(at + 2))
                        return true;
        }
        return false;
}

/* A title and a name behind it: "Mme Martin"; not "Madame, Monsieur", nor "M. le maire". */
static bool has_person(const char *text, const Contracts__IdentifyingWords *words)
{
        char word[FOLDED_SIZE], raw[BOUND_CHARACTERS + 1];
        bool is_titled = false;
        for (const char *at = text + strspn(text, " \n\t"); *at != '\0'; at += strspn(at, " \n\t")) {
                size_t size = strcspn(at, " \n\t");
                size_t kept = size < sizeof(raw) ? size : 0;
                (void)memcpy(raw, at, kept);
                raw[kept] = '\0';
                words_fold(raw, word);
                bool is_title = has_phrase(word, words->titles, words->n_titles) && is_capital(at) &&
                                strchr(word + 1, ' ') == word + strlen(word) - 1;
                if (is_titled && is_capital(at) && !is_title)
                        return true;
                is_titled = is_title && at[size - 1] != ',' && at[size - 1] != ';';
                at += size;
        }
        return false;
}

/* ---- what may be asked and answered */

bool question_check(const Contracts__RecordQuestion *command, const Contracts__ConsultationRow *row,
                    struct refusal *ret_refusal)
{
        if (command->received_on->days < row->published_on->days ||
            command->received_on->days > row->offers_due_on->days)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "received_on",
                              "Le jour de réception doit tomber entre la publication et la remise des offres : "
                              "corrigez-le.");
        if (row->questions >= QUESTIONS_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                              "Une consultation tient %d questions au plus : regroupez celles qui se ressemblent.",
                              QUESTIONS_MAX);
        return true;
}

void answer_read(const char *text, const struct answer_guard *guard, struct read_text *ret)
{
        ret->text = text;
        ret->guard = guard;
        words_fold(text, ret->folded);
        words_fold(guard->of_contract, ret->of_contract);
}

bool name_is_told(const struct read_text *read, const char *folded_name)
{
        char word[FOLDED_SIZE];
        const char *at = folded_name;
        bool is_distinct = false;
        if (strstr(read->folded, folded_name) == NULL || strstr(read->of_contract, folded_name) != NULL)
                return false;
        while (word_next(&at, word))
                is_distinct = is_distinct || is_distinctive(word, read->guard->words);
        bool is_one_word = strchr(folded_name + 1, ' ') == folded_name + strlen(folded_name) - 1;
        return is_distinct && (!is_one_word || word_is_capital_in(read->text, folded_name));
}

static const char whose_name[] = "une entreprise qui a posé une question (nom ou SIREN)";

static const char *identified(const char *text, Contracts__SealedQuestion *const *asked, size_t count,
                              const struct answer_guard *guard)
{
        struct read_text read;
        answer_read(text, guard, &read);
        for (size_t i = 0; i < count; i++) {
                if (answer_names(text, asked[i]->asker_name, asked[i]->asker_siret))
                        return whose_name;
                if (has_word_of(&read, asked[i]->asker_name))
                        return "une entreprise qui a posé une question, par un mot de son nom";
        }
        if (has_phrase(read.folded, guard->words->phrases, guard->words->n_phrases))
                return "celui qui demande par sa situation (titulaire sortant, par exemple)";
        if (has_mail(text, read.folded))
                return "quelqu'un par une adresse électronique";
        if (has_phone(text))
                return "quelqu'un par un numéro de téléphone";
        return has_person(text, guard->words) ? "une personne par son nom" : NULL;
}

bool answer_refuse(struct refusal *ret_refusal, const char *field, const char *who)
{
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                      "Ce texte désigne %s : reformulez-le en termes généraux, tous le liront.", who);
}

bool answer_check(const Contracts__DraftAnswer *command, Contracts__SealedQuestion *const *asked, size_t count,
                  const struct answer_guard *guard, struct refusal *ret_refusal)
{
        const char *const texts[] = {command->wording, command->answer}, *const fields[] = {"wording", "answer"};
        for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
                const char *who = identified(texts[i], asked, count, guard);
                if (who != NULL)
                        return answer_refuse(ret_refusal, fields[i], who);
        }
        return true;
}

/* ---- from the question to all */

#define FROM(NAME) (1u << CONTRACTS__QUESTION_STATE__##NAME)

bool question_may_become(Contracts__QuestionState from, Contracts__QuestionState to, struct refusal *ret_refusal)
{
        static const struct {
                Contracts__QuestionState to;
                uint32_t from;
                const char *otherwise;
        } ways[] = {
                {CONTRACTS__QUESTION_STATE__ANSWER_DRAFTED,
                 FROM(QUESTION_ASKED) | FROM(ANSWER_DRAFTED) | FROM(ANSWER_WITH_BUYER),
                 "Cette question a déjà sa réponse publiée, ou elle est écartée : la réponse ne change plus."},
                {CONTRACTS__QUESTION_STATE__ANSWER_WITH_BUYER, FROM(ANSWER_DRAFTED),
                 "Il n'y a pas de réponse à transmettre : rédigez-la d'abord (DraftAnswer)."},
                {CONTRACTS__QUESTION_STATE__ANSWER_PUBLISHED, FROM(ANSWER_WITH_BUYER),
                 "Seule se publie une réponse transmise à l'acheteur : transmettez-la d'abord (SendAnswer)."},
                {CONTRACTS__QUESTION_STATE__QUESTION_SET_ASIDE,
                 FROM(QUESTION_ASKED) | FROM(ANSWER_DRAFTED) | FROM(ANSWER_WITH_BUYER),
                 "Cette question a déjà sa réponse publiée, ou elle est écartée."},
        };
        size_t i = 0;
        while (i < ARRAY_SIZE(ways) && ways[i].to != to)
                i++;
        require(i < ARRAY_SIZE(ways));
        if ((ways[i].from & (1u << from)) != 0)
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "question_id", "%s", ways[i].otherwise);
}
