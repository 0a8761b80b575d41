/* renew_agreement: both parties have agreed on a later last day.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: AgreementRenewed.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (ends_on, agreed_on), WRONG_STATE (a draft, ended). */
#include "contracts/calls.h"
#include "services/contracts/agreements/agreements.h"

#include "services/contracts/agreements/agreement_views.h"

static bool may_renew(const struct work *work, const Contracts__AgreementRow *row,
                      const Contracts__RenewAgreement *command, struct refusal *ret_refusal)
{
        if (row->signed_on == NULL || row->ended_on != NULL)
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "agreement_id",
                        "Seule une convention signée, à laquelle personne n'a mis fin, se renouvelle : rédigez-en une "
                        "nouvelle.");
        struct agreement_term term = agreement_term(row, work->today);
        if (command->ends_on->days <= day_number(term.ends_on)) {
                char text[DAY_TEXT_SIZE];
                day_format(term.ends_on, text);
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "ends_on",
                              "La convention court déjà jusqu'au %s : indiquez une date de fin plus tardive.", text);
        }
        return true;
}

struct reply handle_renew_agreement(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RenewAgreement *command = (const Contracts__RenewAgreement *)message;
        struct refusal refusal;

        const Contracts__AgreementRow *row = agreement_require(work, command->agreement_id, &refusal);
        if (row == NULL || !may_renew(work, row, command, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__AgreementRenewed body = CONTRACTS__AGREEMENT_RENEWED__INIT;
        body.agreement_id = command->agreement_id;
        body.ends_on = command->ends_on;
        body.agreed_on = command->agreed_on;
        work_record(work, &body.base);

        Contracts__RenewAgreementReply *reply = pb_new(&contracts__renew_agreement_reply__descriptor, work->arena);
        reply->ends_on = command->ends_on;
        return reply_ok(work, reply);
}
