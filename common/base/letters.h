/* letters.h: names of persons as they are compared, in any Latin spelling: without accents and marks, in small letters,
 * what is no letter or digit (blanks, hyphens, apostrophes, points) one blank. Unicode's own tables (utf8proc); the
 * letters that have no base there (ø, ł, đ, œ, þ…) by a list. Other scripts are folded, not transcribed. Pure. */
#ifndef COMMON_BASE_LETTERS_H
#define COMMON_BASE_LETTERS_H

#include <stddef.h>

/* Words separated by one blank each; "" of what is no UTF-8. Cut to what `size` (1 at least) holds, between two
 * characters. What is cut is not compared: give four times the bytes of the longest name. */
void letters_fold(const char *text, char *ret_folded, size_t size);

#endif
