/* serve_formal_notice: the buyer signed the formal notice and sent it: the contradictory period begins.
 * Caller: the contract's buyer; facilitator (of one of the obligation's territories) or coordinator for it, with the
 * reference of the signed letter and who signed.  Emits: FormalNoticeServed.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (served_on, reference, signatory), WRONG_STATE (step missing). */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "services/contracts/control/ladder.h"
#include "services/contracts/control/loaded_control.h"
#include "services/contracts/control/working_days.h"

static bool may_serve(const struct work *work, const Contracts__ServeFormalNotice *command,
                      const struct loaded_control *loaded, struct refusal *ret_refusal)
{
        if (!ladder_allows(loaded->record, LADDER_SERVE, acts_as_buyer(work), ret_refusal))
                return false;
        struct day drafted_on = day_of(loaded->record->drafted_on);
        return day_follows(command->served_on, drafted_on, "served_on", ret_refusal) &&
               signed_by_buyer(work, command->reference, command->signatory, ret_refusal);
}

struct reply handle_serve_formal_notice(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ServeFormalNotice *command = (const Contracts__ServeFormalNotice *)message;
        struct refusal refusal;
        struct loaded_control loaded;

        if (!loaded_control_of_case(work, command->case_id, &loaded, &refusal) ||
            !may_serve(work, command, &loaded, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__FormalNoticeServed body = CONTRACTS__FORMAL_NOTICE_SERVED__INIT;
        struct day served_on = day_of(command->served_on);
        struct day until = day_of_number(day_number(served_on) + (int32_t)loaded.plan->contradictory_days);
        body.case_id = loaded.record->case_id;
        body.obligation_id = loaded.record->obligation_id;
        body.contract_id = loaded.record->contract_id;
        body.served_on = command->served_on;
        body.reference = command->reference;
        body.contradictory_until = day_to(work->arena, until);
        body.recorded_for_buyer = !acts_as_buyer(work);
        work_record_sealed(work, &body.base, sealed_signature(work, command->signatory));

        Contracts__ServeFormalNoticeReply *reply =
                pb_new(&contracts__serve_formal_notice_reply__descriptor, work->arena);
        reply->contradictory_until = body.contradictory_until;
        reply->answer_by = day_to(
                work->arena, working_days_after(loaded.rules->holidays, served_on, loaded.plan->answer_working_days));
        return reply_ok(work, reply);
}
