#include "services/contracts/control/pace_rows.h"

#include <string.h>

#include "common/base/require.h"
#include "services/contracts/control/control_rows.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/record/record_rows.h"

/* Of this machine's order, as all rows of fixed length; behind it its pauses, from and to, and its renewals, from and
 * end. */
struct row {
        int64_t done_hundredths, remaining_hundredths;
        int32_t start, end;
        char buyer_siret[SIRET_TEXT_SIZE];
        uint8_t has_span, is_due_already, is_private, pause_count, renewal_count;
        uint8_t unused[4];
};
struct row_days {
        int32_t from, to;
};
enum { ROW_BYTES_MAX = sizeof(struct row) + (PAUSES_MAX + PARTS_RENEWALS_MAX) * sizeof(struct row_days) };
_Static_assert(sizeof(struct row) == 48, "no bytes of chance between its members");

static void put_figures(struct row *row, const struct ledger *ledger)
{
        row->done_hundredths =
                hours_hundredths(ledger->balance[ACCOUNT_DONE]) + hours_hundredths(ledger->balance[ACCOUNT_CONVERTED]);
        row->remaining_hundredths = hours_hundredths(ledger->balance[ACCOUNT_DUE]);
}

static size_t row_bytes(const struct row *row)
{
        return sizeof(*row) + ((size_t)row->pause_count + row->renewal_count) * sizeof(struct row_days);
}

/* What all obligations of a contract share. */
struct of_contract {
        const Contracts__ContractRecord *record;
        const Contracts__ContractFile *file;
};

static void put_row(struct txn *txn, struct arena *arena, const struct of_contract *contract, struct id id)
{
        const Contracts__ObligationRecorded *obligation = contracts_obligation_find(txn, arena, id);
        if (obligation == NULL)
                return;
        const Contracts__ControlPlanPut *plan = control_plan_find(txn, arena, id_of(obligation->clause_id));
        struct ledger ledger = contracts_ledger(txn, arena, id);
        struct key key = key_of_id(id);
        struct span span = {.pause_count = 0, .renewal_count = 0};
        union {
                struct row row;
                uint8_t bytes[ROW_BYTES_MAX];
        } made = {.bytes = {0}};
        struct row *row = &made.row;

        put_figures(row, &ledger);
        row->is_due_already = obligation->by_invoices != 0;
        row->is_private = contract->record->kind == CONTRACTS__CONTRACT_KIND__PRIVATE;
        (void)strncpy(row->buyer_siret, contract->record->buyer_siret, sizeof(row->buyer_siret) - 1);
        row->has_span = span_of(obligation, contract->record, contract->file, plan == NULL ? NULL : plan->plan, &span);
        if (row->has_span) {
                row->start = day_number(span.start);
                row->end = day_number(span.first_end);
                row->pause_count = (uint8_t)span.pause_count;
                row->renewal_count = (uint8_t)span.renewal_count;
        }
        for (size_t i = 0; i < row->pause_count; i++) {
                struct row_days pause = {day_number(span.pauses[i].from), day_number(span.pauses[i].to)};
                memcpy(made.bytes + sizeof(*row) + i * sizeof(pause), &pause, sizeof(pause));
        }
        for (size_t i = 0; i < row->renewal_count; i++) {
                struct row_days renewal = {day_number(span.renewals[i].from), day_number(span.renewals[i].end)};
                memcpy(made.bytes + sizeof(*row) + (row->pause_count + i) * sizeof(renewal), &renewal, sizeof(renewal));
        }
        txn_put(txn, T_PACE, key_slice(&key), slice_of(made.bytes, row_bytes(row)));
}

void pace_rows_of_contract(struct txn *txn, struct arena *arena, struct id contract)
{
        struct of_contract shared = {NULL, NULL};
        struct walk walk;
        struct id id;

        contracts_walk_obligations_of_contract(txn, contract, slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                if (shared.record == NULL) {
                        shared.record = contracts_record_find(txn, arena, contract);
                        shared.file = contracts_file_find(txn, arena, contract);
                }
                if (shared.record == NULL)
                        break; /* the transaction has failed */
                put_row(txn, arena, &shared, id);
        }
        walk_end(&walk);
}

void pace_rows_of_ledger(struct txn *txn, struct id obligation, const struct ledger *ledger)
{
        struct key key = key_of_id(obligation);
        uint8_t bytes[ROW_BYTES_MAX];
        struct slice kept;
        struct row row;

        if (!txn_get(txn, T_PACE, key_slice(&key), &kept)) /* the sum over all obligations is none */
                return;
        require(kept.size >= sizeof(row) && kept.size <= sizeof(bytes));
        memcpy(bytes, kept.data, kept.size);
        memcpy(&row, bytes, sizeof(row));
        put_figures(&row, ledger);
        memcpy(bytes, &row, sizeof(row));
        txn_put(txn, T_PACE, key_slice(&key), slice_of(bytes, kept.size));
}

void pace_row_remove(struct txn *txn, struct id obligation)
{
        contracts_row_remove(txn, T_PACE, obligation);
}

void pace_row_read(struct slice value, struct pace_figures *ret)
{
        struct row row;
        require(value.size >= sizeof(row));
        memcpy(&row, value.data, sizeof(row));
        require(value.size == row_bytes(&row));
        ret->hours = (struct pace_hours){
                .done = hours_of_hundredths(row.done_hundredths),
                .remaining = hours_of_hundredths(row.remaining_hundredths),
                .is_due_already = row.is_due_already != 0,
        };
        ret->has_span = row.has_span != 0;
        ret->is_private = row.is_private != 0;
        ret->buyer_siret = (const char *)value.data + offsetof(struct row, buyer_siret);
        ret->span.start = day_of_number(row.start);
        ret->span.end = ret->span.first_end = day_of_number(row.end);
        ret->span.pause_count = row.pause_count;
        for (size_t i = 0; i < row.pause_count; i++) {
                struct row_days pause;
                memcpy(&pause, value.data + sizeof(row) + i * sizeof(pause), sizeof(pause));
                ret->span.pauses[i] = (struct pause){day_of_number(pause.from), day_of_number(pause.to)};
        }
        ret->span.renewal_count = row.renewal_count;
        for (size_t i = 0; i < row.renewal_count; i++) {
                struct row_days renewal;
                memcpy(&renewal, value.data + sizeof(row) + (row.pause_count + i) * sizeof(renewal), sizeof(renewal));
                ret->span.renewals[i] = (struct renewal){day_of_number(renewal.from), day_of_number(renewal.to)};
        }
}

bool pace_row_find(struct txn *txn, struct id obligation, struct pace_figures *ret)
{
        struct key key = key_of_id(obligation);
        struct slice value;
        if (!txn_get(txn, T_PACE, key_slice(&key), &value))
                return false;
        pace_row_read(value, ret);
        return true;
}

void pace_rows_walk(struct txn *txn, struct slice after, struct walk *ret)
{
        struct key all = key_empty();
        walk_up(txn, T_PACE, all, after, ret);
}
