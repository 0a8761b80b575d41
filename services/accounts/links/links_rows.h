/* links_rows.h: the rows of links. Only the functions of links_events.c call those that write.
 *
 *   table     key                    value
 *   link      link id                accounts.LinkRow: of those that open nothing any more too
 *   link_of   object id, link id     –
 */
#ifndef SERVICES_ACCOUNTS_LINKS_LINKS_ROWS_H
#define SERVICES_ACCOUNTS_LINKS_LINKS_ROWS_H

#include "accounts/links.pb-c.h"
#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/store/tables.h"
#include "common/store/walk.h"

#define LINKS_TABLES(TABLE)                                                                                            \
        TABLE(LINK, "link", TABLE_STATE)                                                                               \
        TABLE(LINK_OF, "link_of", TABLE_STATE)
LINKS_TABLES(TABLE_NUMBER)

Accounts__LinkRow *store_link(struct txn *txn, struct id id, struct arena *arena); /* NULL: there is none */
void store_put_link(struct txn *txn, const Accounts__LinkRow *row, struct arena *arena);

/* Newest first: those of an object, or all of them. */
void store_walk_links_of(struct txn *txn, struct id object, struct slice before, struct walk *ret);
void store_walk_links(struct txn *txn, struct slice before, struct walk *ret);

#endif
