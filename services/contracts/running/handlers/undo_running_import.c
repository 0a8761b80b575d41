/* undo_running_import: what an import recorded of each contract is withdrawn as a whole, as WithdrawAct does: hours,
 * obligations, clauses, the contract itself where the import had opened it. A contract on which something rests by now
 * stays, and each of its rows is told with what that is. Caller: facilitator (of the territory), coordinator. Emits:
 * ActWithdrawn a contract, then BatchUndone. Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (batch_id). */
#include "contracts/calls.h"

#include "services/contracts/corrections/withdrawal.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/programming/programming_rows.h"
#include "services/contracts/running/running.h"

/* Security: as of WithdrawAct: the contract is of one of her territories, or nobody's yet. */
static bool may_change(const struct work *work, struct id id)
{
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
        return record != NULL && access_contract(work, id, record) && access_file(work, id, record);
}

/* The row's `part` is the count of the events that the import recorded of its contract, and its `event` the last. */
static const char *take_back_contract(struct work *work, const Types__BatchRow *row, const Types__Id *batch)
{
        struct withdrawal w = {.work = work, .subject = id_of(row->id)};
        struct refusal refusal;
        (void)batch;

        if (contracts_withdrawn_by(work->txn, row->event) != 0)
                return NULL; /* with another row of its contract */
        if (!may_change(work, w.subject))
                return "Ce contrat n'est pas de votre ressort : adressez-vous au facilitateur qui le suit.";
        w.act = act_of_events(work, row->event + 1 - (uint64_t)row->part, row->event);
        if (w.act.count == 0)
                return "L'acte n'est plus lisible : prévenez l'exploitant du réseau.";
        w.named = w.act.events[w.act.count - 1];
        w.reason = arena_text(work->arena, "Import annulé");
        if (!withdrawal_plan(&w, &refusal))
                return arena_text(work->arena, refusal.text);
        withdrawal_record(&w);
        return NULL;
}

struct reply handle_undo_running_import(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__UndoRunningImport *command = (const Contracts__UndoRunningImport *)message;
        const struct batch_undo undo = {contracts_batches(), RUNNING_LIST, command->batch_id, command->reason,
                                        take_back_contract};
        Contracts__UndoRunningImportReply *reply =
                pb_new(&contracts__undo_running_import_reply__descriptor, work->arena);
        struct refusal refusal;

        if (!batch_take_back(work, &undo, &reply->report, &refusal))
                return reply_refusal(work, &refusal);
        return reply_ok(work, reply);
}
