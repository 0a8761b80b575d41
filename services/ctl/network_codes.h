/* network_codes.h: the codes of dated lists (codes.h), as the rules of a network have them: of its topology.json,
 * without a network those of $GUICHET_RULES, else of deploy/rules. */
#ifndef SERVICES_CTL_NETWORK_CODES_H
#define SERVICES_CTL_NETWORK_CODES_H

#include "common/codec/codes.h"

/* False after a complaint; codes_free() otherwise. */
bool network_codes(const char *directory, struct code_lists *ret);
/* What a code of a list is called, ever; the code itself where it is not there. */
const char *code_label(const struct code_lists *codes, const char *list, const char *code);

#endif
