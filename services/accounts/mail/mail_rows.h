/* mail_rows.h: the rows of addresses and of what is mailed to them. Only the functions of mail_events.c call those that
 * write.
 *
 *   table         key                                     value
 *   own_address   account id                              accounts.OwnAddressRow
 *   address_of    keyed hash of the address, account id   –: confirmed ones alone
 *   mail          mail id                                 accounts.MailRow: sent ones too, until they are forgotten
 *   mail_of       account id, mail id                     –
 *   mail_by_hash  BLAKE2b-256 of its link's secret        mail id
 *
 * Messages returned live in the arena. */
#ifndef SERVICES_ACCOUNTS_MAIL_MAIL_ROWS_H
#define SERVICES_ACCOUNTS_MAIL_MAIL_ROWS_H

#include "accounts/mail.pb-c.h"
#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/store/tables.h"
#include "common/store/walk.h"

#define MAIL_TABLES(TABLE)                                                                                             \
        TABLE(OWN_ADDRESS, "own_address", TABLE_STATE)                                                                 \
        TABLE(ADDRESS_OF, "address_of", TABLE_STATE)                                                                   \
        TABLE(MAIL, "mail", TABLE_STATE)                                                                               \
        TABLE(MAIL_OF, "mail_of", TABLE_STATE)                                                                         \
        TABLE(MAIL_BY_HASH, "mail_by_hash", TABLE_STATE)
MAIL_TABLES(TABLE_NUMBER)

enum { ADDRESS_HASH_SIZE = 16 };

/* Never NULL: an empty row where there is none. */
Accounts__OwnAddressRow *store_own_address(struct txn *txn, struct id account, struct arena *arena);
/* In the place of the one before, with its index. */
void store_put_own_address(struct txn *txn, struct id account, const Accounts__OwnAddressRow *row, struct arena *arena);
void store_drop_own_address(struct txn *txn, struct id account, struct arena *arena);
/* The accounts whose confirmed address has that hash: so many at most. */
size_t store_accounts_at(struct txn *txn, struct slice hash, struct id *ret, size_t max);

Accounts__MailRow *store_mail(struct txn *txn, struct id mail, struct arena *arena); /* NULL: there is none */
Accounts__MailRow *store_mail_of_hash(struct txn *txn, struct slice hash, struct arena *arena);
void store_put_mail(struct txn *txn, const Accounts__MailRow *row, struct arena *arena);
void store_drop_mail(struct txn *txn, struct id mail, struct arena *arena);  /* one that is not there: nothing */
void store_walk_mails(struct txn *txn, struct id account, struct walk *ret); /* of an account, newest first */
void store_walk_oldest_mails(struct txn *txn, struct walk *ret);             /* everybody's, oldest first */

#endif
