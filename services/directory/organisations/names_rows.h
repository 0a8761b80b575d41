/* names_rows.h: organisations by the words of their names and places, as people look for them (words/asked.h). Kept by
 * organisations_rows.c with the row itself; tables and keys stand there.
 *
 * A word that begins none of those that there are is taken for the commonest one that may be meant. Of the words that
 * are asked, the rarest is walked, NAMES_LOOKED_AT_MAX rows of it at most: whoever types "association" alone is told
 * the best of those, and that there are more. */
#ifndef SERVICES_DIRECTORY_ORGANISATIONS_NAMES_ROWS_H
#define SERVICES_DIRECTORY_ORGANISATIONS_NAMES_ROWS_H

#include "common/store/index.h"
#include "directory/queries.pb-c.h"
#include "services/directory/words/best.h"

enum { NAMES_LOOKED_AT_MAX = 2000 };

/* Of a row: what is put with it, for index_move(); and how many have each word, once more (+1) or less (-1). */
void names_index(const Directory__OrganisationView *row, struct index_rows *rows);
void names_count(struct txn *txn, const Directory__OrganisationView *row, int change);

struct names_wish {
        const char *words, *territory;    /* territory "": everywhere */
        Directory__OrganisationKind kind; /* unknown: any */
        size_t most;                      /* BEST_MAX at most */
};
/* struct id, in the arena; those that are closed come behind. */
void names_find(struct txn *txn, const struct names_wish *wish, struct arena *arena, struct best *ret);

#endif
