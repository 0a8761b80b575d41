#include "services/gateway/token.h"

#include <sodium.h>
#include <string.h>
#include <strings.h>

#include "common/base/require.h"

bool token_of_authorization(const char *header, uint8_t ret_hash[TOKEN_DIGEST_SIZE])
{
        static const char scheme[] = "Bearer ";
        uint8_t token[TOKEN_SIZE + 1] = {0}; /* one more than a token has: longer ones must be seen */
        size_t size = 0;
        bool good = false;

        if (header != NULL && strncasecmp(header, scheme, sizeof(scheme) - 1) == 0) {
                const char *text = header + sizeof(scheme) - 1;
                good = sodium_base642bin(token, sizeof(token), text, strlen(text), NULL, &size, NULL,
                                         sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
                       size == TOKEN_SIZE;
        }
        token[TOKEN_SIZE] = good ? 0 : 1; /* the hash of what is no token is that of none */
        require(crypto_generichash(ret_hash, TOKEN_DIGEST_SIZE, token, good ? TOKEN_SIZE : sizeof(token), NULL, 0) ==
                0);
        sodium_memzero(token, sizeof(token));
        return good;
}
