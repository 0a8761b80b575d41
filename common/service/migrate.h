/* migrate.h: a store that an older program wrote becomes one of today. There are no steps to write: whoever changes
 * what an event does, or a table, raises store_version. The tables of kind STATE are made again from the own log; those
 * of kind COPY begin empty and fill again from their sources, without a second reaction (store/position.h); the
 * runtime's (log, deduplication, positions, meta) are taken over as they are.
 *
 * It is made beside the old one, in its directory, and takes its place in one step: a crash, a full disk, an event that
 * cannot be read leave the old store as it was, and the next start begins again. */
#ifndef COMMON_SERVICE_MIGRATE_H
#define COMMON_SERVICE_MIGRATE_H

#include "common/service/spec.h"

/* `today` is how the store is to be opened afterwards. Nobody may write to the store of `directory` meanwhile. 0;
 * ERR_STORE_NEWER, ERR_STORE: see replay_log(); ERR_DISK_FULL: there must be room for a second store. */
int migrate_store(const struct service_spec *spec, const struct store_spec *today, const char *directory,
                  struct world *world, struct err_info *info) ATTR_MUST_CHECK;
/* What a migration that was killed left behind. */
void migrate_tidy(const char *directory);

/* The tables of kind COPY are emptied and fill again, as above: for a store that need not be made anew. */
void migrate_copies(const struct service_spec *spec, struct txn *txn);

#endif
