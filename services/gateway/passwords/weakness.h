/* weakness.h: which passwords are refused: short ones, the commonest with or without an ending, the account's own name,
 * few characters again and again. What makes a password good is its length (NIST SP 800-63B, ASVS 4.0.3 V2.1): no kinds
 * of characters are demanded. */
#ifndef SERVICES_GATEWAY_PASSWORDS_WEAKNESS_H
#define SERVICES_GATEWAY_PASSWORDS_WEAKNESS_H

#include <stddef.h>

/* Characters; and bytes, beyond which nothing is worked out. */
enum { PASSWORD_CHARACTERS_MIN = 12, PASSWORD_BYTES_MAX = 512 };

/* The commonest, from a file: one a line, in small letters, sorted. NULL: it cannot be read. */
struct commonest;
struct commonest *commonest_load(const char *path);
void commonest_free(struct commonest *commonest); /* accepts NULL */
size_t commonest_count(const struct commonest *commonest);

/* Why it is refused, in French, with the remedy; NULL: it is good. `commonest` may be NULL: none is known. */
const char *password_weakness(const struct commonest *commonest, const char *password, const char *account_name);

#endif
