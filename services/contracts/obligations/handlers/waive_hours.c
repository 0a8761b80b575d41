/* waive_hours: the buyer gives up hours that are still owed. DUE -> WAIVED.
 * Caller: buyer of the contract; facilitator, coordinator with the reference and date of its written decision.
 * Emits: HoursWaived.  Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (hours, reason, decision), WRONG_STATE (more than
 * remains, contract ended). */
#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include "services/contracts/ledger/ledger.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/loaded_obligation.h"
#include "services/contracts/obligations/transfer.h"
#include "services/contracts/record/record_rows.h"

struct reply handle_waive_hours(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__WaiveHours *command = (const Contracts__WaiveHours *)message;
        Contracts__LedgerDecision *decision;
        struct postings postings = {0};
        char siret[SIRET_TEXT_SIZE];
        struct refusal refusal;
        struct loaded_obligation loaded;

        if (!loaded_obligation_find(work, command->obligation_id, "obligation_id", &loaded, &refusal) ||
            !loaded_obligation_going_on(&loaded, &refusal))
                return reply_refusal(work, &refusal);
        struct decider decider = decider_acting(work, siret);
        decider.buyers = &loaded.contract->buyer_siret;
        decider.buyer_count = 1;
        if (!decision_check(command->decision, &decider, work->arena, &decision, &refusal) ||
            !transfer_hours(hours_of(command->hours), &loaded.ledger, &refusal))
                return reply_refusal(work, &refusal);

        struct posting posting = {ACCOUNT_DUE, ACCOUNT_WAIVED, hours_of(command->hours)};
        loaded_obligation_post(work, &loaded, &posting, "Remise décidée par l'acheteur", &postings);
        Contracts__HoursWaived body = CONTRACTS__HOURS_WAIVED__INIT;
        body.contract_id = loaded.obligation->contract_id;
        body.obligation_id = loaded.obligation->obligation_id;
        body.reason = command->reason;
        body.decision = decision;
        body.postings = postings.list;
        body.n_postings = postings.count;
        work_record(work, &body.base);

        Contracts__WaiveHoursReply *reply = pb_new(&contracts__waive_hours_reply__descriptor, work->arena);
        struct ledger ledger = contracts_ledger(work->txn, work->arena, loaded.id);
        reply->remaining = hours_to(work->arena, ledger.balance[ACCOUNT_DUE]);
        return reply_ok(work, reply);
}
