/* proven.h: identities that a provider has vouched for, whose holders are asked for the code of their own second factor
 * before they are let in: sealed in a cookie for a few minutes, good at any gateway (passage.h).
 *
 * Security: it lets nobody in without a code that has opened nothing yet; wrong codes are counted by accounts, which
 * makes her wait (services/accounts/sign_in/tries.h), wherever she tries. */
#ifndef SERVICES_GATEWAY_OIDC_PROVEN_H
#define SERVICES_GATEWAY_OIDC_PROVEN_H

#include "services/gateway/oidc/claims.h"
#include "services/gateway/oidc/passage.h"

enum { PROVEN_MS = 5 * 60 * 1000 };

/* The cookie; NULL: a cookie cannot hold it. */
char *proven_keep(const struct passages *passages, const struct oidc_provider *provider,
                  const struct identity *identity, struct arena *arena);
/* Who comes with it, as of one of these providers; false: nobody, or too late. Texts are of the arena. `cookie` may be
 * NULL. The mail is not in it. */
bool proven_read(const struct passages *passages, const struct oidc_providers *providers, const char *cookie,
                 struct arena *arena, struct identity *ret);

#endif
