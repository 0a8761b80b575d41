/* repository.h: the directory that holds the backups of one network.
 *
 *     guichet-sauvegardes.json      whose backups, sealed for which recovery key
 *     NAME.sauvegarde               a manifest: the last thing that a backup writes, so what has one is whole
 *     chunks/ab/ab12…               sealed chunks by name; what two backups share is there once
 *
 * A chunk is written beside its place and renamed, and read again before it is relied on: what was cut by a crash, a
 * full disk or a rotten sector is written anew. So a backup that was interrupted goes on from the chunks it has. One
 * process writes at a time (a lock on the directory, gone with the process); readers share it. Texts of failures are
 * French, for the operator, with the remedy. */
#ifndef SERVICES_CTL_BACKUP_REPOSITORY_H
#define SERVICES_CTL_BACKUP_REPOSITORY_H

#include "services/ctl/backup/manifest.h"

struct repository;

/* `network`: whose backups to write, and the directory is made where it is missing; NULL: to read. `recovery` is
 * borrowed. */
int repository_open(const char *directory, const struct recovery *recovery, const char *network,
                    struct repository **ret, struct err_info *info) ATTR_MUST_CHECK;
void repository_close(struct repository *repository); /* accepts NULL */

/* Chunks. */
int repository_put(struct repository *repository, struct slice plain, struct chunk_name *ret,
                   struct err_info *info) ATTR_MUST_CHECK;
int repository_get(struct repository *repository, struct chunk_name name, struct arena *arena, struct slice *ret_plain,
                   struct err_info *info) ATTR_MUST_CHECK;
/* That it is there and whole; needs no secret. */
int repository_check(struct repository *repository, struct chunk_name name, struct err_info *info) ATTR_MUST_CHECK;
/* All that was put is on the disk, and is read back from it. `progress` (may be NULL) is called now and then. */
int repository_settle(struct repository *repository, void (*progress)(size_t done, size_t count),
                      struct err_info *info) ATTR_MUST_CHECK;

struct repository_figures {
        uint64_t chunks_new, bytes_new; /* sealed and written */
        uint64_t chunks_kept;           /* were there already, and are whole */
        uint64_t chunks_mended;         /* were there, but not whole: written anew */
};
struct repository_figures repository_figures(const struct repository *repository);

/* Manifests, oldest first. `ret_name` of each in the arena. */
int repository_list(struct repository *repository, struct arena *arena, const char ***ret_names, size_t *ret_count,
                    struct err_info *info) ATTR_MUST_CHECK;
int repository_read(struct repository *repository, const char *name, struct arena *arena, struct manifest *ret,
                    struct err_info *info) ATTR_MUST_CHECK;
int repository_publish(struct repository *repository, const struct manifest *manifest,
                       struct err_info *info) ATTR_MUST_CHECK;

/* Forgets one backup; its chunks stay until the sweep. */
int repository_forget(struct repository *repository, const char *name, struct err_info *info) ATTR_MUST_CHECK;
/* Removes the chunks that no backup names. Where one backup cannot be read nothing is removed: ERR_FORGED. */
int repository_sweep(struct repository *repository, size_t *ret_removed, struct err_info *info) ATTR_MUST_CHECK;

#endif
