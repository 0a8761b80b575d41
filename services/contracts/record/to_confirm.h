/* to_confirm.h: what the one who signs a document should make sure of first: a rule whose source was not found, a party
 * whose address is not known. It goes with the document, outside its text. French, in the arena. */
#ifndef SERVICES_CONTRACTS_RECORD_TO_CONFIRM_H
#define SERVICES_CONTRACTS_RECORD_TO_CONFIRM_H

#include "common/base/arena.h"

struct to_confirm {
        char **texts;
        size_t count;
        struct arena *arena;
};

void to_confirm_add(struct to_confirm *list, char *text);

/* The source of a dated rule or of a text that the document rests on, where it says that it is to be confirmed. */
void to_confirm_source(struct to_confirm *list, const char *what, const char *source);

#endif
