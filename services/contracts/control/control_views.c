#include "services/contracts/control/control_views.h"

#include "services/contracts/control/ladder.h"
#include "services/contracts/control/promises.h"
#include "services/contracts/record/versions.h"

Contracts__ProgressView *view_progress(const struct work *work, const struct loaded_control *loaded)
{
        const struct pace *pace = &loaded->pace;
        Contracts__ProgressView *view = pb_new(&contracts__progress_view__descriptor, work->arena);

        view->obligation_id = loaded->obligation->obligation_id;
        view->contract_id = loaded->obligation->contract_id;
        view->contractor_name = loaded->obligation->contractor_name;
        view->owed = hours_to(work->arena, pace->owed);
        view->done = hours_to(work->arena, pace->done);
        view->light = pace->light;
        view->n_promises = promises_of(work, loaded, &view->promises);
        if (hours_hundredths(pace->owed) > 0)
                view->done_share = share_to(work->arena, pace->done_share);
        if (!loaded->has_span)
                return view;
        view->expected = hours_to(work->arena, pace->expected);
        view->elapsed_share = share_to(work->arena, pace->elapsed_share);
        view->starts_on = day_to(work->arena, loaded->span.start);
        view->ends_on = day_to(work->arena, loaded->span.end);
        view->suspended_days = (uint32_t)pace->suspended_days;
        return view;
}

/* ---- cases */

static Types__Day *day_after(const struct work *work, struct day day)
{
        struct day next = day_of_number(day_number(day) + 1);
        return day_number(next) > day_number(work->today) ? day_to(work->arena, next) : NULL;
}

static Types__Day *next_on(const struct work *work, const struct loaded_control *loaded,
                           const Contracts__ControlCase *record)
{
        struct loaded_control of_case = *loaded;
        of_case.record = (Contracts__ControlCase *)(uintptr_t)record;
        switch (record->step) {
        case CONTRACTS__CASE_STEP__COMPANY_REMINDED:
                return loaded->plan == NULL ? NULL : day_after(work, case_answer_by(&of_case));
        case CONTRACTS__CASE_STEP__NOTICE_SERVED: return day_after(work, day_of(record->contradictory_until));
        case CONTRACTS__CASE_STEP__CATCHING_UP: return day_after(work, day_of(record->decision->catch_up_until));
        default: return NULL;
        }
}

/* Security: what is between facilitator and buyer, the company does not read before it has taken effect. */
static Contracts__ControlCase *as_company(const struct work *work, const Contracts__ControlCase *record)
{
        static char nothing[] = "";
        Contracts__ControlCase *shown = pb_new(&contracts__control_case__descriptor, work->arena);
        *shown = *record;
        if (record->served_on == NULL) {
                shown->notice_text = nothing;
                shown->drafted_on = NULL;
        }
        shown->proposal = case_is_decided(record) ? record->proposal : NULL;
        return shown;
}

Contracts__CaseView *view_case(const struct work *work, const struct loaded_control *loaded,
                               Contracts__ControlCase *record)
{
        Contracts__CaseView *view = pb_new(&contracts__case_view__descriptor, work->arena);
        view->case_ = work->actor->role == TYPES__ROLE__COMPANY ? as_company(work, record) : record;
        view->contractor_name = loaded->obligation->contractor_name;
        view->version = contracts_version(work->txn, THING_CASE, id_of(record->case_id));
        view->next_action = (char *)(uintptr_t)ladder_next(record);
        view->next_on = next_on(work, loaded, record);
        return view;
}

size_t view_cases_of(const struct work *work, const struct loaded_control *loaded, Contracts__CaseView ***ret)
{
        struct walk walk;
        struct id id;
        size_t count = 0;

        *ret = NULL;
        control_walk_cases_of(work->txn, id_of(loaded->obligation->obligation_id), slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                Contracts__ControlCase *record = control_case_find(work->txn, work->arena, id);
                if (record == NULL)
                        continue;
                *ret = pb_append(*ret, &count, sizeof(**ret), work->arena);
                (*ret)[count - 1] = view_case(work, loaded, record);
        }
        walk_end(&walk);
        return count;
}

/* ---- statements */

/* Of those that were not sent: the last one whose day has come, else the first that is to come. */
static Types__Day *next_reminder(const struct work *work, const struct loaded_control *loaded,
                                 const struct period *period, const Contracts__StatementRow *row)
{
        const Contracts__ReminderRule *rule = loaded->rules->reminders;
        int32_t sent = INT32_MIN, days = day_number(work->today) - day_number(period->due), next = INT32_MIN;

        for (size_t i = 0; row != NULL && i < row->n_reminders; i++)
                if (row->reminders[i]->offset_days > sent)
                        sent = row->reminders[i]->offset_days;
        for (size_t i = 0; i < rule->n_offset_days; i++)
                if (rule->offset_days[i] > sent && (next == INT32_MIN || rule->offset_days[i] <= days))
                        next = rule->offset_days[i];
        return next == INT32_MIN ? NULL : day_to(work->arena, day_of_number(day_number(period->due) + next));
}

Contracts__StatementLine *view_statement(const struct work *work, const struct loaded_control *loaded,
                                         const struct period *period, const Contracts__StatementRow *row)
{
        char **missing;
        size_t count = loaded_control_missing(loaded, period, row, work->arena, &missing);
        if (count == 0)
                return NULL;
        Contracts__StatementLine *line = pb_new(&contracts__statement_line__descriptor, work->arena);
        int32_t late = day_number(work->today) - day_number(period->due);
        line->obligation_id = loaded->obligation->obligation_id;
        line->contract_id = loaded->obligation->contract_id;
        line->contractor_name = loaded->obligation->contractor_name;
        line->period_end = day_to(work->arena, period->end);
        line->due_on = day_to(work->arena, period->due);
        line->days_late = late > 0 ? (uint32_t)late : 0;
        line->missing = missing;
        line->n_missing = count;
        if (row != NULL) {
                line->reminders = row->reminders;
                line->n_reminders = row->n_reminders;
        }
        line->next_reminder_on = next_reminder(work, loaded, period, row);
        return line;
}
