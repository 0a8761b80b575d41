/* erasures.h: who is erased stays erased. A backup of before still has her key; so each backup names in its manifest
 * who was erased by then, and a restore leaves beside each store, in a file "erasures", whom its daemon erases again as
 * it starts, before it answers: those whom any backup of the repository, or what survives of the network, knows as
 * erased and this backup does not. Ids only. Arrays live in the arena. */
#ifndef SERVICES_CTL_BACKUP_ERASURES_H
#define SERVICES_CTL_BACKUP_ERASURES_H

#include "services/ctl/backup/moment.h"
#include "services/ctl/backup/put_back.h"

/* Of a store with a snapshot; one that has no such table has erased nobody. */
void erasures_in(const struct moment_store *store, struct arena *arena, struct id **ret, size_t *ret_count);

/* Into `staging`, a run directory in the making. Backups that cannot be read are passed over: *ret_unread. */
int erasures_put_back(const struct put_back *put_back, const char *staging, size_t *ret_unread,
                      struct err_info *info) ATTR_MUST_CHECK;

#endif
