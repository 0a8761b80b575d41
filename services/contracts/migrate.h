/* migrate.h: stores that an older program wrote. Their log is what it was: tables follow from it again. Called by the
 * store when it is opened. */
#ifndef SERVICES_CONTRACTS_MIGRATE_H
#define SERVICES_CONTRACTS_MIGRATE_H

#include "common/store/store.h"

/* Empties the daemon's own tables and applies its log to them, in the one transaction of the migration. What was copied
 * from other daemons stays. ERR_STORE where the log cannot be read. */
int contracts_migrate_by_replay(struct txn *txn, struct err_info *info);

#endif
