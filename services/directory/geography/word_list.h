/* word_list.h: names that are found by the beginnings of some of their words, in any order, without accents, case and
 * marks: "st gaud" finds Saint-Gaudens. A word that begins none of the words that there are is taken for one with the
 * same first letter, where one letter is wrong. Made once, then read by any thread. */
#ifndef SERVICES_DIRECTORY_GEOGRAPHY_WORD_LIST_H
#define SERVICES_DIRECTORY_GEOGRAPHY_WORD_LIST_H

#include <stdbool.h>

#include "common/base/arena.h"

enum { WORD_LIST_FOUND_MAX = 100 };

struct word_list;
struct word_list *word_list_new(struct arena *arena); /* freed with the arena */
/* `item` is the caller's; of two names that fit alike, the one of more weight comes first. */
void word_list_add(struct word_list *list, const char *name, uint32_t item, uint32_t weight);
void word_list_close(struct word_list *list); /* once, after the last */

struct word_list_wish {
        const char *asked;
        size_t most;                                            /* WORD_LIST_FOUND_MAX at most */
        bool (*is_wanted)(const void *argument, uint32_t item); /* NULL: all are */
        const void *argument;
};
/* The best first: the name itself, then names that begin so, then others. One item once, whatever its names. */
struct word_list_found {
        uint32_t items[WORD_LIST_FOUND_MAX];
        size_t count;
        bool more; /* there are, than are told */
};
void word_list_find(const struct word_list *list, const struct word_list_wish *wish, struct word_list_found *ret);

#endif
