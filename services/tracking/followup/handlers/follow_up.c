/* FollowUp: what is done for a person: contacts, newest first, and with the first page her actions and planned visits.
 * Days, kinds and states, without a word. Asked by a facilitator of her territory. */
#include "common/codec/dated.h"
#include "common/service/page.h"
#include "services/tracking/followup/followup_rows.h"
#include "services/tracking/followup/lines.h"
#include "services/tracking/followup/noting.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/heard_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/rules/following.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

static void add_actions(const struct work *work, struct id beneficiary, Tracking__FollowUpReply *reply)
{
        struct walk walk;
        actions_walk(work->txn, beneficiary, &walk);
        while (walk_step(&walk)) {
                const Tracking__ActionRow *row = walk_message(&walk, &tracking__action_row__descriptor, work->arena);
                if (!noting_may_be_seen(work, row->placement_id))
                        continue; /* Security: line by line, as of the placement */
                reply->actions = pb_append(reply->actions, &reply->n_actions, sizeof(*reply->actions), work->arena);
                reply->actions[reply->n_actions - 1] =
                        line_of_action(work->arena, walk_id(&walk), row, noting_rules(work));
        }
        walk_end(&walk);
}

static void add_visits(const struct work *work, struct id placement, Tracking__FollowUpReply *reply)
{
        struct walk walk;
        visits_walk(work->txn, placement, &walk);
        while (walk_step(&walk)) {
                struct id contact = visits_walk_contact(&walk);
                struct day day = visits_walk_day(&walk);
                Tracking__VisitLine *line = pb_new(&tracking__visit_line__descriptor, work->arena);
                line->placement_id = id_to(work->arena, placement);
                line->planned_on = day_to(work->arena, day);
                line->state = following_visit_state(noting_rules(work), day, !id_is_zero(contact), work->today);
                line->contact_id = id_is_zero(contact) ? NULL : id_to(work->arena, contact);
                reply->visits = pb_append(reply->visits, &reply->n_visits, sizeof(*reply->visits), work->arena);
                reply->visits[reply->n_visits - 1] = line;
        }
        walk_end(&walk);
}

static void add_placements(const struct work *work, struct id beneficiary, Tracking__FollowUpReply *reply)
{
        struct walk walk;
        struct id id;
        placements_walk(work->txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(beneficiary), slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id))
                if (noting_may_be_seen(work, id_to(work->arena, id)))
                        add_visits(work, id, reply);
        walk_end(&walk);
}

struct reply handle_follow_up(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__FollowUp *query = (const Tracking__FollowUp *)message;
        struct id beneficiary = id_of(query->beneficiary_id), id;
        Tracking__FollowUpReply *reply = pb_new(&tracking__follow_up_reply__descriptor, work->arena);
        struct walk walk;

        if (tracking_beneficiary(work->txn, beneficiary, work->arena) == NULL)
                return reply_no_beneficiary(work);
        struct page page = page_begin(work, query->page, &reply->base);
        if (page.after.size == 0) {
                add_actions(work, beneficiary, reply);
                add_placements(work, beneficiary, reply);
        }
        contacts_walk(work->txn, beneficiary, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                const Tracking__ContactRow *row = walk_message(&walk, &tracking__contact_row__descriptor, work->arena);
                if (noting_may_be_seen(work, row->placement_id))
                        page_add(&page, line_of_contact(work->arena, id, row, noting_rules(work)));
        }
        return page_reply(&page);
}
