/* rooms.h: the rooms of the daemon put together: their tables in one store, the dated rules that they read, their short
 * rows, the names that they seal. What a room below must call of one above stands here in a table, so that includes
 * lead downwards only (tests/tidy/rooms.txt). Called by dispatch.c. */
#ifndef SERVICES_CONTRACTS_ROOMS_H
#define SERVICES_CONTRACTS_ROOMS_H

#include "common/service/spec.h"
#include "services/contracts/agreements/agreements_rows.h"
#include "services/contracts/association/association_rows.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/consultation/appraisal_rows.h"
#include "services/contracts/consultation/consultation_rows.h"
#include "services/contracts/corrections/undo.h"
#include "services/contracts/control/control_rows.h"
#include "services/contracts/control/pace_rows.h"
#include "services/contracts/drafting/drafting_rows.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/ledger/worked_rows.h"
#include "services/contracts/needs/needs_rows.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/programming/programming_rows.h"
#include "services/contracts/publication/publication_rows.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/referrals/referrals_rows.h"
#include "services/contracts/reserved/reserved_rows.h"
#include "services/contracts/subcontracts/subcontracts_rows.h"

#define ROOM_TABLES(TABLE)                                                                                             \
        LEDGER_TABLES(TABLE)                                                                                           \
        WORKED_TABLES(TABLE)                                                                                           \
        CLAUSES_TABLES(TABLE)                                                                                          \
        OBLIGATIONS_TABLES(TABLE)                                                                                      \
        NEEDS_TABLES(TABLE)                                                                                            \
        CONSULTATION_TABLES(TABLE)                                                                                     \
        APPRAISAL_TABLES(TABLE)                                                                                        \
        ASSOCIATION_TABLES(TABLE)                                                                                      \
        AGREEMENTS_TABLES(TABLE)                                                                                       \
        RESERVED_TABLES(TABLE)                                                                                         \
        CONTROL_TABLES(TABLE)                                                                                          \
        PACE_TABLES(TABLE)                                                                                             \
        PUBLICATION_TABLES(TABLE)                                                                                      \
        REFERRALS_TABLES(TABLE)                                                                                        \
        SUBCONTRACTS_TABLES(TABLE)                                                                                     \
        PROGRAMMING_TABLES(TABLE)                                                                                      \
        DRAFTING_TABLES(TABLE)                                                                                         \
        CORRECTIONS_TABLES(TABLE)

enum { PLACES_BEGIN = RECORD_TABLES_END - 1, ROOM_TABLES(TABLE_PLACE) PLACES_END };

enum { CONTRACTS_TABLE_COUNT = PLACES_END - RUNTIME_TABLES, CONTRACTS_STORE_VERSION = 11 };
extern const struct table_spec contracts_tables[CONTRACTS_TABLE_COUNT];

/* Of all names that are sealed today. As service_spec.each_key. */
void contracts_each_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument);

/* Hooks of the service: the dated rules of all rooms are read, and checked, or the daemon does not start. */
int contracts_start(struct engine *engine, const void *config, void **ret_context, struct err_info *info);
void contracts_stop(void *context);
const struct code_lists *contracts_codes(const void *context); /* as service_spec.codes */

#endif
