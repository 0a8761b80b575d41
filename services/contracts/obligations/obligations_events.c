#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include "common/base/days.h"
#include "common/base/require.h"
#include "services/contracts/ledger/ledger.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/obligations/parts.h"
#include "services/contracts/obligations/parts_job.h"
#include "services/contracts/obligations/terms.h"
#include "services/contracts/obligations/withdrawing.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/telling.h"

/* One posting: the obligation's balances, those over all, and the entry that tells it. */
static void post(const struct change *change, struct id obligation, const struct posting *posting,
                 Contracts__LedgerEntry *entry)
{
        struct ledger own = contracts_ledger(change->txn, change->arena, obligation);
        struct ledger all = contracts_ledger_of_all(change->txn, change->arena);
        int err = ledger_post(&own, posting);
        if (err == 0)
                err = ledger_post(&all, posting);
        require(err == 0); /* whoever recorded it has tried */
        contracts_ledger_put(change->txn, change->arena, obligation, &own);
        contracts_ledger_of_all_put(change->txn, change->arena, &all);

        entry->number = own.entries;
        entry->from = account_to(posting->from);
        entry->to = account_to(posting->to);
        entry->hours = hours_to(change->arena, posting->hours);
        entry->at = instant_to(change->arena, change->event->at_ms);
        contracts_entry_put(change->txn, change->arena, obligation, entry);
}

/* All postings of one event: both sides, or neither. */
void obligations_apply_postings(const struct change *change, Contracts__Posting *const *postings, size_t count)
{
        for (size_t i = 0; i < count; i++) {
                const Contracts__Posting *row = postings[i];
                struct posting posting = {account_of(row->from), account_of(row->to), hours_of(row->hours)};
                Contracts__LedgerEntry entry = CONTRACTS__LEDGER_ENTRY__INIT;
                entry.cause = row->cause;
                entry.month = row->month;
                post(change, id_of(row->obligation_id), &posting, &entry);
        }
}

void apply_obligation_recorded(const struct change *change, const Contracts__ObligationRecorded *body)
{
        static char opening[] = "Heures prévues par la clause";
        const Contracts__ContractRecord *contract =
                contracts_record_find(change->txn, change->arena, id_of(body->contract_id));
        if (contract == NULL) {
                require(txn_error(change->txn) != 0); /* contracts are never deleted */
                return;
        }
        Contracts__ObligationRecorded row = *body;
        row.first_siret = body->contractor_siret;
        row.first_name = body->contractor_name;
        row.first_organisation = body->contractor_organisation;
        contracts_obligation_put(change->txn, change->arena, &row, contract->buyer_siret);

        if (body->by_invoices) /* a framework agreement opens with nothing due */
                return;
        struct posting posting = {ACCOUNT_CLAUSE, ACCOUNT_DUE, hours_of(body->hours)};
        Contracts__LedgerEntry entry = CONTRACTS__LEDGER_ENTRY__INIT;
        entry.cause = opening;
        post(change, id_of(body->obligation_id), &posting, &entry);
}

void apply_ledger_posted(const struct change *change, const Contracts__LedgerPosted *body)
{
        struct posting posting = {account_of(body->from), account_of(body->to), hours_of(body->hours)};
        struct month month = month_of(body->month);
        struct id source = id_of(body->source_id);
        Contracts__LedgerEntry entry = CONTRACTS__LEDGER_ENTRY__INIT;
        entry.month = body->month;
        entry.cause = body->cause;
        post(change, id_of(body->obligation_id), &posting, &entry);

        struct hours sum;
        int err = hours_add(contracts_posted(change->txn, change->arena, month, source), posting.hours, &sum);
        require(err == 0); /* it is what tracking said the hours are */
        contracts_posted_put(change->txn, change->arena, month, source, sum);
}

/* ---- transfers, waivers, amendments */

void apply_transfer_proposed(const struct change *change, const Contracts__TransferProposed *body)
{
        obligations_transfer_put(change->txn, change->arena, body->transfer);
}

/* The row of a transfer of our own log, to be changed. NULL only where the transaction has failed. */
static Contracts__TransferView *transfer_of(const struct change *change, const Types__Id *id)
{
        Contracts__TransferView *transfer = obligations_transfer_find(change->txn, change->arena, id_of(id));
        require(transfer != NULL || txn_error(change->txn) != 0);
        return transfer;
}

