#include "services/tracking/store.h"

#include <string.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/index.h"
#include "common/store/key.h"
#include "common/store/runtime_tables.h"

enum {
        T_BENEFICIARY = RUNTIME_TABLES,
        T_BENEFICIARY_BY_TERRITORY,
        T_BENEFICIARY_BY_PRESCRIBER,
        T_READING,
        T_READING_BY_BENEFICIARY,
        T_PLACEMENT,
        T_PLACEMENT_FILE,
        T_PLACEMENT_EXIT,
        T_PLACEMENT_BY_BENEFICIARY,
        T_PLACEMENT_BY_OBLIGATION,
        T_PLACEMENT_BY_ORGANISATION,
        T_HOURS,
        T_INVOICE,
        T_INVOICE_BY_NUMBER,
        T_INVOICE_BY_OBLIGATION,
        T_OBLIGATION_COPY,
        T_OBLIGATION_BY_CONTRACT,
        T_PRIVATE_CONTRACT,
        T_ORGANISATION_COPY,
        TABLES_END,
};

const struct table_spec tracking_tables[TRACKING_TABLE_COUNT] = {
        [T_BENEFICIARY - RUNTIME_TABLES] = {"beneficiary", TABLE_STATE},
        [T_BENEFICIARY_BY_TERRITORY - RUNTIME_TABLES] = {"beneficiary_by_territory", TABLE_STATE},
        [T_BENEFICIARY_BY_PRESCRIBER - RUNTIME_TABLES] = {"beneficiary_by_prescriber", TABLE_STATE},
        [T_READING - RUNTIME_TABLES] = {"reading", TABLE_STATE},
        [T_READING_BY_BENEFICIARY - RUNTIME_TABLES] = {"reading_by_beneficiary", TABLE_STATE},
        [T_PLACEMENT - RUNTIME_TABLES] = {"placement", TABLE_STATE},
        [T_PLACEMENT_FILE - RUNTIME_TABLES] = {"placement_file", TABLE_STATE},
        [T_PLACEMENT_EXIT - RUNTIME_TABLES] = {"placement_exit", TABLE_STATE},
        [T_PLACEMENT_BY_BENEFICIARY - RUNTIME_TABLES] = {"placement_by_beneficiary", TABLE_STATE},
        [T_PLACEMENT_BY_OBLIGATION - RUNTIME_TABLES] = {"placement_by_obligation", TABLE_STATE},
        [T_PLACEMENT_BY_ORGANISATION - RUNTIME_TABLES] = {"placement_by_organisation", TABLE_STATE},
        [T_HOURS - RUNTIME_TABLES] = {"hours", TABLE_STATE},
        [T_INVOICE - RUNTIME_TABLES] = {"invoice", TABLE_STATE},
        [T_INVOICE_BY_NUMBER - RUNTIME_TABLES] = {"invoice_by_number", TABLE_STATE},
        [T_INVOICE_BY_OBLIGATION - RUNTIME_TABLES] = {"invoice_by_obligation", TABLE_STATE},
        [T_OBLIGATION_COPY - RUNTIME_TABLES] = {"obligation_copy", TABLE_COPY},
        [T_OBLIGATION_BY_CONTRACT - RUNTIME_TABLES] = {"obligation_by_contract", TABLE_COPY},
        [T_PRIVATE_CONTRACT - RUNTIME_TABLES] = {"private_contract", TABLE_COPY},
        [T_ORGANISATION_COPY - RUNTIME_TABLES] = {"organisation_copy", TABLE_COPY},
};
_Static_assert(TRACKING_TABLE_COUNT == TABLES_END - RUNTIME_TABLES, "every table has its line");

static const struct slice NOTHING = {(const uint8_t *)"", 0};

static struct key pair(struct id a, struct id b)
{
        struct key key = key_of_id(a);
        key_id(&key, b);
        return key;
}

/* --- persons ---------------------------------------------------------------------------------------------------- */

