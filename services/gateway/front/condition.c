#include "services/gateway/front/condition.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "common/base/require.h"
#include "common/base/text.h"
#include "common/service/versions.h"

void etag_make(struct slice bytes, struct slice next, char ret[ETAG_SIZE])
{
        static const char version[] = GUICHET_VERSION;
        uint8_t digest[crypto_generichash_BYTES_MIN];
        char hex[2 * sizeof(digest) + 1];
        uint64_t size = bytes.size;
        crypto_generichash_state state;
        require(crypto_generichash_init(&state, (const uint8_t *)version, sizeof(version), sizeof(digest)) == 0);
        require(crypto_generichash_update(&state, (const uint8_t *)&size, sizeof(size)) == 0);
        require(crypto_generichash_update(&state, bytes.data, bytes.size) == 0);
        require(crypto_generichash_update(&state, next.data, next.size) == 0);
        require(crypto_generichash_final(&state, digest, sizeof(digest)) == 0);
        (void)sodium_bin2hex(hex, sizeof(hex), digest, sizeof(digest));
        (void)snprintf(ret, ETAG_SIZE, "W/\"%s\"", hex);
}

/* The mark W/ says nothing here: comparison is weak (RFC 9110, 8.8.3.2). */
bool etag_is_known(const char *etag, const char *if_none_match)
{
        const char *quoted = strchr(etag, '"');
        return if_none_match != NULL && (strcmp(if_none_match, "*") == 0 || strstr(if_none_match, quoted) != NULL);
}

static bool read_version(const char *if_match, uint64_t *ret)
{
        char digits[24];
        size_t size = strlen(if_match);
        if (strcmp(if_match, "*") == 0) {
                *ret = VERSION_ANY;
                return true;
        }
        if (size < 3 || size - 2 >= sizeof(digits) || if_match[0] != '"' || if_match[size - 1] != '"')
                return false;
        (void)snprintf(digits, sizeof(digits), "%.*s", (int)(size - 2), if_match + 1);
        return text_to_u64(digits, VERSION_ANY, ret) == 0;
}

bool condition_seen(const char *if_match, ProtobufCMessage *command, struct refusal *ret_refusal)
{
        uint64_t *seen = version_seen(command), read;
        if (if_match == NULL)
                return true;
        if (seen == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "If-Match",
                              "Cette demande ne remplace rien : envoyez-la sans l'en-tête If-Match.");
        if (!read_version(if_match, &read))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "If-Match",
                              "If-Match est la version ou la position que vous avez lue, entre guillemets (\"12\"), ou "
                              "« * » pour ce qui est là, quoi que ce soit.");
        if (*seen != 0 && *seen != read)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "If-Match",
                              "If-Match et « seen » disent deux versions : gardez l'un des deux.");
        *seen = read;
        return true;
}
