#include "services/contracts/control/control_rows.h"

#include <string.h>

#include "common/base/text.h"
#include "common/store/stored.h"
#include "services/contracts/control/pace_rows.h"

static const struct slice nothing;

Contracts__ControlPlanPut *control_plan_find(struct txn *txn, struct arena *arena, struct id clause)
{
        return contracts_row_find(txn, T_CONTROL_PLAN, clause, &contracts__control_plan_put__descriptor, arena);
}

void control_plan_put(struct txn *txn, struct arena *arena, const Contracts__ControlPlanPut *plan)
{
        contracts_row_put(txn, T_CONTROL_PLAN, id_of(plan->clause_id), plan, arena);
        pace_rows_of_contract(txn, arena, id_of(plan->contract_id));
}

/* ---- statements */

static struct key statement_key(struct id obligation, struct day period_end)
{
        struct key key = key_of_id(obligation);
        key_i32(&key, day_number(period_end));
        return key;
}

/* What the plan wanted when the youngest of them came. */
static const Contracts__StatementReceipt *youngest(const Contracts__StatementRow *row)
{
        const Contracts__StatementReceipt *found = NULL;
        for (size_t i = 0; i < row->n_receipts; i++)
                if (found == NULL || row->receipts[i]->received_on->days >= found->received_on->days)
                        found = row->receipts[i];
        return found;
}

/* The first day on which all of these had come; NULL: they have not. */
static Types__Day *complete_on(const Contracts__StatementRow *row, const Contracts__StatementReceipt *last)
{
        Types__Day *complete = last->received_on;
        if (last->n_wanted > 0)
                complete = row->received_on;
        for (size_t i = 0; i < last->n_wanted; i++) {
                Types__Day *came = NULL;
                for (size_t k = 0; k < row->n_receipts; k++) {
                        const Contracts__StatementReceipt *one = row->receipts[k];
                        if (text_is_among(last->wanted[i], one->documents, one->n_documents) &&
                            (came == NULL || one->received_on->days < came->days))
                                came = one->received_on;
                }
                if (came == NULL)
                        return NULL;
                if (came->days > complete->days)
                        complete = came;
        }
        return complete;
}

/* What follows from the receipts: papers are entered in any order. */
static void sum_up(Contracts__StatementRow *row, struct arena *arena)
{
        for (size_t i = 0; i < row->n_receipts; i++) {
                const Contracts__StatementReceipt *receipt = row->receipts[i];
                if (row->received_on == NULL || receipt->received_on->days < row->received_on->days)
                        row->received_on = receipt->received_on;
                for (size_t k = 0; k < receipt->n_documents; k++) {
                        if (text_is_among(receipt->documents[k], row->documents, row->n_documents))
                                continue;
                        row->documents = pb_append(row->documents, &row->n_documents, sizeof(char *), arena);
                        row->documents[row->n_documents - 1] = receipt->documents[k];
                }
        }
        if (row->n_receipts > 0)
                row->complete_on = complete_on(row, youngest(row));
}

Contracts__StatementRow *control_statement_find(struct txn *txn, struct arena *arena, struct id obligation,
                                                struct day period_end)
{
        struct key key = statement_key(obligation, period_end);
        Contracts__StatementRow *row =
                contracts_row_find_key(txn, T_STATEMENT, &key, &contracts__statement_row__descriptor, arena);
        if (row != NULL)
                sum_up(row, arena);
        return row;
}

Contracts__StatementRow *control_statement_of(struct txn *txn, struct arena *arena, const Types__Id *obligation,
                                              const Types__Day *period_end)
{
        Contracts__StatementRow *row = control_statement_find(txn, arena, id_of(obligation), day_of(period_end));
        if (row == NULL) {
                row = pb_new(&contracts__statement_row__descriptor, arena);
                row->obligation_id = id_to(arena, id_of(obligation));
                row->period_end = day_to(arena, day_of(period_end));
        }
        return row;
}

