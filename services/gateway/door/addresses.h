/* addresses.h: how many connections each address holds. IPv6 counts by /64, which is one household. What comes from
 * 127.0.0.1 or ::1 is not counted: a proxy of this machine comes from there, and everybody with it. */
#ifndef SERVICES_GATEWAY_DOOR_ADDRESSES_H
#define SERVICES_GATEWAY_DOOR_ADDRESSES_H

#include <stddef.h>
#include <sys/socket.h>

#include "common/base/id.h"

struct addresses;

struct addresses *addresses_new(void);
void addresses_free(struct addresses *addresses); /* accepts NULL */

/* One more of this address (IPv4 or IPv6): how many there are now, 0 where it is not counted. */
size_t addresses_add(struct addresses *addresses, const struct sockaddr *address);
void addresses_remove(struct addresses *addresses, const struct sockaddr *address); /* one that was added */

/* What an address is counted as, as sixteen bytes: IPv4 whole, of IPv6 the first half. */
struct id addresses_network(const struct sockaddr *address);
/* The same in words: "192.0.2.7", "2001:db8:1:2::/64". */
enum { ADDRESSES_TEXT_SIZE = 64 };
void addresses_text(struct id network, char ret[ADDRESSES_TEXT_SIZE]);

#endif
