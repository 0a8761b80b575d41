/* token.h: access tokens: 32 random bytes, shown to their owner as base64url without padding. The network keeps their
 * BLAKE2b-256 only, so a stolen store opens nothing; 256 random bits need no salt and no slow hash. */
#ifndef COMMON_CODEC_TOKEN_H
#define COMMON_CODEC_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/world.h"

enum { TOKEN_SIZE = 32, TOKEN_DIGEST_SIZE = 32, TOKEN_TEXT_SIZE = 44 };

/* A new token: its text, to be shown once, and its hash. */
void token_draw(struct world *world, char ret_text[TOKEN_TEXT_SIZE], uint8_t ret_hash[TOKEN_DIGEST_SIZE]);

/* The hash of the token in an Authorization header ("Bearer …"). Whatever the header says, or NULL, the same work is
 * done; false, with the hash of a token that cannot be, where it holds none. */
bool token_of_authorization(const char *header, uint8_t ret_hash[TOKEN_DIGEST_SIZE]);
bool token_of_text(const char *text, uint8_t ret_hash[TOKEN_DIGEST_SIZE]); /* the same of a token alone; NULL: none */

#endif
