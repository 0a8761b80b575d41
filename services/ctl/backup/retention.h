/* retention.h: which backups are kept. Each count keeps the newest so many: backups, and the newest one of a day, a
 * week (Monday to Sunday) or a month, UTC. What one of the counts keeps is kept; with no count at all, everything. */
#ifndef SERVICES_CTL_BACKUP_RETENTION_H
#define SERVICES_CTL_BACKUP_RETENTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct retention {
        uint64_t last, daily, weekly, monthly;
};

bool retention_is_set(const struct retention *retention);
/* `at_ms` are the moments, newest first; ret_keep has room for `count`. */
void retention_choose(const struct retention *retention, const int64_t *at_ms, size_t count, bool *ret_keep);

#endif
