/* flow.h: sign-ins that were begun and wait for the browser to come back from the provider: ten minutes, in bounded
 * memory, each taken once. What is kept of a secret is its hash, but for what the provider must be told.
 *
 * Security: a state alone ends nothing: the browser must show the cookie that it was given at the start, so that nobody
 * is made to sign in as somebody else by an address. Whom a binding is for was said at the start. */
#ifndef SERVICES_GATEWAY_OIDC_FLOW_H
#define SERVICES_GATEWAY_OIDC_FLOW_H

#include "common/base/attr.h"
#include "common/base/id.h"
#include "common/base/world.h"
#include "common/codec/token.h"

enum {
        FLOWS_MAX = 8192,
        FLOWS_PER_NETWORK = 512, /* a whole agency may come from one address */
        FLOW_MS = 10 * 60 * 1000,
        FLOW_TEXT_SIZE = TOKEN_TEXT_SIZE, /* 43 letters: ProConnect asks for 32 of state and nonce */
};

/* Who binds an identity to her own account; all zero: nobody, it is a sign-in. */
struct flow_holder {
        struct id account, membership, key;
};

struct flows;
struct flows *flows_new(struct world *world);
void flows_free(struct flows *flows); /* accepts NULL */

struct flow_begun {
        char state[FLOW_TEXT_SIZE];
        char nonce[FLOW_TEXT_SIZE];
        char challenge[FLOW_TEXT_SIZE]; /* of PKCE, S256 */
        char cookie[FLOW_TEXT_SIZE];
};
/* `provider`: any number of the caller's; `network`: where it comes from, zero: this machine. False: too many of that
 * network wait. The oldest of all goes where there is no place. */
bool flows_begin(struct flows *flows, unsigned provider, struct id network, const struct flow_holder *holder,
                 struct flow_begun *ret) ATTR_MUST_CHECK;

struct flow {
        unsigned provider;
        struct flow_holder holder;
        char nonce[FLOW_TEXT_SIZE];
        char verifier[FLOW_TEXT_SIZE]; /* of PKCE */
};
enum flow_end {
        FLOW_TAKEN,
        FLOW_UNKNOWN,       /* never begun, ended already, or too long ago */
        FLOW_OTHER_BROWSER, /* it stays where it is */
};
/* Any of the texts may be NULL. */
enum flow_end flows_take(struct flows *flows, unsigned provider, const char *state, const char *cookie,
                         struct flow *ret);

#endif
