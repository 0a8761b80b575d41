/* UndoHoursImport: what an import of hours stated is taken back where it still stands as the import left it: a new
 * month is stated no more, a month that was corrected says again what it said before. What was validated, or stated
 * again, stays, and is told row by row with why. Caller: whose list it was; a facilitator of the territory. Emits
 * HoursTakenBack or HoursSubmitted a row, BatchUndone. */
#include "common/store/stored.h"
#include "services/tracking/hours/hours_list.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/imports/imports_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "tracking/calls.h"

/* Why the row stays; NULL: nothing speaks against taking it back. */
static const char *why_kept(struct work *work, const Types__BatchRow *row)
{
        struct placement placement;
        struct statement statement;
        if (!tracking_placement(work->txn, id_of(row->id), &placement) || !scope_states_hours(work, &placement))
                return "Ce parcours n'est pas à vous : adressez-vous au facilitateur du territoire.";
        if (!tracking_statement(work->txn, month_of_number(row->part), id_of(row->id), &statement))
                return "Ces heures ne sont plus déclarées : il n'y a rien à reprendre.";
        if (statement.version == row->event)
                return NULL;
        if (statement.mark == STATEMENT_RETURNED)
                return "Ces heures ont été renvoyées depuis, avec un motif : déclarez-les de nouveau, une à une.";
        return statement_is_validated(&statement)
                       ? "Ces heures ont été validées depuis : demandez au facilitateur de les corriger."
                       : "Ces heures ont été déclarées de nouveau depuis : corrigez-les une à une.";
}

static void restore_before(struct work *work, const Types__BatchRow *row)
{
        const Tracking__HoursBefore *before =
                pb_decode(&tracking__hours_before__descriptor, pb_slice(row->before), work->arena);
        Tracking__HoursSubmitted submitted = TRACKING__HOURS_SUBMITTED__INIT;
        require_stored(before != NULL);
        submitted.placement_id = row->id;
        submitted.month = month_to(work->arena, month_of_number(row->part));
        submitted.hours = before->hours;
        submitted.training = hours_hundredths(hours_of(before->training)) > 0 ? before->training : NULL;
        submitted.stays_returned = before->returned;
        work_record(work, &submitted.base);
}

static const char *take_back_hours(struct work *work, const Types__BatchRow *row, const Types__Id *batch)
{
        const char *why = why_kept(work, row);
        if (why != NULL)
                return why;
        if (row->before.len > 0) {
                restore_before(work, row);
                return NULL;
        }
        Tracking__HoursTakenBack taken_back = TRACKING__HOURS_TAKEN_BACK__INIT;
        taken_back.placement_id = row->id;
        taken_back.month = month_to(work->arena, month_of_number(row->part));
        taken_back.batch_id = (Types__Id *)(uintptr_t)batch;
        work_record(work, &taken_back.base);
        return NULL;
}

struct reply handle_undo_hours_import(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__UndoHoursImport *command = (const Tracking__UndoHoursImport *)message;
        const struct batch_undo undo = {tracking_batches(), HOURS_LIST, command->batch_id, command->reason,
                                        take_back_hours};
        Tracking__UndoHoursImportReply *reply = pb_new(&tracking__undo_hours_import_reply__descriptor, work->arena);
        struct refusal refusal;

        if (!batch_take_back(work, &undo, &reply->report, &refusal))
                return reply_refusal(work, &refusal);
        return reply_ok(work, reply);
}
