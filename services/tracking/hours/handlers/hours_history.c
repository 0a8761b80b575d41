/* HoursHistory: every figure of a placement's month, newest first: who said it, for whom, when and why.
 * Caller: who may read the placement. */
#include <string.h>

#include "common/service/page.h"
#include "services/tracking/hours/history.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "tracking/calls.h"

/* Where the page before ended: the event behind its last. */
static uint64_t first_of(const struct work *work, const Tracking__HoursHistory *query, struct slice after)
{
        return after.size == 0 ? hours_newest_event(work, id_of(query->placement_id), month_of(query->month))
                               : hours_event_before(work->txn, key_read_u64(after, 0));
}

/* Security: a cursor is an event's number, and only one of this month leads on. */
static bool is_of_month(const struct work *work, const Tracking__HoursHistory *query, struct slice after)
{
        if (after.size == 0)
                return true;
        if (after.size != sizeof(uint64_t))
                return false;
        uint64_t number = hours_newest_event(work, id_of(query->placement_id), month_of(query->month));
        while (number != 0 && number != key_read_u64(after, 0))
                number = hours_event_before(work->txn, number);
        return number != 0;
}

/* Security: of the others what the reader may read, each by itself. */
static Tracking__HoursSplitView *split_of(const struct work *work, const Tracking__HoursHistory *query)
{
        const Tracking__HoursSplitRow *row =
                tracking_hours_split(work->txn, month_of(query->month), id_of(query->placement_id), work->arena);
        if (row == NULL)
                return NULL;
        Tracking__HoursSplitView *view = pb_new(&tracking__hours_split_view__descriptor, work->arena);
        view->parts = arena_alloc(work->arena, (row->n_parts + 1) * sizeof(*view->parts));
        for (size_t i = 0; i < row->n_parts; i++) {
                struct placement placement;
                if (tracking_placement(work->txn, id_of(row->parts[i]->placement_id), &placement) &&
                    scope_reads_placement(work, &placement))
                        view->parts[view->n_parts++] = row->parts[i];
        }
        if (view->n_parts == row->n_parts) /* else the rest could be told from it */
                view->hours = row->hours;
        return view;
}

struct reply handle_hours_history(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__HoursHistory *query = (const Tracking__HoursHistory *)message;
        Tracking__HoursHistoryReply *reply = pb_new(&tracking__hours_history_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct placement placement;

        if (!tracking_placement(work->txn, id_of(query->placement_id), &placement))
                return reply_no_placement(work);
        if (!is_of_month(work, query, page.after))
                return page_refuse(work);
        reply->split = split_of(work, query);
        for (uint64_t number = first_of(work, query, page.after); number != 0;
             number = hours_event_before(work->txn, number)) {
                struct key cursor = key_of_u64(number);
                uint8_t *kept = arena_alloc(work->arena, sizeof(number));
                memcpy(kept, key_slice(&cursor).data, sizeof(number));
                if (!page_goes_on(&page, slice_of(kept, sizeof(number))))
                        break;
                page_add(&page, hours_entry(work, &placement, number));
        }
        return page_reply(&page);
}
