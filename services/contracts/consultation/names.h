/* names.h: names of companies as they stand in texts: whole words, whatever the case, the accents, the punctuation and
 * the legal form. Pure. Called by the guard of answers (answer.h) and by the rows of names that it looks into. */
#ifndef SERVICES_CONTRACTS_CONSULTATION_NAMES_H
#define SERVICES_CONTRACTS_CONSULTATION_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "common/codec/field_rules.h"

enum { FOLDED_SIZE = 4 * BOUND_CHARACTERS + 3 }; /* of the longest text, with a blank at either end */

/* " durand et fils ": small letters and digits, one blank around each word; " ": there is none. */
void words_fold(const char *text, char ret_folded[FOLDED_SIZE]);
/* The same of a company's name, without its legal form; a name that is nothing else stays as it is. */
void name_fold(const char *name, char ret_folded[FOLDED_SIZE]);

/* One word after the other of a folded text, each with its blanks; `*at` is the text at first. False: no other. */
bool word_next(const char **at, char ret_word[FOLDED_SIZE]);

bool is_letter_or_digit(char c); /* without accent */
/* A capital, with an accent or without. */
bool is_capital(const char *at);
/* Is this folded word written with a capital somewhere in the text? */
bool word_is_capital_in(const char *text, const char *word);

#endif