void control_statement_put(struct txn *txn, struct arena *arena, const Contracts__StatementRow *row)
{
        struct key key = statement_key(id_of(row->obligation_id), day_of(row->period_end));
        Contracts__StatementRow kept = *row;
        kept.received_on = kept.complete_on = NULL;
        kept.n_documents = 0;
        contracts_row_put_key(txn, T_STATEMENT, &key, &kept, arena);
}

void control_statement_remove(struct txn *txn, const Contracts__StatementRow *row)
{
        struct key key = statement_key(id_of(row->obligation_id), day_of(row->period_end));
        txn_delete(txn, T_STATEMENT, key_slice(&key));
}

size_t control_statements_last(struct txn *txn, struct arena *arena, struct id obligation, size_t max,
                               Contracts__StatementRow **ret)
{
        struct key prefix = key_of_id(obligation);
        struct scan scan = scan_backwards(txn, T_STATEMENT, key_slice(&prefix), nothing);
        size_t count = 0;

        while (count < max && scan_next(&scan)) {
                ret[count] = pb_decode(&contracts__statement_row__descriptor, scan.value, arena);
                require_stored(ret[count] != NULL);
                sum_up(ret[count], arena);
                count++;
        }
        scan_end(&scan);
        return count;
}

/* ---- cases */

Contracts__ControlCase *control_case_find(struct txn *txn, struct arena *arena, struct id case_id)
{
        return contracts_row_find(txn, T_CONTROL_CASE, case_id, &contracts__control_case__descriptor, arena);
}

void control_case_put(struct txn *txn, struct arena *arena, const Contracts__ControlCase *record)
{
        contracts_row_put(txn, T_CONTROL_CASE, id_of(record->case_id), record, arena);
}

void control_case_index(struct txn *txn, const Contracts__ControlCase *record)
{
        contracts_row_index(txn, T_CASE_BY, key_of_id(id_of(record->obligation_id)), id_of(record->case_id));
        contracts_about_put(txn, id_of(record->contract_id), ABOUT_CASE, id_of(record->case_id));
}

void control_walk_cases(struct txn *txn, struct slice before, struct walk *ret)
{
        struct key prefix = key_empty();
        walk_down(txn, T_CONTROL_CASE, prefix, before, ret);
}

void control_walk_cases_of(struct txn *txn, struct id obligation, struct slice before, struct walk *ret)
{
        struct key prefix = key_of_id(obligation);
        walk_down(txn, T_CASE_BY, prefix, before, ret);
}

void control_case_remove(struct txn *txn, const Contracts__ControlCase *record)
{
        struct id id = id_of(record->case_id);
        contracts_row_remove(txn, T_CONTROL_CASE, id);
        contracts_row_index_remove(txn, T_CASE_BY, key_of_id(id_of(record->obligation_id)), id);
        contracts_about_remove(txn, id_of(record->contract_id), ABOUT_CASE, id);
}

/* ---- obligations */

Contracts__ObligationControl *control_of(struct txn *txn, struct arena *arena, const Types__Id *obligation)
{
        Contracts__ObligationControl *row = contracts_row_find(txn, T_CONTROL, id_of(obligation),
                                                               &contracts__obligation_control__descriptor, arena);
        if (row == NULL) {
                row = pb_new(&contracts__obligation_control__descriptor, arena);
                row->obligation_id = id_to(arena, id_of(obligation));
        }
        return row;
}

void control_put(struct txn *txn, struct arena *arena, const Contracts__ObligationControl *row)
{
        contracts_row_put(txn, T_CONTROL, id_of(row->obligation_id), row, arena);
}

static bool see_contact(struct slice value, bool (*see)(void *argument, struct id id), void *argument)
{
        struct arena arena scoped(arena_fini) = {0};
        const Contracts__ObligationControl *row = pb_decode(&contracts__obligation_control__descriptor, value, &arena);
        return row == NULL || row->contact_id == NULL || see(argument, id_of(row->contact_id));
}

bool control_each_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument)
{
        struct scan scan = scan_backwards(txn, T_CONTROL, slice_of(NULL, 0), slice_of(NULL, 0));
        bool more = true;
        while (more && scan_next(&scan))
                more = see_contact(scan.value, see, argument);
        scan_end(&scan);
        return more;
}
