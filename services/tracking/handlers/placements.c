/* Placements: those that the actor may see, oldest first; of one obligation, if it is named. */
#include "services/tracking/handlers/handlers.h"
#include "services/tracking/handlers/scope.h"
#include "services/tracking/handlers/view.h"
#include "services/tracking/store.h"

enum { PLACEMENTS_MAX = 100 }; /* each opens the seal of its contacts: a page holds the loop for less than 2 ms */

/* The shortest list that holds all that may be shown. */
static void walk_begin(const struct work *work, const Tracking__PlacementsRequest *query, struct id after,
                       struct id_walk *ret)
{
        if (query->obligation_id != NULL)
                tracking_walk(work->txn, LIST_PLACEMENTS_OF_OBLIGATION, key_of_id(id_of(query->obligation_id)), after,
                              ret);
        else if (scope_is_watcher(work->actor))
                tracking_walk(work->txn, LIST_PLACEMENTS, key_empty(), after, ret);
        else
                tracking_walk(work->txn, LIST_PLACEMENTS_OF_ORGANISATION,
                              key_of_id(id_of(work->actor->organisation)), after, ret);
}

struct reply handle_placements(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__PlacementsRequest *query = (const Tracking__PlacementsRequest *)message;
        Tracking__PlacementsReply *reply = pb_new(&tracking__placements_reply__descriptor, work->arena);
        struct placement placement;
        struct id_walk walk;
        struct id id;

        if (!page_id(query->page, &id))
                return reply_bad_page(work);
        uint32_t limit = page_limit(query->page);
        if (limit > PLACEMENTS_MAX)
                limit = PLACEMENTS_MAX;
        reply->placements = arena_alloc(work->arena, limit * sizeof(*reply->placements));
        walk_begin(work, query, id, &walk);
        while (tracking_walk_next(&walk, &id)) {
                if (tracking_placement(work->txn, id, &placement) && scope_reads_placement(work, &placement) &&
                    !(query->open_only && placement.ended)) /* Security: line by line */
                        reply->placements[reply->n_placements++] = view_of_placement(work, id, &placement);
                if (reply->n_placements == limit || txn_page_is_spent(work->txn)) {
                        reply->next = pb_bytes(arena_copy_slice(work->arena, id_slice(&id)));
                        break;
                }
        }
        tracking_walk_end(&walk);
        return reply_ok(work, reply);
}
