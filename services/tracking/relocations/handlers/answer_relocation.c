/* What becomes of a relocation that was proposed: not taken, withdrawn. parts/handlers/accept_relocation.c: taken. */
#include "services/tracking/relocations/relocation.h"
#include "tracking/calls.h"

static void record_end(struct work *work, struct id id, const Tracking__RelocationRow *row,
                       Tracking__RelocationState state, char *decline_code)
{
        Tracking__RelocationEnded ended = TRACKING__RELOCATION_ENDED__INIT;
        ended.relocation_id = id_to(work->arena, id);
        ended.beneficiary_id = row->beneficiary_id;
        ended.state = state;
        ended.decline_code = decline_code;
        ended.from_territory = row->from_territory;
        ended.to_territory = row->to_territory;
        work_record(work, &ended.base);
}

/* DeclineRelocation: those where she is said to live do not take her file, with the reason by its code. Caller: a
 * facilitator of that territory. Emits RelocationEnded. */
struct reply handle_decline_relocation(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__DeclineRelocation *command = (const Tracking__DeclineRelocation *)message;
        struct id id = id_of(command->relocation_id);
        struct refusal refusal;
        const Tracking__RelocationRow *row = relocation_that_waits(work, id, &refusal);
        if (row == NULL)
                return reply_refusal(work, &refusal);
        record_end(work, id, row, TRACKING__RELOCATION_STATE__RELOCATION_DECLINED, command->decline_code);
        return reply_ok(work, pb_new(&tracking__decline_relocation_reply__descriptor, work->arena));
}

/* WithdrawRelocation: it was proposed wrongly, or she stays. Caller: a facilitator of the territory that proposed it.
 * Emits RelocationEnded. */
struct reply handle_withdraw_relocation(struct work *work, const ProtobufCMessage *message)
{
        static char none[] = "";
        const Tracking__WithdrawRelocation *command = (const Tracking__WithdrawRelocation *)message;
        struct id id = id_of(command->relocation_id);
        struct refusal refusal;
        const Tracking__RelocationRow *row = relocation_that_waits(work, id, &refusal);
        if (row == NULL)
                return reply_refusal(work, &refusal);
        record_end(work, id, row, TRACKING__RELOCATION_STATE__RELOCATION_WITHDRAWN, none);
        return reply_ok(work, pb_new(&tracking__withdraw_relocation_reply__descriptor, work->arena));
}
