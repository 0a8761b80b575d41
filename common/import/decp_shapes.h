/* decp_shapes.h: the parts of a published list in whatever shape a platform writes it, and the one part where one is
 * due. Called by the readers of a contract (decp_contract.h).
 *
 * Of "titulaires" these are one and the same: [{"titulaire": {…}}], [{…}], {"titulaire": {…}}, {"titulaire": […]},
 * [{"titulaire": […]}], [[{…}]], {…} without its list, and each of them as a text that holds the JSON. Source: the
 * exports that 139bercy/decp-rama and ColinMaudry/decp-processing mend. */
#ifndef COMMON_IMPORT_DECP_SHAPES_H
#define COMMON_IMPORT_DECP_SHAPES_H

#include "common/import/notes.h"

enum { SHAPE_NESTING_MAX = 8 };

struct shape {
        const char *const *wrappers; /* the keys of one part, ended by NULL */
        bool is_words;               /* the parts are words: one alone is a list of one */
        /* One part, unwrapped; what it is made of is for the callee to judge. `place`: among its brothers, from 0. */
        void (*part)(struct findings *found, const struct node *part, size_t place, void *argument);
        void *argument;
};

/* Absent, null, a placeholder, "[]", {}: no part, and no word of it. What is no list at all is warned of. */
void shape_parts(struct findings *found, const struct node *list, const struct shape *shape);

/* What stands for one object: itself, the one of a list, that below a key of its own name. Of several the first, and
 * a warning. In the arena of the findings. */
const struct node *shape_one(struct findings *found, const struct node *at);

#endif
