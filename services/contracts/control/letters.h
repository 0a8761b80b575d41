/* letters.h: the letters of control, merged from deploy/rules/control_texts.json. Called by handlers; nothing is stored
 * here. Names of letters: reminder, buyer_warning, formal_notice, attestation, final_statement. */
#ifndef SERVICES_CONTRACTS_CONTROL_LETTERS_H
#define SERVICES_CONTRACTS_CONTROL_LETTERS_H

#include "services/contracts/control/loaded_control.h"

/* NULL with *ret_refusal where something is missing. `ret_version` may be NULL. */
char *letter_of_case(const struct work *work, const struct loaded_control *loaded, const char *name, char **ret_version,
                     struct refusal *ret_refusal) ATTR_MUST_CHECK;
char *letter_reminder(const struct work *work, const struct loaded_control *loaded, Contracts__CaseGround ground,
                      const Types__Day *period_end, struct refusal *ret_refusal) ATTR_MUST_CHECK;
char *letter_attestation(const struct work *work, const struct loaded_control *loaded, struct hours waived,
                         char **ret_version, struct refusal *ret_refusal) ATTR_MUST_CHECK;
struct final_figures {
        char *lines;
        char *dates;
        struct money penalties;
};
char *letter_final_statement(const struct work *work, const struct loaded_contract *contract,
                             const struct final_figures *figures, struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
