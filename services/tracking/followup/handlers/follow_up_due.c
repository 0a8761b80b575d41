/* FollowUpDue: the placements of which nothing was heard for too long, or whose planned visit has come, or whose
 * employer says that she is gone, the oldest first: who acts next, since when, by when. Asked by the watchers of their
 * territories. The walk ends where nothing can be due yet. */
#include <string.h>

#include "common/service/page.h"
#include "services/tracking/followup/noting.h"
#include "services/tracking/placements/heard_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/rules/following.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

static bool is_shown(const struct work *work, const Tracking__FollowUpDue *query, const struct placement *placement)
{
        return !placement->is_frozen && scope_reads_placement(work, placement) && /* Security: line by line */
               (query->territory[0] == '\0' || strcmp(query->territory, placement->territory) == 0);
}

static Tracking__FollowUpDueLine *line_of(const struct work *work, struct id id, const struct placement *placement,
                                          struct day since, struct day act_by)
{
        Tracking__FollowUpDueLine *line = pb_new(&tracking__follow_up_due_line__descriptor, work->arena);
        int32_t late = day_number(work->today) - day_number(act_by);
        line->placement_id = id_to(work->arena, id);
        line->beneficiary_id = id_to(work->arena, placement->beneficiary);
        line->territory = arena_text(work->arena, placement->territory);
        line->modality = (Types__Modality)placement->modality;
        line->since = day_to(work->arena, since);
        line->act_by = day_to(work->arena, act_by);
        line->days_late = late > 0 ? (uint32_t)late : 0;
        line->acts_next = following_rule(noting_rules(work), line->modality)->acts_next;
        return line;
}

/* The page ends the walk: it lives as long as that. */
static void add_silences(const struct work *work, const Tracking__FollowUpDue *query, struct page *page,
                         struct walk *walk)
{
        const Tracking__FollowUpVersion *rules = noting_rules(work);
        int32_t last = day_number(work->today) - following_shortest(rules);
        struct id id;
        heard_walk(work->txn, page->after, walk);
        while (page_next(page, walk, &id)) {
                struct placement placement;
                struct day heard = heard_walk_day(walk);
                if (day_number(heard) > last)
                        break;
                if (!tracking_placement(work->txn, id, &placement) || !is_shown(work, query, &placement))
                        continue;
                struct day act_by = following_act_by(following_rule(rules, (Types__Modality)placement.modality),
                                                     placement.starts_on, heard);
                if (day_number(act_by) <= day_number(work->today))
                        page_add(page, line_of(work, id, &placement, heard, act_by));
        }
}

static void add_visits(const struct work *work, const Tracking__FollowUpDue *query, struct page *page,
                       struct walk *walk)
{
        const Tracking__FollowUpVersion *rules = noting_rules(work);
        struct id id;
        visits_due_walk(work->txn, page->after, walk);
        while (page_next(page, walk, &id)) {
                struct placement placement;
                struct day planned = heard_walk_day(walk);
                if (day_number(planned) > day_number(work->today))
                        break;
                if (!tracking_placement(work->txn, id, &placement) || !is_shown(work, query, &placement))
                        continue;
                struct day by = day_of_number(day_number(planned) + (int32_t)rules->visit_grace_days);
                Tracking__FollowUpDueLine *line = line_of(work, id, &placement, planned, by);
                line->visit = following_visit_state(rules, planned, false, work->today);
                page_add(page, line);
        }
}

static void add_gone(const struct work *work, const Tracking__FollowUpDue *query, struct page *page, struct walk *walk)
{
        const Tracking__PresenceRule *rule = following_presence(noting_rules(work), TRACKING__PRESENCE__GONE);
        struct id id;
        gone_walk(work->txn, page->after, walk);
        while (page_next(page, walk, &id)) {
                struct placement placement;
                struct presence presence;
                if (!tracking_placement(work->txn, id, &placement) || !is_shown(work, query, &placement) ||
                    !presence_get(work->txn, id, &presence) || presence.act_by == DAY_OPEN_NUMBER)
                        continue;
                Tracking__FollowUpDueLine *line =
                        line_of(work, id, &placement, heard_walk_day(walk), day_of_number(presence.act_by));
                line->acts_next = rule->acts_next;
                page_add(page, line);
        }
}

struct reply handle_follow_up_due(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__FollowUpDue *query = (const Tracking__FollowUpDue *)message;
        Tracking__FollowUpDueReply *reply = pb_new(&tracking__follow_up_due_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;
        if (query->gone)
                add_gone(work, query, &page, &walk);
        else if (query->visits)
                add_visits(work, query, &page, &walk);
        else
                add_silences(work, query, &page, &walk);
        return page_reply(&page);
}