void apply_transfer_agreed(const struct change *change, const Contracts__TransferAgreed *body)
{
        Contracts__TransferView *transfer = transfer_of(change, body->transfer_id);
        if (transfer == NULL)
                return;
        transfer->agreements =
                pb_append(transfer->agreements, &transfer->n_agreements, sizeof(*transfer->agreements), change->arena);
        transfer->agreements[transfer->n_agreements - 1] = body->decision;
        if (body->n_postings > 0)
                transfer->state = CONTRACTS__TRANSFER_STATE__TRANSFER_DONE;
        obligations_transfer_put(change->txn, change->arena, transfer);
        obligations_apply_postings(change, body->postings, body->n_postings);
}

void apply_transfer_refused(const struct change *change, const Contracts__TransferRefused *body)
{
        Contracts__TransferView *transfer = transfer_of(change, body->transfer_id);
        if (transfer == NULL)
                return;
        transfer->state = CONTRACTS__TRANSFER_STATE__TRANSFER_REFUSED;
        transfer->refusal = body->decision;
        transfer->refusal_reason = body->reason;
        obligations_transfer_put(change->txn, change->arena, transfer);
}

void apply_hours_waived(const struct change *change, const Contracts__HoursWaived *body)
{
        obligations_apply_postings(change, body->postings, body->n_postings);
}

static void put_term(const struct change *change, const Types__Id *obligation, Types__Day *day, Types__Hours *hours)
{
        Contracts__ObligationTerms *terms = obligations_terms(change->txn, change->arena, obligation);
        Contracts__Term *term = pb_new(&contracts__term__descriptor, change->arena);
        term->amended_on = day;
        term->hours = hours;
        term->number = change->event->number;
        terms->terms = pb_append(terms->terms, &terms->n_terms, sizeof(*terms->terms), change->arena);
        terms->terms[terms->n_terms - 1] = term;
        obligations_terms_put(change->txn, change->arena, terms);
}

void obligations_apply_reduction(const struct change *change, Types__Day *day, Contracts__Posting *const *postings,
                                 size_t count)
{
        obligations_apply_postings(change, postings, count);
        for (size_t i = 0; i < count; i++) {
                struct ledger ledger = contracts_ledger(change->txn, change->arena, id_of(postings[i]->obligation_id));
                put_term(change, postings[i]->obligation_id, day, hours_to(change->arena, ledger_demanded(&ledger)));
        }
}

void apply_obligation_amended(const struct change *change, const Contracts__ObligationAmended *body)
{
        put_term(change, body->obligation_id, body->amended_on, body->hours);
        obligations_apply_postings(change, body->postings, body->n_postings);
}

/* Who owes the hours now: the last who took them over, or the first. */
static void put_contractor(const struct change *change, const Types__Id *obligation_id)
{
        Contracts__ObligationRecorded *obligation =
                contracts_obligation_find(change->txn, change->arena, id_of(obligation_id));
        if (obligation == NULL) {
                require(txn_error(change->txn) != 0); /* an obligation with assignments is never taken away */
                return;
        }
        const Contracts__Assignment *last = terms_assigned(obligations_terms(change->txn, change->arena, obligation_id),
                                                           day_of_number(INT32_MAX), 0);
        obligation->contractor_siret = last != NULL ? last->siret : obligation->first_siret;
        obligation->contractor_name = last != NULL ? last->name : obligation->first_name;
        obligation->contractor_organisation = last != NULL ? last->organisation : obligation->first_organisation;
        contracts_obligation_reassign(change->txn, change->arena, obligation);
}

void apply_obligation_assigned(const struct change *change, const Contracts__ObligationAssigned *body)
{
        Contracts__ObligationTerms *terms = obligations_terms(change->txn, change->arena, body->obligation_id);
        Contracts__Assignment *one = pb_new(&contracts__assignment__descriptor, change->arena);
        one->assigned_on = body->assigned_on;
        one->siret = body->contractor_siret;
        one->name = body->contractor_name;
        one->organisation = body->contractor_organisation;
        one->number = change->event->number;
        one->kind = body->kind;
        terms->assignments =
                pb_append(terms->assignments, &terms->n_assignments, sizeof(*terms->assignments), change->arena);
        terms->assignments[terms->n_assignments - 1] = one;
        obligations_terms_put(change->txn, change->arena, terms);
        put_contractor(change, body->obligation_id);
}

/* ---- tranches and renewals */

static struct day day_before(const struct change *change)
{
        return day_plus(day_of_instant_ms(change->event->at_ms), -1);
}

void obligations_wait_for_parts(const struct change *change, const Types__Id *contract)
{
        parts_wait(change, contract, day_before(change));
}

