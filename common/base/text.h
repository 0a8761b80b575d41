/* text.h: small questions about text that every daemon asks. */
#ifndef COMMON_BASE_TEXT_H
#define COMMON_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/attr.h"

bool text_is_empty(const char *text); /* NULL, "" or blanks only */
static inline bool is_digit(char c)
{
        return c >= '0' && c <= '9';
}

bool text_is_digits(const char *text, size_t count); /* exactly `count` digits */
bool text_is_among(const char *text, char *const *texts, size_t count);
int text_to_u64(const char *text, uint64_t max, uint64_t *ret) ATTR_MUST_CHECK; /* 0, ERR_MALFORMED, ERR_OVERFLOW */
bool utf8_valid(const char *text, size_t size);
/* Bytes of the well-formed sequence that `text` begins with (RFC 3629: no surrogate, no overlong form); 0: none. */
size_t utf8_sequence(const char *text, size_t left);
size_t utf8_length(const char *text); /* code points */
/* Bytes of the first `characters` of `text`, or of those before its end or its first ill-formed byte. */
size_t utf8_cut(const char *text, size_t characters);

/* What is compared where accents, case, blanks and punctuation do not count: ASCII letters (lowercased, accents taken
 * off) and digits. Cut to what `size` (3 at least) holds. */
void text_fold(const char *text, char *ret_folded, size_t size);

/* The department of an INSEE commune code: "31555" -> "31", "2A004" -> "2A",
 * "97105" -> "971". Writes "" where the code is not five characters of that form. */
enum { TERRITORY_TEXT_SIZE = 4 };
void territory_of_commune(const char *commune, char ret_territory[TERRITORY_TEXT_SIZE]);
/* The same of a French postcode: "31000" -> "31", "20137" -> "2A", "97400" -> "974". A few communes have a postcode
 * of the department next to theirs. Writes "" where it is none. */
void territory_of_postcode(const char *postcode, char ret_territory[TERRITORY_TEXT_SIZE]);
/* A postcode or an INSEE commune code of four digits that lost the zero at its front: "4004" -> "04004". False where
 * the five name no department. */
enum { COMMUNE_TEXT_SIZE = 6 };
bool commune_with_zero(const char *text, char ret_code[COMMUNE_TEXT_SIZE]);
bool territory_valid(const char *territory); /* "01".."95" but "20", "2A", "2B", "971".."978", "984".."989" */

#endif
