/* Relocations: files that leave or come to the departments of who asks, in the order in which they were proposed. Who
 * is to take one reads what he needs to say yes, and her number only once it is his. */
#include <string.h>

#include "common/codec/types.h"
#include "common/service/page.h"
#include "services/tracking/copies/contract_scope.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/proposals/proposal.h"
#include "services/tracking/relocations/relocations_rows.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

static uint32_t open_placements(const struct work *work, struct id beneficiary)
{
        struct placement placement;
        struct walk walk;
        struct id id;
        uint32_t count = 0;
        placements_walk(work->txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(beneficiary), slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id))
                count += tracking_placement(work->txn, id, &placement) && !placement.ended;
        walk_end(&walk);
        return count;
}

/* Security: until when, never why. */
static void put_person(const struct work *work, const Tracking__RelocationRow *row, Tracking__RelocationView *view)
{
        struct id id = id_of(row->beneficiary_id);
        const Tracking__BeneficiaryRow *person = tracking_beneficiary(work->txn, id, work->arena);
        struct period periods[DECISIONS_MAX + 1];
        if (person == NULL)
                return; /* erased since */
        size_t count = periods_of(person, periods);
        const struct period *now = periods_meeting(periods, count, work->today, work->today);
        view->prescriber = person->prescriber;
        view->eligible_until = now == NULL ? NULL : day_to(work->arena, now->until);
        view->open_placements = open_placements(work, id);
}

static Tracking__RelocationView *view_of(const struct work *work, struct id id, const Tracking__RelocationRow *row)
{
        Tracking__RelocationView *view = pb_new(&tracking__relocation_view__descriptor, work->arena);
        bool waits = row->state == TRACKING__RELOCATION_STATE__RELOCATION_PROPOSED;
        bool is_taken = row->state == TRACKING__RELOCATION_STATE__RELOCATION_ACCEPTED;
        char label[PROPOSAL_LABEL_SIZE];
        proposal_label(id, label);
        view->relocation_id = id_to(work->arena, id);
        view->label = arena_text(work->arena, label);
        if (passport_covers(work->actor, is_taken ? row->to_territory : row->from_territory)) /* Security */
                view->beneficiary_id = row->beneficiary_id;
        view->from_territory = row->from_territory;
        view->to_territory = row->to_territory;
        view->moved_on = row->moved_on;
        view->agreed_on = row->agreed_on;
        view->state = row->state;
        view->proposed_at = instant_to(work->arena, row->proposed_at_ms);
        view->answered_at = row->answered_at_ms == 0 ? NULL : instant_to(work->arena, row->answered_at_ms);
        view->decline_code = row->decline_code;
        if (!waits)
                return view;
        put_person(work, row, view);
        view->acts_next = arena_printf(work->arena, "le facilitateur du département %s", row->to_territory);
        view->answer_by = row->answer_by;
        view->late = row->answer_by->days < day_number(work->today);
        return view;
}

static bool is_asked(const struct work *work, const Tracking__Relocations *query, const Tracking__RelocationRow *row)
{
        if (query->waiting_only && row->state != TRACKING__RELOCATION_STATE__RELOCATION_PROPOSED)
                return false;
        return scope_is_watcher(work->actor) && /* Security */
               (passport_covers(work->actor, row->from_territory) || passport_covers(work->actor, row->to_territory));
}

struct reply handle_relocations(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__Relocations *query = (const Tracking__Relocations *)message;
        Tracking__RelocationsReply *reply = pb_new(&tracking__relocations_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;
        struct id id;

        relocations_walk(work->txn, query->territory, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                const Tracking__RelocationRow *row = tracking_relocation(work->txn, id, work->arena);
                if (row != NULL && is_asked(work, query, row))
                        page_add(&page, view_of(work, id, row));
        }
        return page_reply(&page);
}