void apply_contract_part_put(const struct change *change, const Contracts__ContractPartPut *body)
{
        Contracts__ContractFile *file = contracts_file_of(change->txn, change->arena, body->contract_id);
        Contracts__ContractPart *part = pb_new(&contracts__contract_part__descriptor, change->arena);
        *part = *body->part;
        part->number = change->event->number;
        parts_add(file, part, change->arena);
        contracts_file_put(change->txn, change->arena, file);
        obligations_apply_postings(change, body->postings, body->n_postings);
        obligations_wait_for_parts(change, body->contract_id);
}

void apply_contract_part_decided(const struct change *change, const Contracts__ContractPartDecided *body)
{
        Contracts__ContractFile *file = contracts_file_of(change->txn, change->arena, body->contract_id);
        Contracts__PartDecision *decision = parts_decision_of(body, change->arena);
        decision->number = change->event->number;
        parts_add_decision(file, decision, change->arena);
        contracts_file_put(change->txn, change->arena, file);
        obligations_apply_postings(change, body->postings, body->n_postings);
        obligations_wait_for_parts(change, body->contract_id);
}

void apply_contract_parts_began(const struct change *change, const Contracts__ContractPartsBegan *body)
{
        obligations_apply_postings(change, body->postings, body->n_postings);
        parts_wait(change, body->contract_id, day_of(body->on));
}

/* ---- several buyers */

void apply_group_buyers_put(const struct change *change, const Contracts__GroupBuyersPut *body)
{
        Contracts__ContractFile *file = contracts_file_of(change->txn, change->arena, body->contract_id);
        for (size_t i = 0; body->former != NULL && i < body->former->n_buyers; i++)
                obligations_list_no_more(change->txn, id_of(body->contract_id), body->former->buyers[i]->siret);
        file->group_buyers = body->group->n_buyers == 0 ? NULL : body->group;
        contracts_file_put(change->txn, change->arena, file);
}

/* ---- framework agreements */

/* `count`: one more, or, of one that is withdrawn, one less (-1). */
static void add_to_sums(const struct change *change, const Contracts__ContractOrder *order, int count)
{
        struct id obligation = id_of(order->obligation_id);
        Contracts__FrameworkSums *sums = obligations_framework(change->txn, change->arena, obligation);
        bool is_invoice = order->kind == CONTRACTS__ORDER_KIND__CONTRACT_INVOICE;
        struct money sum, amount = money_of_cents(count * money_cents(money_of(order->amount)));
        int err = money_add(money_of(is_invoice ? sums->invoiced : sums->ordered), amount, &sum);
        require(err == 0); /* whoever recorded it has tried */
        *(is_invoice ? &sums->invoiced : &sums->ordered) = money_to(change->arena, sum);
        *(is_invoice ? &sums->invoices : &sums->orders) += (uint32_t)count;
        obligations_framework_put(change->txn, change->arena, obligation, sums);
}

void apply_order_recorded(const struct change *change, const Contracts__OrderRecorded *body)
{
        obligations_order_put(change->txn, change->arena, body->contract_id, body->order);
        add_to_sums(change, body->order, 1);
        obligations_apply_postings(change, body->postings, body->n_postings);
}

void apply_contract_invoice_recorded(const struct change *change, const Contracts__ContractInvoiceRecorded *body)
{
        obligations_order_put(change->txn, change->arena, body->contract_id, body->invoice);
        add_to_sums(change, body->invoice, 1);
        obligations_apply_postings(change, body->postings, body->n_postings);
}

/* ---- withdrawn */

void withdrawing_sums(const struct change *change, const Contracts__Event *event)
{
        if (event->body_case == CONTRACTS__EVENT__BODY_ORDER_RECORDED)
                add_to_sums(change, event->order_recorded->order, -1);
        else if (event->body_case == CONTRACTS__EVENT__BODY_CONTRACT_INVOICE_RECORDED)
                add_to_sums(change, event->contract_invoice_recorded->invoice, -1);
        else if (event->body_case == CONTRACTS__EVENT__BODY_OBLIGATION_ASSIGNED)
                put_contractor(change, event->obligation_assigned->obligation_id);
        else if (event->body_case == CONTRACTS__EVENT__BODY_CONTRACT_PART_PUT)
                obligations_wait_for_parts(change, event->contract_part_put->contract_id);
        else if (event->body_case == CONTRACTS__EVENT__BODY_CONTRACT_PART_DECIDED)
                obligations_wait_for_parts(change, event->contract_part_decided->contract_id);
        else if (event->body_case == CONTRACTS__EVENT__BODY_CONTRACT_ENDED)
                obligations_wait_for_parts(change, event->contract_ended->contract_id);
}
