/* NextActions: what has to be done next on open proposals, since when and by when, the earliest day first, so that what
 * is late stands at the head. To each what is its own; a facilitator may ask what the others have to do. */
#include "common/service/page.h"
#include "services/tracking/copies/contract_scope.h"
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/proposals/proposals_access.h"
#include "services/tracking/proposals/proposals_rows.h"
#include "services/tracking/proposals/recording.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

static Tracking__NextAction *action_of(const struct work *work, struct id id, const Tracking__ProposalRow *row)
{
        const Tracking__ProposalStep *last = proposal_last(row);
        const Tracking__NeedCopy *need = tracking_need(work->txn, id_of(row->need_id), work->arena);
        Tracking__NextAction *action = pb_new(&tracking__next_action__descriptor, work->arena);
        char label[PROPOSAL_LABEL_SIZE];
        proposal_label(id, label);
        action->proposal_id = id_to(work->arena, id);
        action->label = arena_text(work->arena, label);
        action->beneficiary_id = id_to(work->arena, identity_main(work->txn, id_of(row->beneficiary_id)));
        action->need_id = row->need_id;
        action->need_title = need == NULL ? row->need_title : need->title;
        action->territory = row->territory;
        action->state = last->state;
        action->actor = last->next_actor;
        action->action = arena_text(work->arena, proposal_action(proposal_rules(work), last));
        action->since = last->happened_on;
        action->act_by = last->act_by;
        action->late = last->act_by->days < day_number(work->today);
        return action;
}

/* Rows of an organisation are those where it acts; of a territory, all are walked. */
static bool is_asked(const struct work *work, const Tracking__NextActions *query, const Tracking__ProposalRow *row)
{
        const Tracking__ProposalStep *last = proposal_last(row);
        bool is_facilitators = last->next_actor == TRACKING__PROPOSAL_ACTOR__FACILITATOR_ACTS;
        if (query->late_only && last->act_by->days >= day_number(work->today))
                return false;
        return !scope_is_watcher(work->actor) || is_facilitators != query->of_others;
}

struct reply handle_next_actions(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__NextActions *query = (const Tracking__NextActions *)message;
        Tracking__NextActionsReply *reply = pb_new(&tracking__next_actions_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct id organisation = id_of(work->actor->organisation), id;
        bool watches = scope_is_watcher(work->actor);
        struct walk walk;

        if (!watches && id_is_zero(organisation))
                return reply_ok(work, reply); /* Security: of no organisation: nothing is its own */
        proposals_walk_next(work->txn, watches ? (struct id){0} : organisation, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                const Tracking__ProposalRow *row = tracking_proposal(work->txn, id, work->arena);
                if (row != NULL && proposal_may_be_seen(work, row) && is_asked(work, query, row)) /* Security */
                        page_add(&page, action_of(work, id, row));
        }
        return page_reply(&page);
}
