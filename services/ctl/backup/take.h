/* take.h: makes one backup of a network that runs: every store of this machine at one moment (moment.h), its topology
 * and its keys. All snapshots but a log's are given up as soon as their rows are read; a log is read in short slices,
 * since what it holds up to the moment's head never changes. So a long log keeps no page from being used again.
 *
 * A backup that fails or is killed has written chunks that the next one finds and reuses; it is there once its manifest
 * is, which is written last, when every new chunk has been read back from the disk. */
#ifndef SERVICES_CTL_BACKUP_TAKE_H
#define SERVICES_CTL_BACKUP_TAKE_H

#include "common/service/topology.h"
#include "services/ctl/backup/repository.h"

struct take {
        const struct topology *topology;
        const char *without; /* see moment_open() */
        const struct recovery *recovery;
        struct repository *repository; /* opened to write */
        uint32_t snapshot_ms_max; /* 0: LIMIT_SNAPSHOT_MS. A backup that is slower fails; the next finds its chunks. */
        /* Now and then; may be NULL: what is being read, how many bytes of rows so far. */
        void (*progress)(const char *what, uint64_t bytes);
        void (*settling)(size_t done, size_t count); /* chunks read back */
};

/* *ret lives in the arena. */
int take_backup(const struct take *take, struct arena *arena, struct manifest *ret,
                struct err_info *info) ATTR_MUST_CHECK;

#endif
