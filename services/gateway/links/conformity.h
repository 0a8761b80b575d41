/* conformity.h: how accessible Guichet is, as the grid of docs/ACCESSIBILITY.md says: a test holds one against the
 * other. */
#ifndef SERVICES_GATEWAY_LINKS_CONFORMITY_H
#define SERVICES_GATEWAY_LINKS_CONFORMITY_H

#include <stddef.h>

#define CONFORMITY_DAY "1er décembre 2026"

struct lacking {
        const char *criterion; /* "1.1" */
        const char *text;      /* what is not accessible, and to whom it matters */
};
extern const struct lacking conformity_lacking[];
extern const size_t conformity_lacking_count;
extern const unsigned conformity_good; /* criteria that apply and hold, on all pages that were looked at */

unsigned conformity_rate(void); /* per cent, rounded down */

#endif