Tracking__BeneficiaryRow *tracking_beneficiary(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_BENEFICIARY, id_slice(&id), &tracking__beneficiary_row__descriptor, arena);
}

void tracking_put_beneficiary(struct txn *txn, struct id id, const Tracking__BeneficiaryRow *row, struct arena *arena)
{
        txn_put_message(txn, T_BENEFICIARY, id_slice(&id), row, arena);
}

/* What the index rows of a person are made of. */
struct person {
        struct id id;
        const Tracking__BeneficiaryRow *row;
};

static void rows_of_person(const void *record, struct index_rows *rows)
{
        const struct person *person = record;
        index_id(rows, T_BENEFICIARY_BY_TERRITORY, key_of_text(person->row->territory), person->id);
        if (person->row->prescriber != NULL)
                index_id(rows, T_BENEFICIARY_BY_PRESCRIBER, key_of_id(id_of(person->row->prescriber)), person->id);
}

void tracking_index_beneficiary(struct txn *txn, struct id id, const Tracking__BeneficiaryRow *row)
{
        index_move(txn, rows_of_person, NULL, &(struct person){id, row});
}

/* --- files that were opened -------------------------------------------------------------------------------------- */

void tracking_put_reading(struct txn *txn, uint64_t number, const Tracking__ReadingRow *row, struct arena *arena)
{
        struct key key = key_of_u64(number), by_beneficiary = key_of_id(id_of(row->beneficiary_id));
        key_u64(&by_beneficiary, number);
        txn_put_message(txn, T_READING, key_slice(&key), row, arena);
        txn_put(txn, T_READING_BY_BENEFICIARY, key_slice(&by_beneficiary), NOTHING);
}

Tracking__ReadingRow *tracking_reading(struct txn *txn, uint64_t number, struct arena *arena)
{
        struct key key = key_of_u64(number);
        return txn_get_message(txn, T_READING, key_slice(&key), &tracking__reading_row__descriptor, arena);
}

void tracking_readings(struct txn *txn, struct id beneficiary, struct slice before, struct walk *ret)
{
        bool all = id_is_zero(beneficiary);
        struct walk_spec spec = {all ? T_READING : T_READING_BY_BENEFICIARY, WALK_DOWN, CURSOR_NUMBER};
        walk_begin(txn, spec, all ? key_empty() : key_of_id(beneficiary), before, ret);
}

/* --- placements ------------------------------------------------------------------------------------------------- */

bool tracking_placement(struct txn *txn, struct id id, struct placement *ret)
{
        struct slice row;
        if (!txn_get(txn, T_PLACEMENT, id_slice(&id), &row))
                return false;
        require(row.size == sizeof(*ret));
        memcpy(ret, row.data, sizeof(*ret));
        return true;
}

void tracking_put_placement(struct txn *txn, struct id id, const struct placement *row)
{
        txn_put(txn, T_PLACEMENT, id_slice(&id), slice_of(row, sizeof(*row)));
}

/* What the index rows of a placement are made of. */
struct placed {
        struct id id;
        const struct placement *row;
};

static void rows_of_placement(const void *record, struct index_rows *rows)
{
        const struct placed *placed = record;
        const struct placement *row = placed->row;
        index_id(rows, T_PLACEMENT_BY_BENEFICIARY, key_of_id(row->beneficiary), placed->id);
        index_id(rows, T_PLACEMENT_BY_OBLIGATION, key_of_id(row->obligation), placed->id);
        if (!id_is_zero(row->employer))
                index_id(rows, T_PLACEMENT_BY_ORGANISATION, key_of_id(row->employer), placed->id);
        if (!id_is_zero(row->host))
                index_id(rows, T_PLACEMENT_BY_ORGANISATION, key_of_id(row->host), placed->id);
}

void tracking_index_placement(struct txn *txn, struct id id, const struct placement *row)
{
        index_move(txn, rows_of_placement, NULL, &(struct placed){id, row});
}

Tracking__PlacementFile *tracking_placement_file(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_PLACEMENT_FILE, id_slice(&id), &tracking__placement_file__descriptor, arena);
}

