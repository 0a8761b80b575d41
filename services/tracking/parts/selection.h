/* selection.h: which events are about whom, and which persons are of a part. Pure but for the rows that it reads.
 *
 * WHO ADDS A KIND OF EVENT adds its row in selection.c: BY_PERSON where the event has a beneficiary_id, BY_PLACEMENT
 * where it has a placement_id alone, BY_INVOICE where an invoice_id; STAYS where it tells of nobody, or of what remains
 * with the partition: imports, erased persons, parts themselves. And where its rows are new ones, leaving.c takes them
 * away when she leaves. tests/unit/services/tracking/parts/test_selection.c fails on a kind without a row. */
#ifndef SERVICES_TRACKING_PARTS_SELECTION_H
#define SERVICES_TRACKING_PARTS_SELECTION_H

#include "common/service/work.h"
#include "services/tracking/persons/identity_rows.h"
#include "tracking/events.pb-c.h"

enum part_belongs { PART_UNDECIDED, PART_STAYS, PART_BY_PERSON, PART_BY_PLACEMENT, PART_BY_INVOICE };
enum part_belongs part_belongs(uint32_t kind);

/* The ids of things that the event names, each zero where it names none. */
struct part_named {
        struct id person, placement, proposal, invoice;
};
struct part_named part_named(const Tracking__Event *event);

/* Whose event it is: a person or an invoice that is here now; zero: nobody's that could move. */
struct id part_subject(struct txn *txn, const Tracking__Event *event, struct arena *arena);

/* Is this person of the part? By the file of hers that goes on. */
bool part_has_person(struct txn *txn, const Tracking__PartChoice *choice, struct id person, struct arena *arena);
bool part_has_invoice(const Tracking__PartChoice *choice, struct id invoice, const char *territory);

#endif
