/* ReturnHours: what was stated is sent back to who stated it, with a reason: a code that the notice tells, and words,
 * which are sealed and read in the month's history. Nothing counted, so nothing changes in the ledger.
 * Caller: a facilitator of the placement's territory. Emits HoursReturned. */
#include <string.h>

#include "common/base/text.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/hours_words.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "tracking/calls.h"

static bool is_explained(const Tracking__ReturnHours *command, struct refusal *ret)
{
        if (strcmp(command->return_code, "OTHER") == 0 && text_is_empty(command->reason))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason",
                              "Dites en quelques mots ce qu'il faut corriger : « autre motif » ne le dit pas.");
        return reason_is_sound(command->reason, ret);
}

struct reply handle_return_hours(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ReturnHours *command = (const Tracking__ReturnHours *)message;
        struct id id = id_of(command->placement_id);
        struct placement placement;
        struct statement before;
        struct refusal refusal;
        struct slice words;

        if (!tracking_placement(work->txn, id, &placement))
                return reply_no_placement(work);
        bool is_known = tracking_statement(work->txn, month_of(command->month), id, &before);
        if (!statement_may_return(is_known ? &before : NULL, &refusal) || !is_explained(command, &refusal) ||
            !statement_day_is_sound(command->returned_on, month_of(command->month), "returned_on", &refusal))
                return reply_refusal(work, &refusal);
        int err = hours_words_seal(work, &placement, command->reason, &words);
        if (err != 0)
                return reply_sealed(work, err);
        Tracking__HoursReturned returned = TRACKING__HOURS_RETURNED__INIT;
        returned.placement_id = command->placement_id;
        returned.month = command->month;
        returned.hours = hours_to(work->arena, hours_of_hundredths(before.submitted_hundredths));
        returned.return_code = command->return_code;
        returned.returned_on = command->returned_on;
        work_record_sealed(work, &returned.base, words);
        return reply_ok(work, pb_new(&tracking__return_hours_reply__descriptor, work->arena));
}
