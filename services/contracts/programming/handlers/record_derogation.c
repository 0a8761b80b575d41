/* record_derogation: the buyer sets no social condition although it would have to; its ground and its written reason.
 * Caller: facilitator (of one of its territories), coordinator; the buyer itself.  Emits: DerogationRecorded.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (ground, reason, decided_on, facts), WRONG_STATE (no obligation). */
#include "contracts/calls.h"
#include "services/contracts/programming/programming.h"

#include "services/contracts/programming/loaded_line.h"

static bool decide(struct work *work, const Contracts__RecordDerogation *command, struct loaded_line *ret_loaded,
                   Contracts__Derogation *ret, struct refusal *ret_refusal)
{
        if (!loaded_line_find(work, command->line_id, command->contract_id, ret_loaded, ret_refusal) ||
            !loaded_line_is_told(ret_loaded, ret_refusal))
                return false;
        ret->check = loaded_line_check(work, ret_loaded, command->facts);
        if (!duty_may_derogate(ret->check, command->ground, ret_refusal))
                return false;
        struct day decided_on = command->decided_on == NULL ? work->today : day_of(command->decided_on);
        ret->decided_on = day_to(work->arena, decided_on);
        ret->ground = command->ground;
        ret->label = duty_ground(ret->check, command->ground)->label;
        ret->reason = command->reason;
        return true;
}

struct reply handle_record_derogation(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RecordDerogation *command = (const Contracts__RecordDerogation *)message;
        Contracts__Derogation *derogation = pb_new(&contracts__derogation__descriptor, work->arena);
        struct loaded_line loaded;
        struct refusal refusal;

        if (!decide(work, command, &loaded, derogation, &refusal))
                return reply_refusal(work, &refusal);
        Contracts__DerogationRecorded body = CONTRACTS__DEROGATION_RECORDED__INIT;
        body.line_id = loaded.line != NULL ? loaded.line->line_id : NULL;
        body.contract_id = (Types__Id *)(uintptr_t)loaded.contract_id;
        body.derogation = derogation;
        work_record(work, &body.base);

        Contracts__RecordDerogationReply *reply = pb_new(&contracts__record_derogation_reply__descriptor, work->arena);
        reply->check = derogation->check;
        return reply_ok(work, reply);
}
