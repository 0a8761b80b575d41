/* open_case: something is wrong with an obligation: the first step of the ladder. Its ground is checked, not believed.
 * Caller: facilitator (of one of the obligation's territories), coordinator.  Emits: CaseOpened.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (ground, period_end, reason), WRONG_STATE (no plan; the ground is not
 * so), ALREADY_EXISTS (a case is open on it, or lateness from the same date was penalised). */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "common/base/text.h"
#include "services/contracts/control/ground.h"
#include "services/contracts/control/ladder.h"
#include "services/contracts/control/penalty.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

static bool is_of_period(const Contracts__ControlCase *record, const Types__Day *period_end)
{
        return record->period_end != NULL && period_end != NULL && record->period_end->days == period_end->days;
}

/* Days late counted from the due date must not be counted by two cases. */
static bool was_penalised(const struct loaded_control *loaded, const Contracts__ControlCase *record)
{
        return loaded->plan->lateness_from == CONTRACTS__LATENESS_START__FROM_DUE_DATE && case_is_decided(record) &&
               money_cents(money_of(record->decision->amount)) > 0;
}

static bool collides(const struct loaded_control *loaded, const Contracts__OpenCase *command,
                     const Contracts__ControlCase *record)
{
        if (ground_is_about_hours(command->ground))
                return ground_is_about_hours(record->ground) && case_is_open(record);
        return is_of_period(record, command->period_end) && (case_is_open(record) || was_penalised(loaded, record));
}

static bool is_new(const struct work *work, const struct loaded_control *loaded, const Contracts__OpenCase *command,
                   struct refusal *ret_refusal)
{
        struct walk walk;
        struct id id;
        bool found = false;

        control_walk_cases_of(work->txn, id_of(command->obligation_id), slice_of(NULL, 0), &walk);
        while (!found && walk_next(&walk, &id)) {
                const Contracts__ControlCase *record = control_case_find(work->txn, work->arena, id);
                found = record != NULL && collides(loaded, command, record);
        }
        walk_end(&walk);
        return !found ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "ground",
                      "Un dossier est déjà ouvert là-dessus, ou ce retard a déjà été pénalisé : poursuivez ou "
                      "clôturez le premier.");
}

struct reply handle_open_case(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__OpenCase *command = (const Contracts__OpenCase *)message;
        struct refusal refusal;
        struct loaded_control loaded;

        if (!loaded_control_of_obligation(work, command->obligation_id, &loaded, &refusal) ||
            !ground_stands(work, &loaded, command->ground, command->period_end, &refusal) ||
            !is_new(work, &loaded, command, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__CaseOpened body = CONTRACTS__CASE_OPENED__INIT;
        body.case_id = id_to(work->arena, work_new_id(work));
        body.obligation_id = loaded.obligation->obligation_id;
        body.contract_id = loaded.obligation->contract_id;
        body.ground = command->ground;
        body.period_end = command->period_end;
        body.reason = command->reason;
        body.opened_on = day_to(work->arena, work->today);
        work_record(work, &body.base);

        Contracts__OpenCaseReply *reply = pb_new(&contracts__open_case_reply__descriptor, work->arena);
        reply->case_id = body.case_id;
        return reply_ok(work, reply);
}
