/* postpone_offers: the offers are due later; so is the additional information.
 * Caller: the contract's buyer; facilitator (of one of its territories), coordinator.  Emits: OffersPostponed.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (no consultation), INVALID_FIELD (dates, reason). */
#include "contracts/calls.h"
#include "services/contracts/consultation/consultation.h"

#include "services/contracts/consultation/consultation_rows.h"
#include "services/contracts/consultation/deadline.h"
#include "services/contracts/record/context.h"

static bool may_postpone(const Contracts__PostponeOffers *command, const Contracts__ConsultationRow *row,
                         struct refusal *ret_refusal)
{
        if (command->offers_due_on->days <= row->offers_due_on->days)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "offers_due_on",
                              "La remise des offres ne peut être que reportée : donnez un jour plus tardif.");
        return true;
}

struct reply handle_postpone_offers(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__PostponeOffers *command = (const Contracts__PostponeOffers *)message;
        const Contracts__ConsultationVersion *rules = rules_on(work, DATED_CONSULTATION, work->today);
        struct loaded_consultation loaded;
        struct refusal refusal;
        struct day due;

        if (!loaded_consultation_of_contract(work, command->contract_id, &loaded, &refusal) ||
            !may_postpone(command, loaded.row, &refusal))
                return reply_refusal(work, &refusal);
        struct consultation_dates dates = {loaded.contract.record->kind, loaded.row->published_on,
                                           command->offers_due_on, command->information_due_on, loaded.row->urgent};
        if (!deadline_information(&dates, rules, &due, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__OffersPostponed body = CONTRACTS__OFFERS_POSTPONED__INIT;
        body.contract_id = command->contract_id;
        body.offers_due_on = command->offers_due_on;
        body.information_due_on = day_to(work->arena, due);
        body.information_set = command->information_due_on != NULL;
        body.reason = command->reason;
        body.rules_version = rules->version;
        work_record(work, &body.base);

        Contracts__PostponeOffersReply *reply = pb_new(&contracts__postpone_offers_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        reply->information_due_on = body.information_due_on;
        return reply_ok(work, reply);
}
