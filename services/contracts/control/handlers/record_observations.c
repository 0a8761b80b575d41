/* record_observations: what the company answers to the formal notice, before the decision.
 * Caller: the company; the contract's buyer; facilitator (of one of the obligation's territories), coordinator.
 * Emits: ObservationsReceived, its text sealed.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (received_on, text), WRONG_STATE (step missing). */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "services/contracts/control/ladder.h"
#include "services/contracts/control/loaded_control.h"

enum { OBSERVATIONS_MAX = 20 }; /* of one case: its row is read and written whole */

static bool may_observe(const Contracts__RecordObservations *command, const struct loaded_control *loaded,
                        struct refusal *ret_refusal)
{
        if (!ladder_allows(loaded->record, LADDER_OBSERVE, false, ret_refusal))
                return false;
        if (loaded->record->n_observations >= OBSERVATIONS_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "case_id",
                              "Ce dossier a déjà %d observations : joignez la suite au dossier de l'acheteur.",
                              OBSERVATIONS_MAX);
        struct day served_on = day_of(loaded->record->served_on);
        return day_follows(command->received_on, served_on, "received_on", ret_refusal);
}

struct reply handle_record_observations(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RecordObservations *command = (const Contracts__RecordObservations *)message;
        struct refusal refusal;
        struct loaded_control loaded;

        if (!loaded_control_of_case(work, command->case_id, &loaded, &refusal) ||
            !may_observe(command, &loaded, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__ObservationsReceived body = CONTRACTS__OBSERVATIONS_RECEIVED__INIT;
        Contracts__CompanyObservation sealed = CONTRACTS__COMPANY_OBSERVATION__INIT;
        body.case_id = loaded.record->case_id;
        body.obligation_id = loaded.record->obligation_id;
        body.contract_id = loaded.record->contract_id;
        body.received_on = sealed.received_on = command->received_on;
        body.in_time = sealed.in_time = command->received_on->days <= loaded.record->contradictory_until->days;
        sealed.text = command->text;
        work_record_sealed(work, &body.base, pb_encode(&sealed, work->arena));

        Contracts__RecordObservationsReply *reply =
                pb_new(&contracts__record_observations_reply__descriptor, work->arena);
        reply->in_time = body.in_time;
        return reply_ok(work, reply);
}
