/* followup_rows.h: contacts with a person, adjustments and actions for her. Rows found live in the arena; puts are for
 * apply() only. Walks must not be mixed with writes.
 *
 *   table                     key                          row
 *   contact                   beneficiary id, contact id   ContactRow (followup.proto), what was said sealed
 *   action                    beneficiary id, action id    ActionRow (followup.proto), the same */
#ifndef SERVICES_TRACKING_FOLLOWUP_FOLLOWUP_ROWS_H
#define SERVICES_TRACKING_FOLLOWUP_FOLLOWUP_ROWS_H

#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/store/tables.h"
#include "common/store/walk.h"
#include "tracking/followup.pb-c.h"

#define FOLLOWUP_TABLES(TABLE)                                                                                         \
        TABLE(CONTACT, "contact", TABLE_STATE)                                                                         \
        TABLE(ACTION, "action", TABLE_STATE)
FOLLOWUP_TABLES(TABLE_NUMBER)

Tracking__ContactRow *tracking_contact(struct txn *txn, struct id beneficiary, struct id contact, struct arena *arena);
void tracking_put_contact(struct txn *txn, struct id beneficiary, struct id contact, const Tracking__ContactRow *row,
                          struct arena *arena);
Tracking__ActionRow *tracking_action(struct txn *txn, struct id beneficiary, struct id action, struct arena *arena);
void tracking_put_action(struct txn *txn, struct id beneficiary, struct id action, const Tracking__ActionRow *row,
                         struct arena *arena);

/* Newest first; `before`: the last id already seen. walk_message() gives the row. */
void contacts_walk(struct txn *txn, struct id beneficiary, struct slice before, struct walk *ret);
/* Oldest first. */
void actions_walk(struct txn *txn, struct id beneficiary, struct walk *ret);

/* She is erased: all of hers goes. */
void followup_forget(struct txn *txn, struct id beneficiary);

#endif
