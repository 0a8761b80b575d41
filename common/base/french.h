/* french.h: quantities and days as a French reader expects them, for letters, histories and refusals. Everything
 * returned lives in the arena. Spaces inside figures are U+202F (narrow, no break), before units U+00A0. */
#ifndef COMMON_BASE_FRENCH_H
#define COMMON_BASE_FRENCH_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/base/quantity.h"

char *french_hours(struct arena *arena, struct hours hours); /* "1 234,5 h", "35 h" */
char *french_money(struct arena *arena, struct money money); /* "82 238 €", "20,04 €" */
char *french_share(struct arena *arena, struct share share); /* "5 %", "12,5 %" */
/* "0,52", "1 234": cut to hundredths. */
char *french_decimal(struct arena *arena, struct decimal decimal);
char *french_day(struct arena *arena, struct day day);       /* "1er mars 2026" */
char *french_time(struct arena *arena, int minutes);         /* of a day: "9 h 05" */
char *french_month(struct arena *arena, struct month month); /* "mars 2026" */
/* "1 jour", "3 jours": the plural is the singular and "s". From 2 on, as French counts. */
char *french_count(struct arena *arena, int64_t count, const char *singular);

#endif
