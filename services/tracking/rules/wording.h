/* wording.h: small questions on dates and texts that several rules of tracking ask. Pure. */
#ifndef SERVICES_TRACKING_RULES_WORDING_H
#define SERVICES_TRACKING_RULES_WORDING_H

#include <stdbool.h>

#include "common/base/day.h"

enum { DAY_WORDING_SIZE = 16, MONTH_WORDING_SIZE = 16 };

/* "31/12/2026", "12/2026": as a French reader expects them in a refusal. */
void day_wording(struct day day, char ret_text[DAY_WORDING_SIZE]);
void month_wording(struct month month, char ret_text[MONTH_WORDING_SIZE]);

/* The last day of a month. */
struct day month_last_day(struct month month);

/* Does it hold what reads as a social security number: 13 or 15 digits that begin as one, blanks, dots and dashes
 * aside? None may be kept, and free text is where they would slip in. */
bool text_holds_nir(const char *text);

/* Is `wanted` in the comma-separated `list`? An empty list holds everything. */
bool territory_listed(const char *list, const char *wanted);

#endif
