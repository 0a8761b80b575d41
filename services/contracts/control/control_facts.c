#include "services/contracts/control/control_facts.h"

#include "common/base/days.h"
#include "common/base/french.h"
#include "services/contracts/control/control_views.h"
#include "services/contracts/control/ladder.h"
#include "services/contracts/control/promises.h"
#include "services/contracts/control/suspending.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/contact.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

enum { STATEMENTS_SHOWN = 8 };

static Contracts__CalendarLine *add_date(const struct work *work, const struct loaded_control *loaded, struct day on,
                                         char *what, Contracts__ContractFactsReply *reply)
{
        static char source[] = "plan de contrôle de la clause";
        Contracts__CalendarLine *line = facts_calendar(work, reply, on);
        line->what = what;
        line->about_id = loaded->obligation->obligation_id;
        line->source = source;
        return line;
}

static char *statement_told(const struct work *work, const struct loaded_control *loaded, const struct period *period)
{
        return arena_printf(work->arena, "%s : %s %s", loaded->obligation->contractor_name,
                            period->is_report ? "rapport annuel du concessionnaire, jusqu'au"
                                              : "relevé de la période close le",
                            french_day(work->arena, period->last));
}

/* What is late, and the next one that is to come; of those that were kept, the last. */
static void add_statements(const struct work *work, const struct loaded_control *loaded,
                           Contracts__ContractFactsReply *reply)
{
        struct calendar calendar = calendar_begin(loaded->plan, &loaded->span);
        struct period period, kept;
        bool has_kept = false, is_late = true;

        while (is_late && calendar_next(&calendar, &period)) {
                const Contracts__StatementRow *row = control_statement_find(
                        work->txn, work->arena, id_of(loaded->obligation->obligation_id), period.end);
                if (row != NULL && row->complete_on != NULL) {
                        kept = period;
                        has_kept = true;
                        continue;
                }
                is_late = day_number(period.due) < day_number(work->today);
                add_date(work, loaded, period.due, statement_told(work, loaded, &period), reply)->act =
                        arena_text(work->arena, "contracts.RecordStatement");
        }
        if (!has_kept)
                return;
        add_date(work, loaded, kept.due, arena_printf(work->arena, "%s, remis", statement_told(work, loaded, &kept)),
                 reply)
                ->state = CONTRACTS__CALENDAR_STATE__KEPT;
}

static void add_case_dates(const struct work *work, const struct loaded_control *loaded,
                           const Contracts__ControlView *view, Contracts__ContractFactsReply *reply)
{
        for (size_t i = 0; i < view->n_cases; i++) {
                const Contracts__CaseView *one = view->cases[i];
                if (one->next_on != NULL)
                        add_date(work, loaded, day_of(one->next_on),
                                 arena_printf(work->arena, "%s, %s : %s", one->contractor_name,
                                              ground_told(one->case_->ground), one->next_action),
                                 reply);
        }
}

static Contracts__ControlView *view_of(const struct work *work, const struct loaded_control *loaded)
{
        Contracts__ControlView *view = pb_new(&contracts__control_view__descriptor, work->arena);
        Contracts__ObligationControl *control = control_of(work->txn, work->arena, loaded->obligation->obligation_id);

        view->obligation_id = loaded->obligation->obligation_id;
        view->plan = (Contracts__ControlPlan *)(uintptr_t)loaded->plan;
        view->progress = view_progress(work, loaded);
        const Contracts__SealedPerson *person = contact_open(work, control->contact_id, control->sealed_responsible);
        view->responsible = control->responsible; /* of before it was sealed */
        if (person != NULL && person->person_case == CONTRACTS__SEALED_PERSON__PERSON_RESPONSIBLE)
                view->responsible = person->responsible;
        view->statements = arena_alloc(work->arena, STATEMENTS_SHOWN * sizeof(*view->statements));
        view->n_statements = control_statements_last(work->txn, work->arena, id_of(view->obligation_id),
                                                     STATEMENTS_SHOWN, view->statements);
        view->n_cases = view_cases_of(work, loaded, &view->cases);
        view->reliefs = control->reliefs;
        view->n_reliefs = control->n_reliefs;
        view->attested_on = control->attested_on;
        view->n_suspensions = suspending_of(work, loaded, &view->suspensions);
        return view;
}

/* Until when the offer's promises are to be kept. */
static void add_promises(const struct work *work, const struct loaded_control *loaded,
                         const Contracts__ControlView *view, Contracts__ContractFactsReply *reply)
{
        for (size_t i = 0; i < view->progress->n_promises; i++) {
                const Contracts__PromiseView *one = view->progress->promises[i];
                if (one->due_on == NULL)
                        continue;
                Contracts__CalendarLine *line =
                        add_date(work, loaded, day_of(one->due_on),
                                 arena_printf(work->arena, "%s, engagement de l'offre : %s",
                                              loaded->obligation->contractor_name, promise_told(work, one)),
                                 reply);
                line->act = arena_text(work->arena, "contracts.RecordPromise");
                if (one->state == CONTRACTS__PROMISE_STATE__PROMISE_KEPT)
                        line->state = CONTRACTS__CALENDAR_STATE__KEPT;
        }
}

/* The day after each suspension that has an end. */
static void add_resumptions(const struct work *work, const struct loaded_control *loaded,
                            const Contracts__ControlView *view, Contracts__ContractFactsReply *reply)
{
        for (size_t i = 0; i < view->n_suspensions; i++) {
                const Contracts__Suspension *one = view->suspensions[i];
                if (one->to != NULL && one->to->days >= day_number(work->today))
                        add_date(work, loaded, day_plus(day_of(one->to), 1),
                                 arena_printf(work->arena, "%s : reprise de l'exécution, suspendue %s",
                                              loaded->obligation->contractor_name, suspending_told(one, work->arena)),
                                 reply)
                                ->act = arena_text(work->arena, "contracts.ResumeExecution");
        }
}

static bool is_over(const struct facts_of *of)
{
        return of->file != NULL && of->file->ended_on != NULL;
}

static void add_obligation(const struct work *work, const struct facts_of *of, const struct loaded_control *loaded,
                           Contracts__ContractFactsReply *reply)
{
        Contracts__ControlView *view = view_of(work, loaded);
        reply->control = pb_append(reply->control, &reply->n_control, sizeof(*reply->control), work->arena);
        reply->control[reply->n_control - 1] = view;
        add_promises(work, loaded, view, reply);
        if (loaded->plan == NULL || !loaded->has_span)
                return;
        if (!loaded->is_quit)
                add_statements(work, loaded, reply);
        add_case_dates(work, loaded, view, reply);
        if (!is_over(of) && !loaded->is_quit)
                add_resumptions(work, loaded, view, reply);
        if (!is_over(of) && !loaded->is_quit && loaded->obligation->left == NULL)
                add_date(work, loaded, loaded->span.end,
                         arena_printf(work->arena, "%s : terme de l'exécution de la clause",
                                      loaded->obligation->contractor_name),
                         reply);
}

void facts_control(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply)
{
        struct loaded_control loaded;
        struct walk walk;
        struct id id;

        contracts_walk_obligations_of_contract(work->txn, of->contract, slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                const Contracts__ObligationRecorded *obligation = contracts_obligation_find(work->txn, work->arena, id);
                /* Security: a company sees what it owes itself, not the other members of a group. */
                if (obligation != NULL && access_obligation(work, obligation) &&
                    loaded_control_read(work, obligation, &loaded))
                        add_obligation(work, of, &loaded, reply);
        }
        walk_end(&walk);
}
