/* draft_formal_notice: a formal notice for the buyer to sign. It has no effect before the buyer has signed and sent it.
 * Caller: facilitator (of one of the obligation's territories), coordinator.  Emits: FormalNoticeDrafted.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (step missing, or the company made good). */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "services/contracts/control/ground.h"
#include "services/contracts/control/ladder.h"
#include "services/contracts/control/letters.h"

struct reply handle_draft_formal_notice(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DraftFormalNotice *command = (const Contracts__DraftFormalNotice *)message;
        struct refusal refusal;
        struct loaded_control loaded;
        Contracts__FormalNoticeDrafted body = CONTRACTS__FORMAL_NOTICE_DRAFTED__INIT;

        if (!loaded_control_of_case(work, command->case_id, &loaded, &refusal) ||
            !ladder_allows(loaded.record, LADDER_DRAFT, false, &refusal) || !case_stands(work, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        body.text = letter_of_case(work, &loaded, "formal_notice", &body.texts_version, &refusal);
        if (body.text == NULL)
                return reply_refusal(work, &refusal);

        body.case_id = loaded.record->case_id;
        body.obligation_id = loaded.record->obligation_id;
        body.contract_id = loaded.record->contract_id;
        body.drafted_on = day_to(work->arena, work->today);
        work_record(work, &body.base);

        Contracts__DraftFormalNoticeReply *reply =
                pb_new(&contracts__draft_formal_notice_reply__descriptor, work->arena);
        reply->text = body.text;
        return reply_ok(work, reply);
}
