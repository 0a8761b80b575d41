/* proven.h: identities that a provider has vouched for, whose holders are asked for the code of their own second factor
 * before they are let in: a few minutes, in bounded memory, by a cookie that is kept as its hash. */
#ifndef SERVICES_GATEWAY_OIDC_PROVEN_H
#define SERVICES_GATEWAY_OIDC_PROVEN_H

#include "common/base/world.h"
#include "common/codec/token.h"
#include "services/gateway/oidc/claims.h"

enum { PROVEN_MAX = 1024, PROVEN_MS = 5 * 60 * 1000, PROVEN_TRIES = 5 };

struct proven;
struct proven *proven_new(struct world *world);
void proven_free(struct proven *proven); /* accepts NULL */

/* The cookie to find it by; the oldest goes where there is no place. */
void proven_keep(struct proven *proven, const struct identity *identity, char ret_cookie[TOKEN_TEXT_SIZE]);
/* One more try of it; false: none, too late, or too often. Texts are of the arena. */
bool proven_try(struct proven *proven, const char *cookie, struct arena *arena, struct identity *ret);
void proven_drop(struct proven *proven, const char *cookie);

#endif
