/* fields.h: one field of an element, brought to the type that our messages have. Called by the readers of this room.
 *
 * Every function takes the findings (its warnings go there), and the value with its path. What is absent, null or a
 * placeholder ("NC", "CDL", "nan"…) is absent without a word: whether it may be is for the caller to say. Changes of
 * form that lose nothing are made without a word. Texts live in the arena of the findings. */
#ifndef COMMON_IMPORT_FIELDS_H
#define COMMON_IMPORT_FIELDS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/day.h"
#include "common/base/quantity.h"
#include "common/import/notes.h"
#include "types.pb-c.h"

enum { FIELD_TEXT_BYTES_MAX = 4096 };

enum field_state { FIELD_ABSENT, FIELD_READ, FIELD_WRONG };

/* Free text: ends trimmed, control characters and written-out \n become blanks, the cp1252 characters that were left as
 * U+0080..U+009F become what they stand for; at most FIELD_TEXT_BYTES_MAX bytes (warned of). U+FFFD is kept, and warned
 * of once. A number becomes its text. NULL where absent; anything else is warned of and NULL. */
char *field_text(struct findings *found, const struct node *at);
/* A code or a word of the format: as field_text(), but a placeholder is absent. */
char *field_code(struct findings *found, const struct node *at);
/* Digits that were published with blanks inside: the blanks go. NULL where absent. */
char *field_digits(struct findings *found, const struct node *at);
/* The same of a SIRET: the zero that a number type took off the front is put back where both keys then hold. */
char *field_siret(struct findings *found, const struct node *at);

/* "2018-12-17", the same followed by an offset or a time, "17/12/2018". */
enum field_state field_day(const struct node *at, struct day *ret);
/* A number, or one written as text with a point or a comma; rounded to the cent. FIELD_WRONG with the reason: not a
 * number, negative, or more than a thousand billion euros. */
enum field_state field_money(const struct node *at, struct money *ret, enum note_code *ret_reason);
/* A whole number from 0, also as 48.0 or "48.0". */
enum field_state field_whole(const struct node *at, uint32_t *ret);
/* 0..1. */
enum field_state field_share(const struct node *at, struct share *ret);
/* true, false, 1, 0, "oui", "non", "true", "false", "1", "0". */
enum field_state field_boolean(const struct node *at, bool *ret);
/* Any number. */
enum field_state field_real(const struct node *at, double *ret);

/* The same with their usual end: what is wrong is left aside and warned of. NULL or 0 where absent or wrong. */
Types__Day *field_day_message(struct findings *found, const struct node *at);
Types__Money *field_money_message(struct findings *found, const struct node *at);
Types__Share *field_share_message(struct findings *found, const struct node *at);
bool field_boolean_value(struct findings *found, const struct node *at);
/* Less than `minimum` is kept and warned of. */
uint32_t field_whole_value(struct findings *found, const struct node *at, uint32_t minimum);

#endif
