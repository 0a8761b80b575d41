/* address.h: the addresses that alerts go to, and those that await their code: sealed, each with a key of its own,
 * which is destroyed when the address is replaced or removed. Used by handlers, by the delivery and by the queries. */
#ifndef SERVICES_NOTIFICATIONS_ADDRESS_H
#define SERVICES_NOTIFICATIONS_ADDRESS_H

#include "common/service/work.h"
#include "notifications/state.pb-c.h"
#include "services/notifications/words.h"

/* The address and its code, in the arena; NULL: no such address (any more), its key is destroyed, or does not hold. */
const Notifications__SealedAddress *address_open(struct engine *engine, struct txn *txn, const Types__Id *id,
                                                 struct arena *arena);

/* A new address with a new code, sealed with a new key. */
struct new_address {
        struct id id;
        struct slice sealed;
};
int address_make(struct work *work, const char *email, struct new_address *ret) ATTR_MUST_CHECK;

/* Destroys the key of an address that is no longer needed; NULL: there is none. */
void address_destroy(struct work *work, const Types__Id *id);

/* What stands below a mail that carries a link: `until` is a day. */
struct words link_mail(const Texts__TextVersion *texts, const char *address, const char *until, struct arena *arena);

/* What the mail with the code says. */
struct words address_mail(const Texts__TextVersion *texts, const char *code, struct arena *arena);

#endif
