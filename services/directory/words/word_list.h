/* word_list.h: names that are found by the beginnings of some of their words (asked.h): "st gaud" finds Saint-Gaudens.
 * A word that begins none of the words that there are is taken for one with the same first letter, where one letter is
 * wrong. Made once, then read by any thread. */
#ifndef SERVICES_DIRECTORY_WORDS_WORD_LIST_H
#define SERVICES_DIRECTORY_WORDS_WORD_LIST_H

#include "common/base/arena.h"
#include "services/directory/words/best.h"

struct word_list;
struct word_list *word_list_new(struct arena *arena); /* freed with the arena */
/* The thing is the caller's, and may have several names; of two that fit alike, the one of more weight comes first. */
void word_list_add(struct word_list *list, const char *name, const void *thing, uint32_t weight);
void word_list_close(struct word_list *list); /* once, after the last */

struct word_list_wish {
        const char *asked;
        size_t most;                                                /* BEST_MAX at most */
        bool (*is_wanted)(const void *argument, const void *thing); /* NULL: all are */
        const void *argument;
};
void word_list_find(const struct word_list *list, const struct word_list_wish *wish, struct best *ret);

#endif
