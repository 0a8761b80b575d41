/* What becomes of a relocation that was proposed: taken, not taken, withdrawn. */
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/relocations/relocation.h"
#include "tracking/calls.h"

/* Since it was proposed she may have been erased, or restricted her file. */
static bool may_still_be_taken(const struct work *work, const Tracking__RelocationRow *relocation, struct refusal *ret)
{
        const Tracking__BeneficiaryRow *row =
                tracking_beneficiary(work->txn, id_of(relocation->beneficiary_id), work->arena);
        if (row == NULL)
                return refuse(
                        ret, TYPES__REFUSAL_CODE__WRONG_STATE, "relocation_id",
                        "Ce dossier a été effacé depuis : il n'y a plus rien à reprendre. Refusez ce changement.");
        if (row->restriction_code[0] != '\0')
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "relocation_id",
                              "Ce dossier est conservé sans changement pour l'instant : voyez avec le facilitateur du "
                              "département %s.",
                              row->territory);
        return true;
}

/* AcceptRelocation: her file is followed where she lives now; open placements go on where they are. Caller: a
 * facilitator of that territory. Emits BeneficiaryRelocated for each of her files. */
struct reply handle_accept_relocation(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__AcceptRelocation *command = (const Tracking__AcceptRelocation *)message;
        struct id id = id_of(command->relocation_id);
        struct refusal refusal;
        const Tracking__RelocationRow *row = relocation_that_waits(work, id, &refusal);

        if (row == NULL || !may_still_be_taken(work, row, &refusal))
                return reply_refusal(work, &refusal);
        relocation_record(work, id, row);
        Tracking__AcceptRelocationReply *reply = pb_new(&tracking__accept_relocation_reply__descriptor, work->arena);
        reply->beneficiary_id = row->beneficiary_id;
        return reply_ok(work, reply);
}

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
