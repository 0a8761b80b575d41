/* amend_obligation: an amendment of the contract (avenant) changes what is owed. CLAUSE -> DUE, the difference.
 * Caller: facilitator (of one of its departments), coordinator.  Emits: ObligationAmended, or nothing where the hours
 * are what they were.  Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (hours, reference, amended_on, reason),
 * WRONG_STATE (contract ended, hours that follow from invoices). */
#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include "services/contracts/ledger/ledger.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/obligation.h"
#include "services/contracts/obligations/loaded_obligation.h"

static bool may_amend(const struct loaded_obligation *loaded, struct refusal *ret_refusal)
{
        if (!loaded_obligation_going_on(loaded, ret_refusal))
                return false;
        return !loaded->obligation->by_invoices ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                      "Les heures de cet accord-cadre suivent ses factures : enregistrez une facture ou un avoir "
                      "(RecordContractInvoice).");
}

static void record_amendment(struct work *work, const Contracts__AmendObligation *command,
                             const struct loaded_obligation *loaded, const struct posting *posting)
{
        Contracts__ObligationAmended body = CONTRACTS__OBLIGATION_AMENDED__INIT;
        struct postings postings = {0};

        loaded_obligation_post(work, loaded, posting, arena_printf(work->arena, "Avenant %s", command->reference),
                               &postings);
        body.contract_id = loaded->obligation->contract_id;
        body.obligation_id = loaded->obligation->obligation_id;
        body.former_hours = hours_to(work->arena, ledger_demanded(&loaded->ledger));
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
        struct loaded_obligation loaded;

        if (!loaded_obligation_find(work, command->obligation_id, "obligation_id", &loaded, &refusal) ||
            !may_amend(&loaded, &refusal))
                return reply_refusal(work, &refusal);
        if (hours_subtract(hours_of(command->hours), ledger_demanded(&loaded.ledger), &posting.hours) == 0 &&
            hours_hundredths(posting.hours) != 0)
                record_amendment(work, command, &loaded, &posting);

        struct ledger ledger = contracts_ledger(work->txn, work->arena, loaded.id);
        Contracts__AmendObligationReply *reply = pb_new(&contracts__amend_obligation_reply__descriptor, work->arena);
        reply->due = hours_to(work->arena, ledger_demanded(&ledger));
        reply->remaining = hours_to(work->arena, ledger.balance[ACCOUNT_DUE]);
        return reply_ok(work, reply);
}
