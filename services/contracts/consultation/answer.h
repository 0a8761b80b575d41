/* answer.h: what may be asked, and what the one answer for all may say. Pure. Called by the commands of questions. */
#ifndef SERVICES_CONTRACTS_CONSULTATION_ANSWER_H
#define SERVICES_CONTRACTS_CONSULTATION_ANSWER_H

#include "common/base/day.h"
#include "common/codec/refusal.h"
#include "contracts/commands.pb-c.h"
#include "services/contracts/consultation/names.h"

enum {
        QUESTIONS_MAX = 100, /* of one consultation: all of them, with their answers, go into one reply */
};

bool question_check(const Contracts__RecordQuestion *command, const Contracts__ConsultationRow *row,
                    struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Whether the text names the company: its name, as whole words, whatever the case, the accents, the punctuation and the
 * legal form ("SARL Durand & Fils" is named by "Durand et fils" only where it is written "durand fils"); or the nine
 * digits of its SIREN, whatever stands between them. Empty name and SIRET: no. */
bool answer_names(const char *text, const char *name, const char *siret);

/* What is refused beside the names themselves, and the words that everybody may say: the contract's own. */
struct answer_guard {
        const Contracts__IdentifyingWords *words;
        const char *of_contract; /* object and buyer, for one */
};

/* Neither wording nor answer names a company that asked, nor has a word that makes out its name; nor an e-mail address,
 * a telephone number, a person; nor a phrase that tells who asks ("titulaire sortant"). INVALID_FIELD, saying which. */
bool answer_check(const Contracts__DraftAnswer *command, Contracts__SealedQuestion *const *asked, size_t count,
                  const struct answer_guard *guard, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* A text as names are looked for in it, folded once for however many (names.h). */
struct read_text {
        const char *text;
        const struct answer_guard *guard;
        char folded[FOLDED_SIZE], of_contract[FOLDED_SIZE];
};
void answer_read(const char *text, const struct answer_guard *guard, struct read_text *ret);
/* Whether it tells this folded name of a company of the directory: whole, not of everybody's words alone, nor of the
 * contract's own; of one word, where it is written as a name is. */
bool name_is_told(const struct read_text *read, const char *folded_name);
/* The refusal of all this: INVALID_FIELD, the text tells `who`. Returns false. */
bool answer_refuse(struct refusal *ret_refusal, const char *field, const char *who);

/* Whether the question may go from its state to that one: the only way to ANSWER_PUBLISHED is through the buyer. */
bool question_may_become(Contracts__QuestionState from, Contracts__QuestionState to,
                         struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
