#include "services/contracts/control/contract_pace.h"

#include "common/base/days.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/control/control.h"
#include "services/contracts/record/context.h"

/* Security: a company sees what it owes itself, not the other members of a group. */
static bool is_seen(const struct work *work, struct id id)
{
        if (!access_acts_as(work, TYPES__ROLE__COMPANY))
                return true;
        const Contracts__ObligationRecorded *obligation = contracts_obligation_find(work->txn, work->arena, id);
        return obligation != NULL && access_obligation(work, obligation);
}

struct pace_obligations contract_pace_read(const struct work *work, struct id contract)
{
        struct pace_obligations read = {NULL, 0};
        struct pace_figures figures;
        struct walk walk;
        struct id id;

        contracts_walk_obligations_of_contract(work->txn, contract, slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                if (!is_seen(work, id) || !pace_row_find(work->txn, id, &figures))
                        continue;
                span_on(&figures.span, work->today);
                read.of = pb_append(read.of, &read.count, sizeof(*read.of), work->arena);
                read.of[read.count - 1] = (struct pace_obligation){id, figures};
        }
        walk_end(&walk);
        return read;
}

static struct hours sum(struct hours a, struct hours b)
{
        struct hours both;
        return hours_add(a, b, &both) == 0 ? both : hours_of_hundredths(INT64_MAX); /* no figure of this world */
}

struct contract_pace contract_pace_on(const struct work *work, const struct pace_obligations *obligations,
                                      struct day day)
{
        const Contracts__ControlRulesVersion *rules = rules_on(work, DATED_CONTROL, work->today);
        struct contract_pace all = {.light = CONTRACTS__PROGRESS_LIGHT__LIGHT_UNKNOWN};
        uint32_t worst = UINT32_MAX;

        for (size_t i = 0; i < obligations->count; i++) {
                const struct pace_figures *figures = &obligations->of[i].figures;
                const struct span *span = figures->has_span ? &figures->span : NULL;
                struct pace pace = pace_of(&figures->hours, span, day, rules->light);
                all.owed = sum(all.owed, pace.owed);
                all.done = sum(all.done, pace.done);
                all.expected = sum(all.expected, pace.expected);
                if (pace_rank(&pace) < worst) {
                        worst = pace_rank(&pace);
                        all.light = pace.light;
                }
                if (span == NULL)
                        continue;
                all.start = all.has_span ? day_earlier(all.start, span->start) : span->start;
                all.end = all.has_span ? day_later(all.end, span->end) : span->end;
                all.has_span = true;
        }
        return all;
}
