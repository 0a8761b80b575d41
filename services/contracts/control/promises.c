#include "services/contracts/control/promises.h"

#include "common/base/french.h"
#include "common/base/text.h"
#include "common/codec/pb.h"
#include "services/contracts/obligations/obligations_rows.h"

/* ---- how it stands */

static bool is_promised(const Contracts__CommitmentRow *row, Contracts__PromiseKind kind)
{
        switch (kind) {
        case CONTRACTS__PROMISE_KIND__TRAINING_PROMISE: return hours_hundredths(hours_of(row->training_hours)) > 0;
        case CONTRACTS__PROMISE_KIND__TUTORING_PROMISE: return !text_is_empty(row->tutoring);
        case CONTRACTS__PROMISE_KIND__OTHER_PROMISE: return !text_is_empty(row->text);
        default: return false;
        }
}

/* The day that was agreed on last, of one day the last one told; else the end of the execution. */
static Types__Day *due_on(const struct work *work, const struct loaded_control *loaded,
                          const Contracts__CommitmentRow *row, Contracts__PromiseKind kind)
{
        const Contracts__PromiseDate *held = NULL;
        for (size_t i = 0; i < row->n_dates; i++) {
                const Contracts__PromiseDate *one = row->dates[i];
                if (one->kind == kind &&
                    (held == NULL || one->agreed_on->days > held->agreed_on->days ||
                     (one->agreed_on->days == held->agreed_on->days && one->number > held->number)))
                        held = one;
        }
        if (held != NULL)
                return held->due_on;
        return loaded->has_span ? day_to(work->arena, loaded->span.end) : NULL;
}

static Contracts__PromiseState state_of(const struct work *work, const struct loaded_control *loaded,
                                        const Contracts__PromiseView *view, bool is_kept)
{
        if (is_kept)
                return CONTRACTS__PROMISE_STATE__PROMISE_KEPT;
        if (view->due_on == NULL || day_number(work->today) <= view->due_on->days)
                return CONTRACTS__PROMISE_STATE__PROMISE_OPEN;
        bool is_over = loaded->has_span && day_number(work->today) > day_number(loaded->span.end);
        return is_over ? CONTRACTS__PROMISE_STATE__PROMISE_NOT_KEPT : CONTRACTS__PROMISE_STATE__PROMISE_LATE;
}

/* Training is kept by its hours, the others by the step that says so. */
static bool add_steps(const struct work *work, const Contracts__CommitmentRow *row, Contracts__PromiseView *view)
{
        int64_t done = 0;
        bool whole = false;
        for (size_t i = 0; i < row->n_steps; i++) {
                if (row->steps[i]->kind != view->kind)
                        continue;
                view->steps = pb_append(view->steps, &view->n_steps, sizeof(*view->steps), work->arena);
                view->steps[view->n_steps - 1] = row->steps[i];
                done += hours_hundredths(hours_of(row->steps[i]->hours));
                whole = whole || row->steps[i]->whole;
        }
        if (view->kind != CONTRACTS__PROMISE_KIND__TRAINING_PROMISE)
                return whole;
        int64_t promised = hours_hundredths(hours_of(row->training_hours));
        view->promised = row->training_hours;
        view->done = hours_to(work->arena, hours_of_hundredths(done));
        view->remaining = hours_to(work->arena, hours_of_hundredths(done < promised ? promised - done : 0));
        return done >= promised;
}

Contracts__PromiseView *promise_view(const struct work *work, const struct loaded_control *loaded,
                                     Contracts__PromiseKind kind)
{
        const Contracts__CommitmentRow *row =
                commitment_find(work->txn, work->arena, id_of(loaded->obligation->obligation_id));
        if (row == NULL || !is_promised(row, kind))
                return NULL;
        Contracts__PromiseView *view = pb_new(&contracts__promise_view__descriptor, work->arena);
        view->kind = kind;
        view->due_on = due_on(work, loaded, row, kind);
        bool is_kept = add_steps(work, row, view);
        view->state = state_of(work, loaded, view, is_kept);
        return view;
}

size_t promises_of(const struct work *work, const struct loaded_control *loaded, Contracts__PromiseView ***ret)
{
        static const Contracts__PromiseKind kinds[] = {CONTRACTS__PROMISE_KIND__TRAINING_PROMISE,
                                                       CONTRACTS__PROMISE_KIND__TUTORING_PROMISE,
                                                       CONTRACTS__PROMISE_KIND__OTHER_PROMISE};
        size_t count = 0;
        *ret = NULL;
        for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
                Contracts__PromiseView *view = promise_view(work, loaded, kinds[i]);
                if (view == NULL)
                        continue;
                *ret = pb_append(*ret, &count, sizeof(**ret), work->arena);
                (*ret)[count - 1] = view;
        }
        return count;
}

bool promise_is_broken(const Contracts__PromiseView *view)
{
        return view->state == CONTRACTS__PROMISE_STATE__PROMISE_LATE ||
               view->state == CONTRACTS__PROMISE_STATE__PROMISE_NOT_KEPT;
}

bool promises_are_broken(const struct work *work, const struct loaded_control *loaded)
{
        Contracts__PromiseView **list;
        size_t count = promises_of(work, loaded, &list);
        for (size_t i = 0; i < count; i++)
                if (promise_is_broken(list[i]))
                        return true;
        return false;
}

/* ---- told */

const char *promise_name(Contracts__PromiseKind kind)
{
        switch (kind) {
        case CONTRACTS__PROMISE_KIND__TRAINING_PROMISE: return "formation";
        case CONTRACTS__PROMISE_KIND__TUTORING_PROMISE: return "tutorat";
        default: return "autres engagements de l'offre";
        }
}

static const char *state_told(Contracts__PromiseState state)
{
        switch (state) {
        case CONTRACTS__PROMISE_STATE__PROMISE_KEPT: return "tenu";
        case CONTRACTS__PROMISE_STATE__PROMISE_LATE: return "en retard";
        case CONTRACTS__PROMISE_STATE__PROMISE_NOT_KEPT: return "non tenu";
        default: return "en cours";
        }
}

char *promise_told(const struct work *work, const Contracts__PromiseView *view)
{
        struct arena *arena = work->arena;
        char *told = arena_text(arena, promise_name(view->kind));
        if (view->promised != NULL)
                told = arena_printf(arena, "%s, %s réalisées sur %s", told, french_hours(arena, hours_of(view->done)),
                                    french_hours(arena, hours_of(view->promised)));
        if (view->due_on != NULL)
                told = arena_printf(arena, "%s, à tenir au plus tard le %s", told,
                                    french_day(arena, day_of(view->due_on)));
        return arena_printf(arena, "%s : %s", told, state_told(view->state));
}

char *promises_facts(const struct work *work, const struct loaded_control *loaded)
{
        char *told = arena_text(work->arena, "Engagements de l'offre, devenus des conditions d'exécution :");
        Contracts__PromiseView **list;
        size_t count = promises_of(work, loaded, &list);
        for (size_t i = 0; i < count; i++)
                if (promise_is_broken(list[i]))
                        told = arena_printf(work->arena, "%s %s.", told, promise_told(work, list[i]));
        return told;
}
