/* letters.h: the letters of control, merged from deploy/rules/control_texts.json. Called by handlers; nothing is stored
 * here. Names of letters: reminder, buyer_warning, formal_notice, attestation, final_statement. What they say of cases:
 * letter_fields.h. */
#ifndef SERVICES_CONTRACTS_CONTROL_LETTERS_H
#define SERVICES_CONTRACTS_CONTROL_LETTERS_H

#include "services/contracts/control/loaded_control.h"
#include "services/contracts/record/to_confirm.h"

struct letter {
        char *text;
        char *version;                /* of the texts */
        struct to_confirm to_confirm; /* before it is signed; no part of it */
};

/* False with *ret_refusal where something is missing. */
bool letter_of_case(const struct work *work, const struct loaded_control *loaded, const char *name, struct letter *ret,
                    struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* What a reminder is about, and the day on which it goes: its delay counts from there, as the ladder's does. */
struct reminder {
        Contracts__CaseGround ground;
        const Types__Day *period_end; /* NULL: not of a statement */
        struct day sent_on;
};
bool letter_reminder(const struct work *work, const struct loaded_control *loaded, const struct reminder *reminder,
                     struct letter *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;
bool letter_attestation(const struct work *work, const struct loaded_control *loaded, struct hours waived,
                        struct letter *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;

struct final_figures {
        char *lines;
        char *totals;
        char *persons;
        char *dates;
        struct money penalties;
};
bool letter_final_statement(const struct work *work, const struct loaded_contract *contract,
                            const struct final_figures *figures, struct letter *ret,
                            struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
