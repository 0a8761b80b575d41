/* address.h: which addresses of a provider may be asked, and led to. Security: what a provider says of its own
 * endpoints is only believed on the origins that the configuration names, so that no answer of it makes the gateway
 * ask, or send a browser, elsewhere. Parsed by the library that will ask. */
#ifndef SERVICES_GATEWAY_OIDC_ADDRESS_H
#define SERVICES_GATEWAY_OIDC_ADDRESS_H

#include <stdbool.h>

#include "common/base/arena.h"

enum { OIDC_ADDRESS_MAX = 512 };

/* "https://host", with ":port" where it is not 443. NULL: no address of https, or of http on this machine (tests, a
 * proxy beside it); or one with a name and password, a fragment, or letters that no address has. */
char *address_origin(const char *address, struct arena *arena);
/* Whether it has that origin, and is not too long. */
bool address_is_on(const char *address, const char *origin);
/* "a b" -> "a%20b", for a query. */
char *address_escape(const char *text, struct arena *arena);

#endif
