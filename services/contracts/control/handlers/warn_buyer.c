/* warn_buyer: the company was reminded without effect: the buyer is told, by a letter.
 * Caller: facilitator (of one of the obligation's territories), coordinator.  Emits: BuyerWarned.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (step missing, the company still has time to answer, or made good). */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "services/contracts/control/ground.h"
#include "services/contracts/control/ladder.h"
#include "services/contracts/control/letters.h"

static bool had_time_to_answer(const struct work *work, const struct loaded_control *loaded,
                               struct refusal *ret_refusal)
{
        const Contracts__ControlCase *record = loaded->record;
        struct day answer_by = case_answer_by(loaded);
        char text[DAY_TEXT_SIZE];

        if (record->n_reminders > 0 && day_number(work->today) > day_number(answer_by))
                return true;
        day_format(answer_by, text);
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "case_id",
                      "L'entreprise a jusqu'au %s inclus pour répondre au rappel : avertissez l'acheteur ensuite.",
                      text);
}

struct reply handle_warn_buyer(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__WarnBuyer *command = (const Contracts__WarnBuyer *)message;
        struct refusal refusal;
        struct loaded_control loaded;

        if (!loaded_control_of_case(work, command->case_id, &loaded, &refusal) ||
            !ladder_allows(loaded.record, LADDER_WARN, false, &refusal) || !case_stands(work, &loaded, &refusal) ||
            !had_time_to_answer(work, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        char *text = letter_of_case(work, &loaded, "buyer_warning", NULL, &refusal);
        if (text == NULL)
                return reply_refusal(work, &refusal);

        Contracts__BuyerWarned body = CONTRACTS__BUYER_WARNED__INIT;
        body.case_id = loaded.record->case_id;
        body.obligation_id = loaded.record->obligation_id;
        body.contract_id = loaded.record->contract_id;
        body.warned_on = day_to(work->arena, work->today);
        body.text = text;
        work_record(work, &body.base);

        Contracts__WarnBuyerReply *reply = pb_new(&contracts__warn_buyer_reply__descriptor, work->arena);
        reply->text = text;
        return reply_ok(work, reply);
}
