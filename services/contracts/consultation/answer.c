#include "services/contracts/consultation/answer.h"

#include <string.h>

#include "common/base/require.h"
#include "common/base/siret.h"
#include "common/base/text.h"
#include "common/codec/field_rules.h"
#include "common/codec/types.h"

enum { FOLDED_SIZE = 2 * BOUND_CHARACTERS + 3 /* one letter may become two */ };

/* ---- text in which two ways of writing a name are the same */

/* Latin letters with accents, as UTF-8, and what they become: the letters that French names are written with. */
static const struct {
        const char *letters, *plain;
} accents[] = {
        {"àâäáãåÀÂÄÁÃÅ", "a"}, {"éèêëÉÈÊË", "e"}, {"îïíìÎÏÍÌ", "i"}, {"ôöóòõÔÖÓÒÕ", "o"}, {"ùûüúÙÛÜÚ", "u"},
        {"çÇ", "c"},           {"ñÑ", "n"},       {"ÿŸ", "y"},       {"œŒ", "oe"},        {"æÆ", "ae"},
};

static const char *plain_of(const char *at, size_t size)
{
        for (size_t i = 0; i < ARRAY_SIZE(accents); i++)
                for (const char *c = accents[i].letters; *c != '\0'; c += utf8_sequence(c, strlen(c)))
                        if (utf8_sequence(c, strlen(c)) == size && memcmp(c, at, size) == 0)
                                return accents[i].plain;
        return " ";
}

static void put_letter(char *folded, size_t *size, char c)
{
        if (*size + 2 >= FOLDED_SIZE || (c == ' ' && *size > 0 && folded[*size - 1] == ' '))
                return;
        folded[(*size)++] = c;
}

/* " durand fils ": small letters and digits, one blank around each word. */
static void fold(const char *text, char ret_folded[FOLDED_SIZE])
{
        size_t size = 0;
        put_letter(ret_folded, &size, ' ');
        for (const char *at = text; *at != '\0';) {
                size_t length = utf8_sequence(at, strlen(at));
                require(length > 0); /* messages are validated */
                if (length == 1) {
                        char c = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
                        put_letter(ret_folded, &size, (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : ' ');
                } else
                        for (const char *c = plain_of(at, length); *c != '\0'; c++)
                                put_letter(ret_folded, &size, *c);
                at += length;
        }
        put_letter(ret_folded, &size, ' ');
        ret_folded[size] = '\0';
}

/* Takes the legal forms out of a folded name; a name that is nothing else stays as it is. */
static void drop_legal_forms(char folded[FOLDED_SIZE])
{
        static const char *const forms[] = {" sa ",   " sas ",  " sasu ", " sarl ", " eurl ",    " snc ",
                                            " scop ", " scic ", " sci ",  " ste ",  " societe ", " association "};
        char rest[FOLDED_SIZE];
        (void)memcpy(rest, folded, strlen(folded) + 1);
        for (size_t i = 0; i < ARRAY_SIZE(forms); i++)
                for (char *at; (at = strstr(rest, forms[i])) != NULL;) {
                        size_t cut = strlen(forms[i]) - 1;
                        memmove(at, at + cut, strlen(at + cut) + 1);
                }
        if (strcmp(rest, " ") != 0)
                (void)memcpy(folded, rest, strlen(rest) + 1);
}

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
        fold(name, folded_name);
        drop_legal_forms(folded_name);
        if (strcmp(folded_name, " ") == 0)
                return false;
        fold(text, folded_text);
        return strstr(folded_text, folded_name) != NULL;
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

bool answer_check(const Contracts__DraftAnswer *command, Contracts__SealedQuestion *const *asked, size_t count,
                  struct refusal *ret_refusal)
{
        for (size_t i = 0; i < count; i++) {
                const char *field =
                        answer_names(command->wording, asked[i]->asker_name, asked[i]->asker_siret)  ? "wording"
                        : answer_names(command->answer, asked[i]->asker_name, asked[i]->asker_siret) ? "answer"
                                                                                                     : NULL;
                if (field != NULL)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                                      "Ce texte désigne une entreprise qui a posé une question (nom ou SIREN) : "
                                      "reformulez-le en termes généraux, tous le liront.");
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
