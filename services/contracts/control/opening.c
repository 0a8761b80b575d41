#include "services/contracts/control/opening.h"

#include "services/contracts/control/ground.h"
#include "services/contracts/control/ladder.h"
#include "services/contracts/control/penalty.h"

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
        if (command->ground == CONTRACTS__CASE_GROUND__COMMITMENT_NOT_KEPT)
                return record->ground == command->ground && case_is_open(record);
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

bool opening_decide(const struct work *work, const struct loaded_control *loaded, const Contracts__OpenCase *command,
                    struct refusal *ret_refusal)
{
        return ground_stands(work, loaded, command->ground, command->period_end, ret_refusal) &&
               is_new(work, loaded, command, ret_refusal);
}

Contracts__CaseOpened *opening_event(struct work *work, const struct loaded_control *loaded,
                                     const Contracts__OpenCase *command)
{
        Contracts__CaseOpened *body = pb_new(&contracts__case_opened__descriptor, work->arena);
        body->case_id = id_to(work->arena, work_new_id(work));
        body->obligation_id = loaded->obligation->obligation_id;
        body->contract_id = loaded->obligation->contract_id;
        body->ground = command->ground;
        body->period_end = command->period_end;
        body->reason = command->reason;
        body->opened_on = day_to(work->arena, work->today);
        return body;
}
