/* sign_agreement: both parties have signed, on paper; the draft changes no more and covers contracts from its start.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: AgreementSigned.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (signed_on), WRONG_STATE (signed, given up, incomplete: what the
 * printed text needs and has not). */
#include "contracts/calls.h"
#include "services/contracts/agreements/agreements.h"

#include "services/contracts/agreements/agreement_print.h"
#include "services/contracts/agreements/agreement_views.h"
#include "services/contracts/record/context.h"

struct reply handle_sign_agreement(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__SignAgreement *command = (const Contracts__SignAgreement *)message;
        struct agreement_print print;
        struct refusal refusal;

        Contracts__AgreementRow *row = agreement_require(work, command->agreement_id, &refusal);
        if (row == NULL || !agreement_check_signed(row, &refusal) ||
            !agreement_print(row->agreement, rules_on(work, DATED_AGREEMENT_TEXTS, work->today), work->arena, &print,
                             &refusal))
                return reply_refusal(work, &refusal);

        Contracts__AgreementSigned body = CONTRACTS__AGREEMENT_SIGNED__INIT;
        body.agreement_id = command->agreement_id;
        body.signed_on = command->signed_on;
        work_record(work, &body.base);

        Contracts__SignAgreementReply *reply = pb_new(&contracts__sign_agreement_reply__descriptor, work->arena);
        row->signed_on = command->signed_on;
        reply->state = agreement_state(row, work->today);
        return reply_ok(work, reply);
}
