/* token.h: access tokens: 32 random bytes, shown to their owner as base64url without padding. The gateway keeps their
 * BLAKE2b-256 only, so a stolen store opens nothing; 256 random bits need no salt and no slow hash. */
#ifndef SERVICES_GATEWAY_TOKEN_H
#define SERVICES_GATEWAY_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

enum { TOKEN_SIZE = 32, TOKEN_DIGEST_SIZE = 32 };

/* The hash of the token in an Authorization header ("Bearer …"). Whatever the header says, or NULL, the same work is
 * done; false, with the hash of a token that cannot be, where it holds none. */
bool token_of_authorization(const char *header, uint8_t ret_hash[TOKEN_DIGEST_SIZE]);

#endif
