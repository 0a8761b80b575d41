/* mail_address.h: one e-mail address, as the network takes it wherever one is typed. */
#ifndef COMMON_BASE_MAIL_ADDRESS_H
#define COMMON_BASE_MAIL_ADDRESS_H

#include <stdbool.h>

enum { MAIL_ADDRESS_BYTES_MAX = 254 }; /* RFC 5321, 4.5.3.1.3, without its angle brackets */

/* name@domain.tld in ASCII, and nothing else: no blank, comma, second address or angle bracket. What stands around it
 * is not trimmed: what is kept is what was typed. */
bool mail_address_valid(const char *address);

#endif