void tracking_put_placement_file(struct txn *txn, struct id id, const Tracking__PlacementFile *row, struct arena *arena)
{
        txn_put_message(txn, T_PLACEMENT_FILE, id_slice(&id), row, arena);
}

bool tracking_placement_exit(struct txn *txn, struct id id, struct slice *ret_sealed)
{
        return txn_get(txn, T_PLACEMENT_EXIT, id_slice(&id), ret_sealed);
}

void tracking_put_placement_exit(struct txn *txn, struct id id, struct slice sealed)
{
        txn_put(txn, T_PLACEMENT_EXIT, id_slice(&id), sealed);
}

/* --- hours ------------------------------------------------------------------------------------------------------ */

struct key tracking_part_of_month(struct month month)
{
        struct key key = key_empty();
        key_i32(&key, month_number(month));
        return key;
}

static struct key key_of_hours(struct month month, struct id placement)
{
        struct key key = tracking_part_of_month(month);
        key_id(&key, placement);
        return key;
}

static struct statement statement_of(struct slice row)
{
        struct statement statement;
        require(row.size == sizeof(statement));
        memcpy(&statement, row.data, sizeof(statement));
        return statement;
}

bool tracking_statement(struct txn *txn, struct month month, struct id placement, struct statement *ret)
{
        struct key key = key_of_hours(month, placement);
        struct slice row;
        if (!txn_get(txn, T_HOURS, key_slice(&key), &row))
                return false;
        *ret = statement_of(row);
        return true;
}

void tracking_put_statement(struct txn *txn, struct month month, struct id placement, struct statement row)
{
        struct key key = key_of_hours(month, placement);
        txn_put(txn, T_HOURS, key_slice(&key), slice_of(&row, sizeof(row)));
}

/* --- invoices --------------------------------------------------------------------------------------------------- */

static struct key key_of_invoice_number(struct id subcontractor, const char *number)
{
        struct key key = key_of_id(subcontractor);
        key_text(&key, number);
        return key;
}

Tracking__InvoiceConverted *tracking_invoice(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_INVOICE, id_slice(&id), &tracking__invoice_converted__descriptor, arena);
}

Tracking__InvoiceConverted *tracking_invoice_of_number(struct txn *txn, struct id subcontractor, const char *number,
                                                       struct arena *arena)
{
        struct key key = key_of_invoice_number(subcontractor, number);
        struct slice id;
        if (!txn_get(txn, T_INVOICE_BY_NUMBER, key_slice(&key), &id))
                return NULL;
        return txn_get_message(txn, T_INVOICE, id, &tracking__invoice_converted__descriptor, arena);
}

static void rows_of_invoice(const void *record, struct index_rows *rows)
{
        const Tracking__InvoiceConverted *row = record;
        struct id id = id_of(row->invoice_id);
        index_row(rows, T_INVOICE_BY_NUMBER, key_of_invoice_number(id_of(row->subcontractor), row->number),
                  id_slice(&id));
        index_id(rows, T_INVOICE_BY_OBLIGATION, key_of_id(id_of(row->obligation_id)), id);
}

void tracking_put_invoice(struct txn *txn, const Tracking__InvoiceConverted *row, struct arena *arena)
{
        struct id id = id_of(row->invoice_id);
        txn_put_message(txn, T_INVOICE, id_slice(&id), row, arena);
        index_move(txn, rows_of_invoice, NULL, row);
}

/* --- copies ----------------------------------------------------------------------------------------------------- */

Tracking__ObligationCopy *tracking_obligation(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_OBLIGATION_COPY, id_slice(&id), &tracking__obligation_copy__descriptor, arena);
}

void tracking_put_obligation(struct txn *txn, struct id id, const Tracking__ObligationCopy *row, struct arena *arena)
{
        struct key by_contract = pair(id_of(row->contract_id), id);
        txn_put_message(txn, T_OBLIGATION_COPY, id_slice(&id), row, arena);
        txn_put(txn, T_OBLIGATION_BY_CONTRACT, key_slice(&by_contract), NOTHING);
}

