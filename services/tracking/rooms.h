/* rooms.h: the rooms of the daemon put together: their tables in one store, the keys of all whom they seal. Includes
 * lead downwards only (tests/tidy/rooms.txt). Called by dispatch.c. */
#ifndef SERVICES_TRACKING_ROOMS_H
#define SERVICES_TRACKING_ROOMS_H

#include "common/store/tables.h"
#include "services/tracking/controls/controls_rows.h"
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/documents/documents_rows.h"
#include "services/tracking/followup/followup_rows.h"
#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/homes/homes_rows.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/imports/imports_rows.h"
#include "services/tracking/invoices/invoices_rows.h"
#include "services/tracking/outcomes/outcomes_rows.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/privacy/privacy_rows.h"
#include "services/tracking/proposals/proposals_rows.h"
#include "services/tracking/relocations/relocations_rows.h"

#define ROOM_TABLES(TABLE)                                                                                             \
        HOMES_TABLES(TABLE)                                                                                            \
        PERSONS_TABLES(TABLE)                                                                                          \
        IDENTITY_TABLES(TABLE)                                                                                         \
        PRIVACY_TABLES(TABLE)                                                                                          \
        PROPOSALS_TABLES(TABLE)                                                                                        \
        RELOCATIONS_TABLES(TABLE)                                                                                      \
        PLACEMENTS_TABLES(TABLE)                                                                                       \
        DECISIONS_TABLES(TABLE)                                                                                        \
        OUTCOMES_TABLES(TABLE)                                                                                         \
        FOLLOWUP_TABLES(TABLE)                                                                                         \
        CONTROLS_TABLES(TABLE)                                                                                         \
        HOURS_TABLES(TABLE)                                                                                            \
        INVOICES_TABLES(TABLE)                                                                                         \
        DOCUMENTS_TABLES(TABLE)                                                                                        \
        IMPORTS_TABLES(TABLE)                                                                                          \
        COPIES_TABLES(TABLE)
enum { PLACES_BEGIN = RUNTIME_TABLES - 1, ROOM_TABLES(TABLE_PLACE) PLACES_END };

enum { TRACKING_STORE_VERSION = 13, TRACKING_TABLE_COUNT = PLACES_END - RUNTIME_TABLES };
extern const struct table_spec tracking_tables[TRACKING_TABLE_COUNT];

/* Of all persons, and of the placements whose contacts are sealed. As service_spec.each_key. */
void tracking_each_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument);

#endif
