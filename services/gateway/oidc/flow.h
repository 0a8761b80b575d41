/* flow.h: sign-ins that were begun: what a browser takes along to the provider and shows when it is back, ten minutes
 * at most, at any gateway of the network (passage.h). No gateway keeps anything of it.
 *
 * Security: a state alone ends nothing: the browser must show the cookie that it was given at the start, so that nobody
 * is made to sign in as somebody else by an address. Whom a binding is for was said at the start. Each is taken once:
 * its id is the key of the command that accounts gets of it, and accounts does a key once, whichever gateway comes. */
#ifndef SERVICES_GATEWAY_OIDC_FLOW_H
#define SERVICES_GATEWAY_OIDC_FLOW_H

#include "common/base/id.h"
#include "common/codec/token.h"
#include "services/gateway/oidc/passage.h"

enum {
        FLOW_MS = 10 * 60 * 1000,
        FLOW_TEXT_SIZE = TOKEN_TEXT_SIZE, /* 43 letters: ProConnect asks for 32 of state and nonce */
};

/* Who binds an identity to her own account; all zero: nobody, it is a sign-in. */
struct flow_holder {
        struct id account, membership, key;
};

struct flow_begun {
        char state[FLOW_TEXT_SIZE];
        char nonce[FLOW_TEXT_SIZE];
        char challenge[FLOW_TEXT_SIZE]; /* of PKCE, S256 */
        const char *cookie;             /* of the arena */
};
/* `provider`: its name. */
void flow_begin(const struct passages *passages, const char *provider, const struct flow_holder *holder,
                struct arena *arena, struct flow_begun *ret);

struct flow {
        struct id id; /* of the command that it ends in */
        struct flow_holder holder;
        char nonce[FLOW_TEXT_SIZE];
        char verifier[FLOW_TEXT_SIZE]; /* of PKCE */
};
enum flow_end {
        FLOW_TAKEN,
        FLOW_UNKNOWN,       /* no gateway of ours drew that state, for another provider, or too long ago */
        FLOW_OTHER_BROWSER, /* the cookie is not there, or another's */
};
/* What the browser shows: any of the texts may be NULL. */
struct flow_shown {
        const char *state, *cookie;
};
enum flow_end flow_take(const struct passages *passages, const char *provider, const struct flow_shown *shown,
                        struct flow *ret);

#endif
