/* recovery.h: the two halves of the key that backups are sealed with. The machine's half (keys/backup.key) seals and
 * recognises backups of its network, but opens nothing: who steals the machine does not read last year's. The other
 * half, the recovery file, opens them; it is made once, kept away from the machine and from the backups, and proven by
 * every restore (docs/RUNBOOK.md, the drill).
 *
 *   seal_public    anybody who has it may seal a chunk's key (crypto_box_seal)
 *   seal_secret    opens these; in the recovery file only
 *   recognition    key of the names of chunks and of the seal of a manifest: without it nothing can be slipped in
 *
 * Both are JSON of hexadecimal digits, mode 600; a file that others may read is refused. */
#ifndef SERVICES_CTL_BACKUP_RECOVERY_H
#define SERVICES_CTL_BACKUP_RECOVERY_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/err.h"

enum { RECOVERY_KEY_SIZE = 32 };

struct recovery {
        uint8_t seal_public[RECOVERY_KEY_SIZE];
        uint8_t seal_secret[RECOVERY_KEY_SIZE]; /* only where `opens` */
        uint8_t recognition[RECOVERY_KEY_SIZE];
        bool opens;
};

void recovery_new(struct recovery *ret); /* both halves, drawn at random */
/* Writes what is needed for sealing, or (`whole`) for opening too. Never overwrites. */
int recovery_write(const struct recovery *recovery, const char *path, bool whole,
                   struct err_info *info) ATTR_MUST_CHECK;
/* ERR_CONFIG with a French text: missing, readable by others, damaged. */
int recovery_read(const char *path, struct recovery *ret, struct err_info *info) ATTR_MUST_CHECK;
void recovery_wipe(struct recovery *recovery); /* accepts a zeroed one */

#endif
