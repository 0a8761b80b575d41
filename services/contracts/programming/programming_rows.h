/* programming_rows.h: the rows of this room. Reads live in the arena; puts are for apply() and the copy function.
 *
 * table                kind   key                                        value
 * programme_line       STATE  line id                                    ProgrammeLineRow
 * programme_by_buyer   STATE  buyer SIRET text, u32 year, u32 row, id    -
 * programme_by_name    STATE  32 bytes: hash of buyer, year and name     line id
 * programme_settings   STATE  buyer SIRET text                           ProgrammeSettings
 * programme_batch, programme_batch_row, programme_sender, programme_file: STATE, see common/service/batches.h
 * structure            COPY   organisation id                            StructureSeen: inclusive, and open
 * structure_count      COPY   territory text, u32 kind                   StructureCount */
#ifndef SERVICES_CONTRACTS_PROGRAMMING_PROGRAMMING_ROWS_H
#define SERVICES_CONTRACTS_PROGRAMMING_PROGRAMMING_ROWS_H

#include "common/service/batches.h"
#include "common/service/rights.h"
#include "common/store/tables.h"
#include "services/contracts/record/record_rows.h"

#define PROGRAMMING_TABLES(TABLE)                                                                                      \
        TABLE(PROGRAMME_LINE, "programme_line", TABLE_STATE)                                                           \
        TABLE(PROGRAMME_BY_BUYER, "programme_by_buyer", TABLE_STATE)                                                   \
        TABLE(PROGRAMME_BY_NAME, "programme_by_name", TABLE_STATE)                                                     \
        TABLE(PROGRAMME_SETTINGS, "programme_settings", TABLE_STATE)                                                   \
        TABLE(PROGRAMME_BATCH, "programme_batch", TABLE_STATE)                                                         \
        TABLE(PROGRAMME_BATCH_ROW, "programme_batch_row", TABLE_STATE)                                                 \
        TABLE(PROGRAMME_SENDER, "programme_sender", TABLE_STATE)                                                       \
        TABLE(PROGRAMME_FILE, "programme_file", TABLE_STATE)                                                           \
        TABLE(STRUCTURE, "structure", TABLE_COPY)                                                                      \
        TABLE(STRUCTURE_COUNT, "structure_count", TABLE_COPY)
PROGRAMMING_TABLES(TABLE_NUMBER)

Contracts__ProgrammeLineRow *programme_line_find(struct txn *txn, struct arena *arena, struct id line);
/* The line of that name: the buyer's reference, or the title where there is none; compared without accents, case and
 * signs. False: there is none. */
bool programme_line_named(struct txn *txn, const char *siret, uint32_t year, const char *name, struct id *ret);
/* Puts the row; the one before it leaves the indexes. */
void programme_line_put(struct txn *txn, struct arena *arena, const Contracts__ProgrammeLineRow *row);
void programme_line_delete(struct txn *txn, const Contracts__ProgrammeLineRow *row);
const char *programme_line_name(const Contracts__ProgrammeLine *line);

/* In the order of the buyer's list. */
void programme_walk(struct txn *txn, const char *siret, uint32_t year, struct slice after, struct walk *ret);

/* Of all whose contacts are sealed, newest line first. False: it was told to stop. */
bool programming_each_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument);

/* ---- the lists that were taken, of running contracts too (running/); the sender of a programme is the buyer's SIRET */
#define PROGRAMME_LIST "programme"
struct batch_tables contracts_batches(void);
/* Security: buyers see and take back their own, facilitators those of their territories. */
enum standing programme_import_standing(const struct work *work, const Types__ImportBatch *batch);

/* NULL: nothing is remembered. */
Contracts__ProgrammeSettings *programme_settings_find(struct txn *txn, struct arena *arena, const char *siret);
void programme_settings_put(struct txn *txn, struct arena *arena, const Contracts__ProgrammeSettings *settings);

/* Inclusive structures that are open. `kind`: directory.OrganisationKind. */
uint32_t programme_structures(struct txn *txn, struct arena *arena, const char *territory);
/* An organisation as the directory tells it: counted where it is inclusive, open and its department is known. NULL: it
 * is not, or no more. */
void programme_structure_put(struct txn *txn, struct arena *arena, struct id organisation,
                             const Contracts__StructureSeen *seen);

#endif
