/* jws.h: what a provider has signed (JWS, RFC 7515, in its compact form), by libcjose. Pure.
 *
 * Security: the algorithm is the configuration's, never the token's: whatever else its head says is refused before
 * anything is verified, and so is a key of another kind. Both heads, the one looked at here and the one that libcjose
 * reads, must say the same. */
#ifndef SERVICES_GATEWAY_OIDC_JWS_H
#define SERVICES_GATEWAY_OIDC_JWS_H

#include <jansson.h>

#include "common/base/slice.h"
#include "services/gateway/oidc/provider.h"

enum { JWS_MAX = 32 * 1024, JWS_KEYS_MAX = 32 };

enum jws_verdict {
        JWS_GOOD,
        JWS_MALFORMED,
        JWS_WRONG_ALG,
        JWS_UNKNOWN_KEY, /* no key of that `kid` and kind: the set may have changed */
        JWS_FORGED,
};

/* A set of keys (RFC 7517): a new reference, or NULL where it is none, or has more than JWS_KEYS_MAX. */
json_t *jws_keys(struct slice document);
/* *ret_claims, where it is good: the object that was signed, a new reference. */
enum jws_verdict jws_open(struct slice compact, enum oidc_alg alg, const json_t *keys, json_t **ret_claims);

#endif
