/* claims.h: what a verified token says, held against what was asked (OpenID Connect Core 1.0, 3.1.3.7, 5.3.2). Pure. */
#ifndef SERVICES_GATEWAY_OIDC_CLAIMS_H
#define SERVICES_GATEWAY_OIDC_CLAIMS_H

#include <jansson.h>
#include <stdint.h>

#include "services/gateway/oidc/provider.h"

enum {
        CLAIMS_SUBJECT_MAX = 255,
        CLAIMS_MAIL_MAX = 254,
        CLAIMS_SKEW_MS = 60 * 1000,     /* that a clock may be wrong */
        CLAIMS_AGE_MS = 10 * 60 * 1000, /* a sign-in is begun and ended within: flow.h */
};

struct claims_wanted {
        const struct oidc_provider *provider;
        const char *nonce;
        const char *access_token;
        int64_t now_ms;
};

/* Who somebody is, as a provider says it. Texts are of the arena. */
struct identity {
        const char *issuer;
        const char *identity_provider; /* "" where the provider asks none in its turn */
        const char *subject;
        const char *mail; /* a hint, verified by nobody here; "" */
        bool second_factor_shown;
};

struct identity identity_copy(const struct identity *identity, struct arena *arena);

/* NULL, and *ret as far as it says; or the claim that is at fault. */
const char *claims_of_token(const json_t *claims, const struct claims_wanted *wanted, struct arena *arena,
                            struct identity *ret);
/* The same of what userinfo answered, of whom the token told: it adds to *identity what the token did not say. */
const char *claims_of_userinfo(const json_t *claims, const struct claims_wanted *wanted, struct arena *arena,
                               struct identity *identity);
/* NULL, or what is still missing of her. */
const char *claims_missing(const struct oidc_provider *provider, const struct identity *identity);

#endif
