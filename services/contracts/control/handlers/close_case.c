/* close_case: a case ends: the company made good, the buyer's decision settled it, or it was opened by mistake.
 * Caller: facilitator (of one of the obligation's territories), coordinator, until the formal notice is served and
 * after the decision; the contract's buyer at any step.  Emits: CaseClosed. Refuses: NOT_FOUND, NOT_ALLOWED,
 * INVALID_FIELD (outcome, reason), WRONG_STATE. */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "common/base/text.h"
#include "services/contracts/control/ground.h"
#include "services/contracts/control/ladder.h"

static bool check_outcome(const struct work *work, const Contracts__CloseCase *command,
                          const struct loaded_control *loaded, struct refusal *ret_refusal)
{
        struct refusal why;
        switch (command->outcome) {
        case CONTRACTS__CASE_OUTCOME__MADE_GOOD:
                return !case_stands(work, loaded, &why) ||
                       refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "outcome",
                              "L'entreprise n'est pas en règle : enregistrez ce qui manque, ou poursuivez le dossier.");
        case CONTRACTS__CASE_OUTCOME__SETTLED:
                return case_is_decided(loaded->record) ||
                       refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "outcome",
                              "Le dossier n'est pas réglé : il manque la décision de l'acheteur.");
        default: /* OPENED_BY_MISTAKE */
                if (loaded->record->decision != NULL)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "outcome",
                                      "L'acheteur a décidé : le dossier n'est plus une erreur. Clôturez-le comme "
                                      "réglé.");
                return !text_is_empty(command->reason) ||
                       refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason",
                              "Dites pourquoi le dossier a été ouvert par erreur.");
        }
}

static bool may_close(const struct work *work, const Contracts__CloseCase *command, const struct loaded_control *loaded,
                      struct refusal *ret_refusal)
{
        return ladder_allows(loaded->record, LADDER_CLOSE, acts_as_buyer(work), ret_refusal) &&
               check_outcome(work, command, loaded, ret_refusal);
}

struct reply handle_close_case(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__CloseCase *command = (const Contracts__CloseCase *)message;
        struct refusal refusal;
        struct loaded_control loaded;

        if (!loaded_control_of_case(work, command->case_id, &loaded, &refusal) ||
            !may_close(work, command, &loaded, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__CaseClosed body = CONTRACTS__CASE_CLOSED__INIT;
        body.case_id = loaded.record->case_id;
        body.obligation_id = loaded.record->obligation_id;
        body.contract_id = loaded.record->contract_id;
        body.outcome = command->outcome;
        body.reason = command->reason;
        body.closed_on = day_to(work->arena, work->today);
        work_record(work, &body.base);

        Contracts__CloseCaseReply *reply = pb_new(&contracts__close_case_reply__descriptor, work->arena);
        reply->case_id = body.case_id;
        return reply_ok(work, reply);
}
