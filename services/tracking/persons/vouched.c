#include "services/tracking/persons/vouched.h"

#include "common/codec/types.h"
#include "services/tracking/persons/decisions_rows.h"

enum { LAST_DAY_OF_ALL = INT32_MAX };

/* Of before its day was told: that on which it began to count. */
static int32_t decided_on(const Tracking__DecisionRow *decision)
{
        return decision->decided_on != NULL ? decision->decided_on->days : decision->valid_from->days;
}

static bool stands(const Tracking__DecisionRow *decision)
{
        return decision->state == TRACKING__DECISION_STATE__DECISION_STANDS;
}

/* Those of one file in the order in which they were made, whatever days they tell; of two files, by these days. */
static const Tracking__DecisionRow *next_decision(const Tracking__EligibilityRow *const *rows, size_t count,
                                                  size_t at[FILES_MAX])
{
        const Tracking__DecisionRow *next = NULL;
        size_t file = 0;
        for (size_t i = 0; i < count; i++) {
                while (at[i] < rows[i]->n_decisions && !stands(rows[i]->decisions[at[i]]))
                        at[i]++;
                if (at[i] < rows[i]->n_decisions &&
                    (next == NULL || decided_on(rows[i]->decisions[at[i]]) < decided_on(next))) {
                        next = rows[i]->decisions[at[i]];
                        file = i;
                }
        }
        if (next != NULL)
                at[file]++;
        return next;
}

static void take_decisions(const Tracking__EligibilityRow *const *rows, size_t count, struct vouched *ret)
{
        const Tracking__DecisionRow *decision;
        size_t at[FILES_MAX] = {0};
        while ((decision = next_decision(rows, count, at)) != NULL) {
                struct day from = day_of(decision->valid_from);
                if (decision->eligible) {
                        ret->whole_count = periods_grant(ret->whole, ret->whole_count,
                                                         (struct period){from, day_of(decision->valid_until), false});
                        continue;
                }
                ret->whole_count = periods_refuse(ret->whole, ret->whole_count, from);
                ret->refused[ret->refused_count++] = from;
        }
}

static void take_suspensions(const Tracking__EligibilityRow *row, struct vouched *ret)
{
        for (size_t i = 0; i < row->n_suspensions; i++) {
                const Tracking__SuspensionRow *one = row->suspensions[i];
                struct day from = day_of(one->suspended_from);
                if (one->taken_back)
                        continue;
                if (one->suspended_until == NULL)
                        ret->period_count = periods_refuse(ret->periods, ret->period_count, from);
                else
                        ret->period_count =
                                periods_suspend(ret->periods, ret->period_count, from, day_of(one->suspended_until));
                ret->suspended[ret->suspended_count++] =
                        (struct period){.from = from,
                                        .until = one->suspended_until != NULL ? day_of(one->suspended_until)
                                                                              : day_of_number(LAST_DAY_OF_ALL)};
        }
}

void vouched_of(struct txn *txn, struct id beneficiary, const Tracking__EligibilityRow *row, struct arena *arena,
                struct vouched *ret)
{
        const Tracking__EligibilityRow *rows[FILES_MAX];
        struct files files = identity_files(txn, beneficiary);
        size_t room = 1;
        for (size_t i = 0; i < files.count; i++) {
                bool is_this = row != NULL && id_equal(files.at[i], beneficiary);
                rows[i] = is_this ? row : tracking_eligibility(txn, files.at[i], arena);
                room += rows[i]->n_decisions + rows[i]->n_suspensions;
        }
        *ret = (struct vouched){.periods = arena_alloc(arena, room * sizeof(*ret->periods)),
                                .whole = arena_alloc(arena, room * sizeof(*ret->whole)),
                                .suspended = arena_alloc(arena, room * sizeof(*ret->suspended)),
                                .refused = arena_alloc(arena, room * sizeof(*ret->refused))};
        take_decisions(rows, files.count, ret);
        for (size_t i = 0; i < ret->whole_count; i++)
                ret->periods[i] = ret->whole[i];
        ret->period_count = ret->whole_count;
        for (size_t i = 0; i < files.count; i++)
                take_suspensions(rows[i], ret);
}
