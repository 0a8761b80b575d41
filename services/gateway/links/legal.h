/* legal.h: what is told to everybody, signed in or not: how accessible this is, who runs it, what is done with data of
 * persons, whom to ask. Pages without a script, linked from the foot of every page. */
#ifndef SERVICES_GATEWAY_LINKS_LEGAL_H
#define SERVICES_GATEWAY_LINKS_LEGAL_H

#include "services/gateway/links/about.h"
#include "services/gateway/links/html.h"
#include "services/gateway/links/retention.h"

struct legal {
        struct about about;
        struct retention retention;
};

/* The title of the page of that name ("aide"); NULL: there is none. */
const char *legal_title(const char *name);
void legal_put(struct html *html, const struct legal *legal, const char *name); /* one that has a title */

/* Links to them all, for the foot of a page. */
void legal_put_foot(struct html *html);

#endif
