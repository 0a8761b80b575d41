/* agreement_print.h: the draft of an agreement as a text to print, from the dated library agreement_texts.json. Pure.
 * Called by AgreementText, and by SignAgreement, which takes nothing that could not be printed. */
#ifndef SERVICES_CONTRACTS_AGREEMENTS_AGREEMENT_PRINT_H
#define SERVICES_CONTRACTS_AGREEMENTS_AGREEMENT_PRINT_H

#include "common/base/arena.h"
#include "common/codec/refusal.h"
#include "contracts/agreements.pb-c.h"
#include "texts.pb-c.h"

struct agreement_print {
        const char *title;
        char *text; /* in the arena */
        const char *version;
        const char *source;
        char **to_confirm; /* of the library */
        size_t to_confirm_count;
};

/* What it is printed with: the texts, and where the parties are, on one line each (NULL: not known, and left out). */
struct agreement_matter {
        const Texts__TextVersion *library;
        const char *buyer_address, *carrier_address;
};

/* False with *ret_refusal (WRONG_STATE), which names every item that is missing at once. */
bool agreement_print(const Contracts__Agreement *agreement, const struct agreement_matter *matter, struct arena *arena,
                     struct agreement_print *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
