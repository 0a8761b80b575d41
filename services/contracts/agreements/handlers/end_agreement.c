/* end_agreement: an agreement denounced by one party with its notice, ended by both, or a draft given up.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: AgreementEnded.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (by, told_on, ends_on, reason), WRONG_STATE (ended already). */
#include "contracts/calls.h"
#include "services/contracts/agreements/agreements.h"

#include "services/contracts/agreements/agreement_views.h"

struct reply handle_end_agreement(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__EndAgreement *command = (const Contracts__EndAgreement *)message;
        struct refusal refusal;

        Contracts__AgreementRow *row = agreement_require(work, command->agreement_id, &refusal);
        if (row == NULL || !agreement_check_end(row, command, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__AgreementEnded body = CONTRACTS__AGREEMENT_ENDED__INIT;
        body.agreement_id = command->agreement_id;
        body.by = command->by;
        body.told_on = command->told_on;
        body.ends_on = command->ends_on;
        body.reason = command->reason;
        work_record(work, &body.base);

        Contracts__EndAgreementReply *reply = pb_new(&contracts__end_agreement_reply__descriptor, work->arena);
        row->ended_on = command->ends_on;
        reply->state = agreement_state(row, work->today);
        reply->ends_on = command->ends_on;
        return reply_ok(work, reply);
}
