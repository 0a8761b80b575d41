/* store.h: every table of the tracking daemon, their keys, and all reading and writing of their rows. No other file of
 * this daemon names a table or builds a key. Rows found are copies in the arena or the caller's struct; list walks must
 * not be mixed with writes. Failures are the transaction's (sticky): a row then reads as missing.
 *
 *   table                     key                          row
 *   beneficiary               beneficiary id               BeneficiaryRow (state.proto), identity and decisions sealed
 *   beneficiary_by_territory  territory, beneficiary id    empty
 *   beneficiary_by_prescriber organisation, beneficiary    empty
 *   reading                   number u64 of the event   ReadingRow (state.proto), the reason sealed
 *   reading_by_beneficiary    beneficiary id, number u64 empty
 *   placement                 placement id                 struct placement (placement.h), 112 bytes
 *   placement_file            placement id                 PlacementFile (state.proto): the event, tutor and referent
 *   placement_exit            placement id                 sealed reason of its end, where one was given
 *   placement_by_beneficiary  beneficiary, placement id    empty
 *   placement_by_obligation   obligation, placement id     empty
 *   placement_by_organisation organisation, placement id   empty; the employer's, and the host's if it is another
 *   hours                     month i32, placement id      struct statement (statement.h), 16 bytes
 *   invoice                   invoice id                   InvoiceConverted (events.proto)
 *   invoice_by_number         subcontractor, number text   invoice id: an invoice is counted once
 *   invoice_by_obligation     obligation, invoice id       empty
 *   obligation_copy           obligation id                ObligationCopy (state.proto), from contracts
 *   obligation_by_contract    contract, obligation id      empty, from contracts
 *   private_contract          contract id                  PrivateContract (state.proto), from contracts
 *   organisation_copy         organisation id              OrganisationCopy (state.proto), from directory
 */
#ifndef SERVICES_TRACKING_STORE_H
#define SERVICES_TRACKING_STORE_H

#include "common/base/arena.h"
#include "common/store/key.h"
#include "common/store/store.h"
#include "common/store/walk.h"
#include "services/tracking/placement.h"
#include "services/tracking/statement.h"
#include "tracking/events.pb-c.h"
#include "tracking/state.pb-c.h"

enum { TRACKING_STORE_VERSION = 4, TRACKING_TABLE_COUNT = 19 };
extern const struct table_spec tracking_tables[TRACKING_TABLE_COUNT];

/* --- one row by its key; NULL or false: there is none --- */
Tracking__BeneficiaryRow *tracking_beneficiary(struct txn *txn, struct id id, struct arena *arena);
Tracking__ReadingRow *tracking_reading(struct txn *txn, uint64_t number, struct arena *arena);
bool tracking_placement(struct txn *txn, struct id id, struct placement *ret);
Tracking__PlacementFile *tracking_placement_file(struct txn *txn, struct id id, struct arena *arena);
bool tracking_placement_exit(struct txn *txn, struct id id, struct slice *ret_sealed); /* dies with the transaction */
bool tracking_statement(struct txn *txn, struct month month, struct id placement, struct statement *ret);
Tracking__InvoiceConverted *tracking_invoice(struct txn *txn, struct id id, struct arena *arena);
/* NULL: no invoice of the subcontractor counts under that number. */
Tracking__InvoiceConverted *tracking_invoice_of_number(struct txn *txn, struct id subcontractor, const char *number,
                                                       struct arena *arena);
Tracking__ObligationCopy *tracking_obligation(struct txn *txn, struct id id, struct arena *arena);
Tracking__OrganisationCopy *tracking_organisation(struct txn *txn, struct id id, struct arena *arena);
Tracking__PrivateContract *tracking_private(struct txn *txn, struct id contract, struct arena *arena);
/* Of an obligation: its contract, where that is a private one. NULL: it is public, or not known here. */
Tracking__PrivateContract *tracking_private_of(struct txn *txn, struct id obligation, struct arena *arena);

/* --- writing: apply() and the copies only --- */
void tracking_put_beneficiary(struct txn *txn, struct id id, const Tracking__BeneficiaryRow *row, struct arena *arena);
void tracking_index_beneficiary(struct txn *txn, struct id id, const Tracking__BeneficiaryRow *row);
void tracking_put_reading(struct txn *txn, uint64_t number, const Tracking__ReadingRow *row, struct arena *arena);
void tracking_put_placement(struct txn *txn, struct id id, const struct placement *row);
void tracking_index_placement(struct txn *txn, struct id id, const struct placement *row);
void tracking_put_placement_file(struct txn *txn, struct id id, const Tracking__PlacementFile *row,
                                 struct arena *arena);
void tracking_put_placement_exit(struct txn *txn, struct id id, struct slice sealed);
void tracking_put_statement(struct txn *txn, struct month month, struct id placement, struct statement row);
void tracking_put_invoice(struct txn *txn, const Tracking__InvoiceConverted *row, struct arena *arena);
void tracking_put_obligation(struct txn *txn, struct id id, const Tracking__ObligationCopy *row, struct arena *arena);
void tracking_put_organisation(struct txn *txn, struct id id, const Tracking__OrganisationCopy *row,
                               struct arena *arena);
void tracking_put_private(struct txn *txn, struct id contract, const Tracking__PrivateContract *row,
                          struct arena *arena);
void tracking_delete_private(struct txn *txn, struct id contract);

/* --- numbers of files that were opened, newest first; of one person, or of all (zero) --- */
void tracking_readings(struct txn *txn, struct id beneficiary, struct slice before, struct walk *ret);

/* Of all persons, and of the placements whose contacts are sealed. As service_spec.each_key. */
void tracking_each_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument);

/* --- ids, in ascending order, of one list (common/store/walk.h). `after` is the last id already seen --- */
enum id_list {
        LIST_BENEFICIARIES,              /* all; part: unused */
        LIST_BENEFICIARIES_OF_TERRITORY, /* part: the text */
        LIST_BENEFICIARIES_OF_PRESCRIBER,
        LIST_PLACEMENTS, /* all; part: unused */
        LIST_PLACEMENTS_OF_BENEFICIARY,
        LIST_PLACEMENTS_OF_OBLIGATION,
        LIST_PLACEMENTS_OF_ORGANISATION,
        LIST_INVOICES_OF_OBLIGATION,
        LIST_OBLIGATIONS_OF_CONTRACT, /* copies */
        LIST_PRIVATE_CONTRACTS,       /* all; part: unused */
        LIST_HOURS_OF_MONTH, /* placements that have a statement; part: key of the month; walk.scan.value is its row */
};
struct key tracking_part_of_month(struct month month);
void tracking_walk(struct txn *txn, enum id_list list, struct key part, struct slice after, struct walk *ret);
struct statement tracking_walk_statement(const struct walk *walk); /* LIST_HOURS_OF_MONTH */

#endif
