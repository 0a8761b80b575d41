/* cookie.h: cookies as a browser sends them (RFC 6265), and as it is told to keep them. Pure. */
#ifndef SERVICES_GATEWAY_DOOR_COOKIE_H
#define SERVICES_GATEWAY_DOOR_COOKIE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/slice.h"

/* Security: a browser takes "__Host-" only over TLS (or on this machine), for all paths, from this host alone: neither
 * a neighbour's page nor one without TLS can put one in its place. */
#define COOKIE_SESSION "__Host-guichet"            /* a key */
#define COOKIE_BROWSER "__Host-guichet-navigateur" /* tells this browser from others; opens nothing */

/* The value of that name in a Cookie header (NULL: there is none). False: it is not there, or twice, or empty. */
bool cookie_find(struct slice header, const char *name, struct slice *ret);

/* A Set-Cookie header's value. `life_s` 0: for as long as the browser runs; negative: it is to forget it. */
char *cookie_kept(const char *name, const char *value, int64_t life_s, struct arena *arena);

#endif
