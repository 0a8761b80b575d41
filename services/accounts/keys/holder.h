/* holder.h: who is signed in, with which key. Called by the handlers of what one does with one's own account. */
#ifndef SERVICES_ACCOUNTS_KEYS_HOLDER_H
#define SERVICES_ACCOUNTS_KEYS_HOLDER_H

#include "accounts/state.pb-c.h"
#include "common/service/work.h"

/* Who came through a gateway, with a key of hers. A tool's passport states whom it likes, and has no keys. */
bool holder_is_signed_in(const struct work *work);
struct reply refuse_tool(struct work *work);

/* The key by which she came; NULL: it ended meanwhile. */
Accounts__KeyRow *holder_key(struct work *work);

#endif
