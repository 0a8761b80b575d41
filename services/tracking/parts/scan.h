/* scan.h: the numbers of the log's events about each person and invoice of a part, as far as the log was read. In
 * memory alone: made anew after a start. Loop thread. */
#ifndef SERVICES_TRACKING_PARTS_SCAN_H
#define SERVICES_TRACKING_PARTS_SCAN_H

#include "common/service/work.h"
#include "tracking/parts.pb-c.h"

struct scan_slot;
struct scan_entry;
struct part_scan {
        uint64_t read; /* number of the last event that was looked at */
        struct scan_slot *slots;
        size_t slot_room, slot_count;
        struct scan_entry *entries;
        size_t entry_room, entry_count;
};

/* Looks at so many events more at most. False: an event cannot be read. */
bool part_scan_some(struct part_scan *scan, struct txn *txn, const Tracking__PartChoice *choice, size_t most);
/* The numbers about one of them, ascending, in the arena. False: it was passed over, when it was not of the part: to be
 * read again from the first event on. */
bool part_scan_of(const struct part_scan *scan, struct id id, struct arena *arena, uint64_t **ret, size_t *ret_count);
void part_scan_fini(struct part_scan *scan); /* and it is empty again */

#endif
