/* give.h: new keys, and which an account has. A key is drawn here, told once, and kept as its hash alone. */
#ifndef SERVICES_ACCOUNTS_KEYS_GIVE_H
#define SERVICES_ACCOUNTS_KEYS_GIVE_H

#include "accounts/commands.pb-c.h"
#include "accounts/state.pb-c.h"
#include "common/service/work.h"

/* What one account may have at a time; expired ones go when another is given. */
enum { KEYS_MAX = 64, KEYS_LOOKED_AT = 256 };

/* A new key that ends then: fills in `given`'s id, hash and end, and what the event does not say yet is the caller's.
 * Returns its text. */
char *key_draw(struct work *work, int64_t ends_ms, Accounts__KeyGiven *given);

/* The token of that membership; NULL: it has none. */
Accounts__KeyRow *key_token_of(struct work *work, struct id account, struct id membership);

/* When it opens nothing any more: its end, or, of a session that rests too long, sooner. */
int64_t key_ends_ms(const Accounts__KeyRow *row);

/* How many of its keys open something, KEYS_LOOKED_AT at most. */
size_t keys_count(struct work *work, struct id account);
/* Records the end of its keys that have expired: whoever gives a new one sweeps first, so that rows do not gather. */
void keys_sweep(struct work *work, struct id account);

/* Records its end. */
void key_end(struct work *work, const Accounts__KeyRow *row);
/* What a session was opened from is kept no longer than the session. Of one that an event ends, or replaces. */
void key_forget_browser(struct work *work, const Accounts__KeyRow *row);

struct reply reply_key(struct work *work, const Accounts__KeyGiven *given, char *text);

#endif
