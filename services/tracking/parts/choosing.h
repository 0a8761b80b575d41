/* choosing.h: who goes next: some persons with all of their files, then invoices; read in the writer's transaction. */
#ifndef SERVICES_TRACKING_PARTS_CHOOSING_H
#define SERVICES_TRACKING_PARTS_CHOOSING_H

#include "common/service/work.h"
#include "tracking/parts.pb-c.h"

/* Where the walk is: of the territory's persons, then of all invoices. In memory alone. */
struct part_cursor {
        bool are_invoices;
        struct id after;
        bool found_any; /* since it began at the first */
        bool is_done;   /* a whole walk found nobody */
};

enum { PART_PERSONS_OF_A_STEP = 32, PART_PLACEMENTS_OF_A_STEP = 128, PART_LOOKED_AT = 512 };

/* Some that are of the part, at most so many; none, and not done: there is more to be looked at. */
struct part_chosen {
        Types__Id **persons, **invoices;
        size_t person_count, invoice_count;
};
struct part_chosen part_choose(struct txn *txn, const Tracking__PartChoice *choice, struct part_cursor *cursor,
                               struct arena *arena);

#endif
