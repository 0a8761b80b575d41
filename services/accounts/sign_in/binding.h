/* binding.h: identities that providers vouch for, and the accounts that they open. Made by who is signed in alone, and
 * never because a mail address is the same. */
#ifndef SERVICES_ACCOUNTS_SIGN_IN_BINDING_H
#define SERVICES_ACCOUNTS_SIGN_IN_BINDING_H

#include "accounts/providers.pb-c.h"
#include "common/service/work.h"

/* Its hash: of the three texts with their lengths, so that no two identities run into each other. */
struct slice binding_hash(const Accounts__ProviderIdentity *identity, struct arena *arena);

/* NULL: it opens nothing. */
Accounts__BindingRow *binding_find(struct work *work, const Accounts__ProviderIdentity *identity);

void binding_end(struct work *work, const Accounts__BindingRow *row); /* records it, and forgets what was kept of it */
void bindings_end(struct work *work, struct id account);

#endif
