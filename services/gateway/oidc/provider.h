/* provider.h: the identity providers that people may sign in by, as an operator's file says them (setting `oidc`), and
 * what each says of itself (OpenID Connect Discovery 1.0). Pure but for the files that are read at the start. */
#ifndef SERVICES_GATEWAY_OIDC_PROVIDER_H
#define SERVICES_GATEWAY_OIDC_PROVIDER_H

#include <jansson.h>
#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/err.h"

enum { OIDC_PROVIDERS_MAX = 16, OIDC_ORIGINS_MAX = 8, OIDC_FACTORS_MAX = 16 };

enum oidc_alg { OIDC_RS256, OIDC_ES256 };
enum oidc_userinfo {
        OIDC_USERINFO_NONE, /* the id_token says all */
        OIDC_USERINFO_JSON,
        OIDC_USERINFO_JWT, /* signed */
};

struct oidc_provider {
        const char *name;  /* in addresses */
        const char *label; /* for people */
        const char *issuer;
        const char *client_id;
        const char *client_secret;
        const char *redirect_uri;
        const char *scope;
        const char *claims;         /* JSON, as it is sent; NULL: not sent */
        const char *identity_claim; /* that tells which identity provider it asked in its turn; "": it asks none */
        enum oidc_alg alg;
        enum oidc_userinfo userinfo;
        bool pkce;                             /* S256 */
        bool secret_in_body;                   /* else by Basic */
        const char *origins[OIDC_ORIGINS_MAX]; /* the issuer's own, and others that its endpoints may lie on */
        size_t origin_count;
        const char *acr[OIDC_FACTORS_MAX]; /* that show a second factor */
        size_t acr_count;
        const char *amr[OIDC_FACTORS_MAX];
        size_t amr_count;
};

struct oidc_providers {
        struct oidc_provider all[OIDC_PROVIDERS_MAX];
        size_t count;
};

/* 0, or ERR_CONFIG with the key and what to do. */
int providers_load(const char *path, struct arena *arena, struct oidc_providers *ret,
                   struct err_info *info) ATTR_MUST_CHECK;
const struct oidc_provider *providers_find(const struct oidc_providers *providers, const char *name); /* NULL: none */
const char *oidc_alg_name(enum oidc_alg alg);

/* Where its metadata lies. */
char *provider_discovery_address(const struct oidc_provider *provider, struct arena *arena);
/* What the gateway needs of it. */
struct oidc_endpoints {
        const char *authorization;
        const char *token;
        const char *jwks;
        const char *userinfo; /* NULL: the provider is not asked for it */
};
/* NULL, or which member cannot be believed: it is missing, not the configured issuer, or on another origin. What *ret
 * points to is the document's. */
const char *provider_endpoints(const struct oidc_provider *provider, const json_t *document,
                               struct oidc_endpoints *ret);

/* Where the browser is sent. */
struct oidc_authorization {
        const char *state;
        const char *nonce;
        const char *challenge; /* of PKCE; sent where the provider is configured so */
};
char *provider_authorization_address(const struct oidc_provider *provider, const struct oidc_endpoints *endpoints,
                                     const struct oidc_authorization *asked, struct arena *arena);

#endif