Tracking__PrivateContract *tracking_private(struct txn *txn, struct id contract, struct arena *arena)
{
        return txn_get_message(txn, T_PRIVATE_CONTRACT, id_slice(&contract), &tracking__private_contract__descriptor,
                               arena);
}

Tracking__PrivateContract *tracking_private_of(struct txn *txn, struct id obligation, struct arena *arena)
{
        const Tracking__ObligationCopy *copy = tracking_obligation(txn, obligation, arena);
        return copy == NULL ? NULL : tracking_private(txn, id_of(copy->contract_id), arena);
}

void tracking_put_private(struct txn *txn, struct id contract, const Tracking__PrivateContract *row,
                          struct arena *arena)
{
        txn_put_message(txn, T_PRIVATE_CONTRACT, id_slice(&contract), row, arena);
}

void tracking_delete_private(struct txn *txn, struct id contract)
{
        txn_delete(txn, T_PRIVATE_CONTRACT, id_slice(&contract));
}

Tracking__OrganisationCopy *tracking_organisation(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_ORGANISATION_COPY, id_slice(&id), &tracking__organisation_copy__descriptor,
                               arena);
}

void tracking_put_organisation(struct txn *txn, struct id id, const Tracking__OrganisationCopy *row,
                               struct arena *arena)
{
        txn_put_message(txn, T_ORGANISATION_COPY, id_slice(&id), row, arena);
}

/* --- keys ------------------------------------------------------------------------------------------------------- */

static bool has_sealed_contacts(struct slice value)
{
        struct arena arena scoped(arena_fini) = {0};
        const Tracking__PlacementFile *file = pb_decode(&tracking__placement_file__descriptor, value, &arena);
        return file != NULL && file->sealed_contacts.len > 0;
}

void tracking_each_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument)
{
        bool more = true;
        struct scan scan = scan_backwards(txn, T_BENEFICIARY, slice_of(NULL, 0), slice_of(NULL, 0));
        while (more && scan_next(&scan))
                more = see(argument, key_read_id(scan.key, 0));
        scan_end(&scan);
        scan = scan_backwards(txn, T_PLACEMENT_FILE, slice_of(NULL, 0), slice_of(NULL, 0));
        while (more && scan_next(&scan))
                more = !has_sealed_contacts(scan.value) || see(argument, key_read_id(scan.key, 0));
        scan_end(&scan);
}

/* --- lists ------------------------------------------------------------------------------------------------------ */

static const size_t list_tables[] = {
        [LIST_BENEFICIARIES] = T_BENEFICIARY,
        [LIST_BENEFICIARIES_OF_TERRITORY] = T_BENEFICIARY_BY_TERRITORY,
        [LIST_BENEFICIARIES_OF_PRESCRIBER] = T_BENEFICIARY_BY_PRESCRIBER,
        [LIST_PLACEMENTS] = T_PLACEMENT,
        [LIST_PLACEMENTS_OF_BENEFICIARY] = T_PLACEMENT_BY_BENEFICIARY,
        [LIST_PLACEMENTS_OF_OBLIGATION] = T_PLACEMENT_BY_OBLIGATION,
        [LIST_PLACEMENTS_OF_ORGANISATION] = T_PLACEMENT_BY_ORGANISATION,
        [LIST_INVOICES_OF_OBLIGATION] = T_INVOICE_BY_OBLIGATION,
        [LIST_OBLIGATIONS_OF_CONTRACT] = T_OBLIGATION_BY_CONTRACT,
        [LIST_PRIVATE_CONTRACTS] = T_PRIVATE_CONTRACT,
        [LIST_HOURS_OF_MONTH] = T_HOURS,
};

void tracking_walk(struct txn *txn, enum id_list list, struct key part, struct slice after, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){list_tables[list], WALK_UP, CURSOR_ID}, part, after, ret);
}

struct statement tracking_walk_statement(const struct walk *walk)
{
        return statement_of(walk->scan.value);
}
