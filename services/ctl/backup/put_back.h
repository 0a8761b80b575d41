/* put_back.h: a backup becomes a run directory again. Everything is made beside its place (DIRECTORY.partiel), checked,
 * and then renamed into place at once: an empty or missing DIRECTORY, never one that holds something. What does not
 * hold together (a damaged chunk, keys that are not the topology's, a log whose chain breaks, stores of two moments)
 * is told before anything is in place.
 *
 * A restore that was killed or had no room goes on where it was: each store keeps, in the transaction of its rows, the
 * number of the chunk that comes next. */
#ifndef SERVICES_CTL_BACKUP_PUT_BACK_H
#define SERVICES_CTL_BACKUP_PUT_BACK_H

#include "services/ctl/backup/repository.h"

struct put_back {
        struct repository *repository;
        const struct manifest *manifest;
        const char *directory; /* to be */
        const char *survives;  /* the network's old directory, which may know of more erasures; NULL: nothing */
        void (*progress)(const char *what, size_t done, size_t count); /* chunks; may be NULL */
};

int put_back(const struct put_back *put_back, struct err_info *info) ATTR_MUST_CHECK;

/* One environment from its rows, all of it or going on: chunks are asked for by number. For put_back. */
int put_back_store(const struct put_back *put_back, const struct kept_store *kept, const char *directory,
                   struct err_info *info) ATTR_MUST_CHECK;

#endif
