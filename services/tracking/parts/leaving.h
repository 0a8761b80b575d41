/* leaving.h: the things of persons who change their partition, and how their rows leave this one. For apply(). */
#ifndef SERVICES_TRACKING_PARTS_LEAVING_H
#define SERVICES_TRACKING_PARTS_LEAVING_H

#include "common/service/work.h"

/* All that requests may name of them: the persons, their placements and proposals, and the invoices. */
struct part_things {
        struct id *ids;
        size_t count;
};
struct part_group {
        Types__Id *const *persons;
        size_t person_count;
        Types__Id *const *invoices;
        size_t invoice_count;
};
struct part_things part_things(struct txn *txn, const struct part_group *group, struct arena *arena);

/* Every row of theirs goes. */
void part_leave(const struct change *change, const struct part_group *group);

#endif
