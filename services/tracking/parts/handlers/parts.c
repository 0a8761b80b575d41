/* Parts: what moves, moved or came here, the last begun first. Caller: an operator. */
#include "common/codec/types.h"
#include "common/service/page.h"
#include "services/tracking/homes/homes_rows.h"
#include "services/tracking/parts/selection.h"
#include "services/tracking/persons/persons_rows.h"
#include "tracking/calls.h"

enum { LEFT_LOOKED_AT = 1000 };

static uint64_t left_of(const struct work *work, const Tracking__PartRow *row)
{
        struct walk walk;
        struct id id;
        uint64_t left = 0;
        if (row->state != TRACKING__PART_STATE__PART_MOVING || row->choice->of_person != NULL)
                return 0;
        persons_walk(work->txn, LIST_BENEFICIARIES_OF_TERRITORY, key_of_text(row->choice->of_territory),
                     slice_of(NULL, 0), &walk);
        for (size_t i = 0; i < LEFT_LOOKED_AT && walk_next(&walk, &id); i++)
                left += part_has_person(work->txn, row->choice, id, work->arena);
        walk_end(&walk);
        return left;
}

static Tracking__PartView *view_of(const struct work *work, struct id id, const Tracking__PartRow *row)
{
        Tracking__PartView *view = pb_new(&tracking__part_view__descriptor, work->arena);
        view->part_id = id_to(work->arena, id);
        view->choice = row->choice;
        view->state = row->state;
        view->from_partition = row->from_partition != 0 ? row->from_partition : id_partition(id);
        view->to_partition = row->to_partition != 0 ? row->to_partition : work_partition(work);
        view->persons = row->person_count;
        view->invoices = row->invoice_count;
        view->records = row->record_count;
        view->left = left_of(work, row);
        view->is_cancelling = row->is_cancelled && row->ended_at_ms == 0;
        view->begun_at = instant_to(work->arena, row->begun_at_ms);
        view->ended_at = row->ended_at_ms != 0 ? instant_to(work->arena, row->ended_at_ms) : NULL;
        return view;
}

struct reply handle_parts(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__Parts *query = (const Tracking__Parts *)message;
        Tracking__PartsReply *reply = pb_new(&tracking__parts_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;
        struct id id;
        homes_parts_walk(work->txn, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                const Tracking__PartRow *row = homes_part(work->txn, id, work->arena);
                if (row != NULL)
                        page_add(&page, view_of(work, id, row));
        }
        return page_reply(&page);
}
