/* nearest.h: which of the names that there are somebody may have meant, who wrote one that there is not. Case, accents,
 * blanks, hyphens and underscores do not count; a letter wrong, too many, missing, or two that changed places count one
 * each, and a part of a name as one. struct nearest n = nearest_of("ContratcFacts"); nearest_try(&n, name) for each of
 * those that there are; n.name: the nearest, NULL: none is near enough. Pure; any bytes, of which 64 count. */
#ifndef COMMON_BASE_NEAREST_H
#define COMMON_BASE_NEAREST_H

#include <stddef.h>

enum { NEAREST_LETTERS = 64 };

struct nearest {
        char asked[NEAREST_LETTERS];
        const char *name;  /* the candidate's own, as it was given */
        unsigned distance; /* of `name`; before: what is near enough, and one */
        size_t left;       /* by how many letters `name` is longer or shorter: of two as near, the likelier */
};

/* How many such errors lie between two names. */
unsigned letters_apart(const char *a, const char *b);

struct nearest nearest_of(const char *asked);
void nearest_try(struct nearest *nearest, const char *name);

/* "" where there is none; else " ; vouliez-vous dire « name » ?", for the end of a complaint. */
enum { NEAREST_HINT_SIZE = 128 };
const char *nearest_hint(const struct nearest *nearest, char ret_hint[NEAREST_HINT_SIZE]);

#endif
