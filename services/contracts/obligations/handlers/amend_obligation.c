/* amend_obligation: an amendment of the contract (avenant) changes what is owed. CLAUSE -> DUE, the difference.
 * Caller: facilitator (of one of its departments), coordinator.  Emits: ObligationAmended, or nothing where the hours
 * are what they were.  Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (hours, reference, amended_on, reason),
 * WRONG_STATE (contract ended, hours that follow from invoices). */
#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include "services/contracts/ledger/ledger.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/obligation.h"
#include "services/contracts/obligations/owed.h"

static bool check(const struct owed *owed, struct refusal *ret_refusal)
{
        if (!owed_going_on(owed, ret_refusal))
                return false;
        return !owed->obligation->by_invoices ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                      "Les heures de cet accord-cadre suivent ses factures : enregistrez une facture ou un avoir "
                      "(RecordContractInvoice).");
}

static void record(struct work *work, const Contracts__AmendObligation *command, const struct owed *owed,
                   const struct posting *posting)
{
        Contracts__ObligationAmended body = CONTRACTS__OBLIGATION_AMENDED__INIT;
        struct postings postings = {0};

        owed_post(work, owed, posting, arena_printf(work->arena, "Avenant %s", command->reference), &postings);
        body.contract_id = owed->obligation->contract_id;
        body.obligation_id = owed->obligation->obligation_id;
        body.former_hours = hours_to(work->arena, ledger_demanded(&owed->ledger));
        body.hours = command->hours;
        body.reference = command->reference;
        body.amended_on = command->amended_on;
        body.reason = command->reason;
        body.ground = command->ground;
        body.postings = postings.list;
        body.n_postings = postings.count;
        work_record(work, &body.base);
}

struct reply handle_amend_obligation(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AmendObligation *command = (const Contracts__AmendObligation *)message;
        struct posting posting = {.from = ACCOUNT_CLAUSE, .to = ACCOUNT_DUE};
        struct refusal refusal;
        struct owed owed;

        if (!owed_find(work, command->obligation_id, "obligation_id", &owed, &refusal) ||
            !check(&owed, &refusal))
                return reply_refusal(work, &refusal);
        if (hours_subtract(hours_of(command->hours), ledger_demanded(&owed.ledger), &posting.hours) == 0 &&
            hours_hundredths(posting.hours) != 0)
                record(work, command, &owed, &posting);

        struct ledger ledger = contracts_ledger(work->txn, work->arena, owed.id);
        Contracts__AmendObligationReply *reply = pb_new(&contracts__amend_obligation_reply__descriptor, work->arena);
        reply->due = hours_to(work->arena, ledger_demanded(&ledger));
        reply->remaining = hours_to(work->arena, ledger.balance[ACCOUNT_DUE]);
        return reply_ok(work, reply);
}
