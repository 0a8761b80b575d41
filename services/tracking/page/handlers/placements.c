/* Placements: those that the actor may see, oldest first; of one obligation, if it is named. */
#include "common/service/page.h"
#include "services/tracking/page/view.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "tracking/calls.h"

enum { PLACEMENTS_MAX = 100 }; /* each opens the seal of its contacts: a page holds the loop for less than 2 ms */

/* The shortest list that holds all that may be shown. */
static void walk_by(const struct work *work, const Tracking__PlacementsRequest *query, struct slice after,
                    struct walk *ret)
{
        if (query->obligation_id != NULL)
                placements_walk(work->txn, LIST_PLACEMENTS_OF_OBLIGATION, key_of_id(id_of(query->obligation_id)), after,
                                ret);
        else if (scope_is_watcher(work->actor))
                placements_walk(work->txn, LIST_PLACEMENTS, key_empty(), after, ret);
        else
                placements_walk(work->txn, LIST_PLACEMENTS_OF_ORGANISATION, key_of_id(id_of(work->actor->organisation)),
                                after, ret);
}

struct reply handle_placements(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__PlacementsRequest *query = (const Tracking__PlacementsRequest *)message;
        Tracking__PlacementsReply *reply = pb_new(&tracking__placements_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct placement placement;
        struct walk walk;
        struct id id;

        page_at_most(&page, PLACEMENTS_MAX);
        walk_by(work, query, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                if (tracking_placement(work->txn, id, &placement) && scope_reads_placement(work, &placement) &&
                    !(query->open_only && placement.ended)) /* Security: line by line */
                        page_add(&page, view_of_placement(work, id, &placement));
        }
        return page_reply(&page);
}
