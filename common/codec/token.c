#include "common/codec/token.h"

#include <sodium.h>
#include <string.h>
#include <strings.h>

#include "common/base/require.h"

void token_draw(struct world *world, char ret_text[TOKEN_TEXT_SIZE], uint8_t ret_hash[TOKEN_DIGEST_SIZE])
{
        uint8_t token[TOKEN_SIZE];
        world->random(world, token, sizeof(token));
        require(crypto_generichash(ret_hash, TOKEN_DIGEST_SIZE, token, sizeof(token), NULL, 0) == 0);
        (void)sodium_bin2base64(ret_text, TOKEN_TEXT_SIZE, token, sizeof(token),
                                sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        sodium_memzero(token, sizeof(token));
}

bool token_of_text(const char *text, uint8_t ret_hash[TOKEN_DIGEST_SIZE])
{
        uint8_t token[TOKEN_SIZE + 1] = {0}; /* one more than a token has: longer ones must be seen */
        size_t size = 0;
        bool good = text != NULL &&
                    sodium_base642bin(token, sizeof(token), text, strlen(text), NULL, &size, NULL,
                                      sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
                    size == TOKEN_SIZE;

        token[TOKEN_SIZE] = good ? 0 : 1; /* the hash of what is no token is that of none */
        require(crypto_generichash(ret_hash, TOKEN_DIGEST_SIZE, token, good ? TOKEN_SIZE : sizeof(token), NULL, 0) ==
                0);
        sodium_memzero(token, sizeof(token));
        return good;
}

bool token_of_authorization(const char *header, uint8_t ret_hash[TOKEN_DIGEST_SIZE])
{
        static const char scheme[] = "Bearer ";
        bool named = header != NULL && strncasecmp(header, scheme, sizeof(scheme) - 1) == 0;
        return token_of_text(named ? header + sizeof(scheme) - 1 : NULL, ret_hash);
}
