/* lost.h: what happened after a backup's moment and is not in it, as far as what survives can tell: the old stores
 * themselves, or how far others had followed one that is gone. Reads only. */
#ifndef SERVICES_CTL_BACKUP_LOST_H
#define SERVICES_CTL_BACKUP_LOST_H

#include "services/ctl/backup/manifest.h"

struct lost {
        const char *instance;
        uint64_t kept;             /* the last event in the backup */
        uint64_t last;             /* the last one known of; equal: nothing is known to be lost */
        int64_t first_ms, last_ms; /* when the first and the last of them happened; 0: not known */
        const char *told_by;       /* NULL: its own store; else who had followed it that far: there may be more */
        bool other_history;        /* its old store does not go on from where the backup stands */
};

/* `directory` is the run directory of what survives: its stores/INSTANCE are looked at. One row for each log of the
 * backup, in the arena. */
void lost_since(const struct manifest *manifest, const char *directory, struct arena *arena, struct lost **ret,
                size_t *ret_count);

#endif
