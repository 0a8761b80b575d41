/* CloseControl: with its figures, once each placement has its result and what follows from it; or given up, with the
 * reason. ReopenControl: it was closed too early. Caller: a facilitator of the territory. Emits ControlClosed or
 * ControlReopened. */
#include "common/base/text.h"
#include "services/tracking/controls/judging.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/rules/wording.h"
#include "tracking/calls.h"

#define WRONG_STATE TYPES__REFUSAL_CODE__WRONG_STATE

static struct reply reply_no_control(struct work *work)
{
        return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "control_id",
                            "Ce contrôle n'existe pas ici : vérifiez son identifiant.");
}

/* What nobody can judge now is set aside: erased, restricted, of a private contract since. */
static bool is_set_aside(const struct work *work, const struct evidence *evidence)
{
        struct placement placement;
        return evidence->row->erased || !tracking_placement(work->txn, evidence->placement, &placement) ||
               placement.is_frozen || !judging_reads(work, evidence);
}

static bool is_done(const struct work *work, struct id control, struct refusal *ret)
{
        struct evidence_list list = evidence_of(work->txn, control, work->arena);
        size_t open = 0;
        for (size_t i = 0; i < list.count; i++)
                open += !evidence_is_settled(list.at[i].row) && !is_set_aside(work, &list.at[i]);
        return open == 0 ||
               refuse(ret, WRONG_STATE, "control_id",
                      "%zu parcours n'ont pas encore leur résultat, ou ce qui en suit : jugez-les d'abord, "
                      "ou annulez le contrôle avec un motif.",
                      open);
}

static bool may_close(const struct work *work, const Tracking__CloseControl *command, const Tracking__ControlRow *row,
                      struct refusal *ret)
{
        char day[DAY_WORDING_SIZE];
        day_wording(day_of(row->drawn_on), day);
        if (row->closed_on != NULL)
                return refuse(ret, WRONG_STATE, "control_id", "Ce contrôle est déjà clos.");
        if (command->closed_on->days < row->drawn_on->days)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "closed_on",
                              "Ce contrôle a été tiré le %s : indiquez ce jour-là ou un jour d'après.", day);
        return !text_is_empty(command->cancellation) || is_done(work, id_of(command->control_id), ret);
}

struct reply handle_close_control(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__CloseControl *command = (const Tracking__CloseControl *)message;
        const Tracking__ControlRow *row = tracking_control(work->txn, id_of(command->control_id), work->arena);
        Tracking__CloseControlReply *reply = pb_new(&tracking__close_control_reply__descriptor, work->arena);
        Tracking__ControlClosed body = TRACKING__CONTROL_CLOSED__INIT;
        struct refusal refusal;

        if (row == NULL)
                return reply_no_control(work);
        if (!may_close(work, command, row, &refusal) ||
            !judging_words_are_sound(command->cancellation, "cancellation", &refusal))
                return reply_refusal(work, &refusal);
        reply->figures = judging_figures(work, id_of(command->control_id));
        body.control_id = command->control_id;
        body.territory = row->territory;
        body.closed_on = command->closed_on;
        body.cancellation = command->cancellation;
        body.figures = reply->figures;
        work_record(work, &body.base);
        return reply_ok(work, reply);
}

struct reply handle_reopen_control(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ReopenControl *command = (const Tracking__ReopenControl *)message;
        const Tracking__ControlRow *row = tracking_control(work->txn, id_of(command->control_id), work->arena);
        Tracking__ControlReopened body = TRACKING__CONTROL_REOPENED__INIT;
        struct refusal refusal;

        if (row == NULL)
                return reply_no_control(work);
        if (row->closed_on == NULL)
                return reply_refuse(work, WRONG_STATE, "control_id",
                                    "Ce contrôle est ouvert : il n'y a rien à rouvrir.");
        if (!judging_words_are_sound(command->correction, "correction", &refusal))
                return reply_refusal(work, &refusal);
        body.control_id = command->control_id;
        body.territory = row->territory;
        body.correction = command->correction;
        work_record(work, &body.base);
        return reply_ok(work, pb_new(&tracking__reopen_control_reply__descriptor, work->arena));
}
