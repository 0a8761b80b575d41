/* confirm.h: what a person gives with an act, so that no program that submits all it finds does one: a number that
 * the page spells in words and that is to be written in figures. The figures stand nowhere in the page. It is no
 * secret: who holds the link reads it; so a wrong one does nothing, and counts nothing either (decision 0080). Pure. */
#ifndef SERVICES_GATEWAY_LINKS_CONFIRM_H
#define SERVICES_GATEWAY_LINKS_CONFIRM_H

#include <stdbool.h>

#include "common/base/slice.h"

enum { CONFIRM_FIGURES = 4, CONFIRM_WORDS_SIZE = 48 };

/* The words of what confirms `act` by the link of this hash: "quatre, sept, un, deux". Another act has others. */
void confirm_words(struct slice hash, const char *act, char ret_words[CONFIRM_WORDS_SIZE]);
/* Whether these are its figures; blanks do not count. */
bool confirm_holds(struct slice hash, const char *act, const char *typed);

#endif
