/* OutcomesDue: whom to ask what became of her, the oldest first, with who asks and by when. Asked by the watchers of
 * their territories. The walk begins where nobody is asked any more, and ends behind today. */
#include <string.h>

#include "common/codec/dated.h"
#include "common/service/page.h"
#include "services/tracking/outcomes/outcome.h"
#include "services/tracking/outcomes/outcomes_rows.h"
#include "services/tracking/placements/continuation.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/rules/context.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

/* The longest of all moments: what a walk may begin and end with. */
static void bounds(const Tracking__OutcomesVersion *rules, struct day today, struct day *ret_from, struct day *ret_last)
{
        int32_t until = 0, early = 0;
        for (size_t i = 0; i < rules->n_moments; i++) {
                int32_t asked_until = (int32_t)rules->moments[i]->asked_until_days;
                int32_t asked_early = (int32_t)rules->moments[i]->early_days;
                until = asked_until > until ? asked_until : until;
                early = asked_early > early ? asked_early : early;
        }
        *ret_from = day_of_number(day_number(today) - until);
        *ret_last = day_of_number(day_number(today) + early);
}

/* NULL: not asked yet, not any more, or not to be seen. */
static Tracking__OutcomeDueLine *line_of(const struct work *work, const Tracking__OutcomesDue *query,
                                         const Tracking__OutcomeMomentRule *rule, const struct outcome_due *due)
{
        struct placement placement;
        int32_t today = day_number(work->today), day = day_number(due->day);
        int32_t ask_by = day + (int32_t)rule->ask_within_days;
        if (today < day - (int32_t)rule->early_days || today > day + (int32_t)rule->asked_until_days ||
            (query->late_only && today <= ask_by))
                return NULL;
        if (!tracking_placement(work->txn, due->placement, &placement) || placement.is_frozen ||
            continuation_goes_on(work->txn, due->placement) || /* asked of the last of her pathway */
            !scope_reads_placement(work, &placement) ||        /* Security: line by line */
            (query->territory[0] != '\0' && strcmp(query->territory, placement.territory) != 0))
                return NULL;
        const Tracking__OutcomeRow *row = tracking_outcome(work->txn, due->placement, due->at, work->arena);
        Tracking__OutcomeDueLine *line = pb_new(&tracking__outcome_due_line__descriptor, work->arena);
        line->placement_id = id_to(work->arena, due->placement);
        line->beneficiary_id = id_to(work->arena, placement.beneficiary);
        line->territory = arena_text(work->arena, placement.territory);
        line->prescriber = id_is_zero(placement.prescriber) ? NULL : id_to(work->arena, placement.prescriber);
        line->ended_on = day_to(work->arena, placement.ended_on);
        line->at = due->at;
        line->due_on = day_to(work->arena, due->day);
        line->ask_by = day_to(work->arena, day_of_number(ask_by));
        line->late = today > ask_by;
        line->attempts = row == NULL ? 0 : row->attempts;
        line->tried_on = row == NULL ? NULL : row->known_on;
        line->acts_next = rule->acts_next;
        return line;
}

struct reply handle_outcomes_due(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__OutcomesDue *query = (const Tracking__OutcomesDue *)message;
        Tracking__OutcomesDueReply *reply = pb_new(&tracking__outcomes_due_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        const Tracking__OutcomesVersion *rules = dated_on(&tracking_of(work)->outcomes, work->today);
        struct day from, last;
        struct walk walk;

        bounds(rules, work->today, &from, &last);
        outcomes_due_walk(work->txn, from, page.after, &walk);
        while (page_step(&page, &walk)) {
                struct outcome_due due = outcomes_due_of(&walk);
                if (day_number(due.day) > day_number(last))
                        break;
                Tracking__OutcomeDueLine *line = line_of(work, query, outcome_rule(rules, due.at), &due);
                if (line != NULL)
                        page_add(&page, line);
        }
        return page_reply(&page);
}
