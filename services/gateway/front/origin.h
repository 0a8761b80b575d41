/* origin.h: pages of elsewhere that may ask, by the setting `origins` (CORS; none unless it is said). */
#ifndef SERVICES_GATEWAY_FRONT_ORIGIN_H
#define SERVICES_GATEWAY_FRONT_ORIGIN_H

#include <stdbool.h>

struct visit;

bool origin_is_in(const char *list, const char *origin); /* a list by spaces; NULL: no origin is told. Pure */
/* Lets the page read what will be answered, where its origin is in the list. True: that was a preflight, answered. */
bool origin_admit(const struct visit *visit);

#endif
