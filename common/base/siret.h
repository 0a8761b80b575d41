/* siret.h: numbers of companies. A SIREN is 9 digits and names a company, a SIRET is 14 and names one establishment of
 * it: the SIREN and five digits more. Both end in a key (Luhn). Source: INSEE, Sirene. */
#ifndef COMMON_BASE_SIRET_H
#define COMMON_BASE_SIRET_H

#include <stdbool.h>

enum { SIRET_DIGITS = 14, SIREN_DIGITS = 9 };

/* 14 digits whose two keys hold. The establishments of La Poste (SIREN 356000000) may have digits whose sum is a
 * multiple of five instead. A SIREN of nothing but zeros passes by its keys, but is what people type who have none: it
 * is no company's. */
bool siret_valid(const char *text);
/* The SIRET of 13 digits that lost the zero at its front: false where the 14 are none. */
bool siret_with_zero(const char *text, char ret_siret[SIRET_DIGITS + 1]);
bool siren_valid(const char *text); /* 9 digits whose key holds, not all zero */
/* Whether two SIRET are of one company. A number that is not valid is nobody's, and so of no company with another. */
bool siret_same_company(const char *a, const char *b);

/* A valid SIRET from its numbers without their keys: company 0..99999999 but 0, establishment 0..9999. For data that is
 * made up. */
void siret_make(unsigned company, unsigned establishment, char ret_siret[SIRET_DIGITS + 1]);

#endif
