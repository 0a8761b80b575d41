/* oidc.h: people who sign in by an identity provider: where their browser is sent, and who they are once it is back
 * (OpenID Connect Core 1.0, authorization code flow). What becomes of an identity is not said here: front/api_oidc.c
 * asks accounts.
 *
 * What providers say of themselves and their keys is kept for an hour; keys are fetched again where a token names one
 * that is not there, at most once a minute. For the loop thread. */
#ifndef SERVICES_GATEWAY_OIDC_OIDC_H
#define SERVICES_GATEWAY_OIDC_OIDC_H

#include <uv.h>

#include "common/base/world.h"
#include "services/gateway/oidc/claims.h"
#include "services/gateway/oidc/flow.h"
#include "services/gateway/oidc/proven.h"
#include "services/gateway/oidc/provider.h"

enum { OIDC_KEPT_MS = 60 * 60 * 1000, OIDC_AGAIN_MS = 60 * 1000, OIDC_CODE_MAX = 2048 };
enum { OIDC_ERRANDS_MAX = 128 }; /* browsers that wait: each holds a connection of the door */

struct oidc;
/* NULL with *info: the file of providers is not as it must be. */
struct oidc *oidc_new(uv_loop_t *loop, const struct passages *passages, const char *path,
                      struct err_info *info) ATTR_MUST_CHECK;
void oidc_free(struct oidc *oidc); /* whoever waits is not told. Accepts NULL */
const struct oidc_providers *oidc_providers(const struct oidc *oidc);

enum oidc_outcome {
        OIDC_DONE,
        OIDC_BUSY,     /* too many wait */
        OIDC_SILENT,   /* the provider is away, or says what cannot be believed */
        OIDC_REFUSED,  /* it says no to the code */
        OIDC_UNPROVEN, /* what it signed does not hold */
};

/* Where to send the browser: `address` until the callback is over; NULL where the outcome is not OIDC_DONE. */
typedef void (*oidc_sent_f)(void *argument, enum oidc_outcome outcome, const char *address);
void oidc_send(struct oidc *oidc, unsigned provider, const struct flow_begun *begun, oidc_sent_f done, void *argument);

/* Who came back. `identity` likewise. */
typedef void (*oidc_told_f)(void *argument, enum oidc_outcome outcome, const struct identity *identity);
struct oidc_back {
        unsigned provider;
        const struct flow *flow;
        const char *code;
};
void oidc_exchange(struct oidc *oidc, const struct oidc_back *back, oidc_told_f done, void *argument);

const struct passages *oidc_passages(const struct oidc *oidc);

#endif
