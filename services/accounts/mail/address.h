/* address.h: where who has an account gets mail. Addresses are sealed by the key that lies outside the store, and found
 * again by a keyed hash; each box goes with the unpublished part that holds it. */
#ifndef SERVICES_ACCOUNTS_MAIL_ADDRESS_H
#define SERVICES_ACCOUNTS_MAIL_ADDRESS_H

#include "accounts/mail.pb-c.h"
#include "common/service/work.h"

/* Records that it awaits its confirmation, in the place of another that does. */
void own_address_give(struct work *work, struct id account, const char *email);
/* Records that the one that awaits it is confirmed; the one before is forgotten. */
void own_address_confirm(struct work *work, struct id account);
void own_address_drop_awaiting(struct work *work, struct id account);
/* Records that it has none any more; nothing where it has none. */
void own_address_remove(struct work *work, struct id account);

/* In clear, in the arena; NULL: there is none, or it cannot be opened. */
const char *own_address_open(struct work *work, struct id account, const Accounts__AddressSealed *sealed);

/* The keyed hash of an address, whatever its letters' size. */
struct slice own_address_hash(struct work *work, const char *email);

/* Whether the network has the key that seals them; else *ret_refusal. */
bool own_address_may_be_kept(const struct work *work, struct refusal *ret_refusal);

#endif
