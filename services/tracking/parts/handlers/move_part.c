/* MovePart: a territory, a bucket of one or a person begins to move to another tracking process (mover.h does it, step
 * by step, whatever stops it). CancelPart: what has not gone yet stays. Caller: an operator. Emits PartMoveBegun,
 * PartMoveCancelled. */
#include "common/codec/types.h"
#include "services/tracking/homes/homes_rows.h"
#include "services/tracking/parts/beginning.h"
#include "tracking/calls.h"

struct reply handle_move_part(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__MovePart *command = (const Tracking__MovePart *)message;
        struct refusal refusal;
        command->choice->to_her_home = false; /* that is for a relocation to say */
        if (!part_may_move(work, command->choice, command->to_partition, &refusal))
                return reply_refusal(work, &refusal);
        Tracking__MovePartReply *reply = pb_new(&tracking__move_part_reply__descriptor, work->arena);
        reply->part_id = id_to(work->arena, part_begin(work, command->choice, command->to_partition));
        return reply_ok(work, reply);
}

struct reply handle_cancel_part(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__CancelPart *command = (const Tracking__CancelPart *)message;
        const Tracking__PartRow *row = homes_part(work->txn, id_of(command->part_id), work->arena);
        Tracking__PartMoveCancelled cancelled = TRACKING__PART_MOVE_CANCELLED__INIT;
        if (row == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "part_id",
                                    "Ce déplacement n'existe pas : relisez la liste (guichetctl partition list).");
        bool is_moving =
                row->state == TRACKING__PART_STATE__PART_BEGUN || row->state == TRACKING__PART_STATE__PART_MOVING;
        if (!is_moving)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "part_id",
                                    "Ce déplacement est fini : pour revenir en arrière, déplacez la part dans l'autre "
                                    "sens.");
        cancelled.part_id = command->part_id;
        if (!row->is_cancelled)
                work_record(work, &cancelled.base);
        return reply_ok(work, pb_new(&tracking__cancel_part_reply__descriptor, work->arena));
}
