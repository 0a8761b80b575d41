/* proxies.h: which machines are reverse proxies of ours (setting `proxies`), and whom such a one speaks for. Pure.
 *
 * Security: X-Forwarded-For is believed from these alone, and of it only what they have added: read from the end, the
 * first address that is none of them. What stands before it anybody may have written. */
#ifndef SERVICES_GATEWAY_DOOR_PROXIES_H
#define SERVICES_GATEWAY_DOOR_PROXIES_H

#include <stdbool.h>
#include <sys/socket.h>

#include "common/base/err.h"

struct proxies;

/* "10.0.0.5 10.1.0.0/16 fd00::/8", by spaces; empty: none. NULL with the reason: one is no address. */
struct proxies *proxies_new(const char *list, struct err_info *info) ATTR_MUST_CHECK;
void proxies_free(struct proxies *proxies); /* accepts NULL */

/* NULL: none are. An IPv4 address written as IPv6 (::ffff:…) is that address. */
bool proxies_has(const struct proxies *proxies, const struct sockaddr *address);

/* Whom the connection from `peer` speaks for: the peer itself, or by X-Forwarded-For (NULL: not there) where it is a
 * proxy. False: it is one and does not say. */
bool proxies_client(const struct proxies *proxies, const struct sockaddr *peer, const char *forwarded_for,
                    struct sockaddr_storage *ret);

#endif
