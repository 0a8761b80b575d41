#include "services/tracking/parts/scan.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/store/eventlog.h"
#include "services/tracking/invoices/invoices_rows.h"
#include "services/tracking/parts/selection.h"
#include "services/tracking/persons/persons_rows.h"

enum { NONE = UINT32_MAX, ROOM_FIRST = 1024 };

struct scan_slot {
        struct id id; /* zero: free */
        bool is_of_part;
        uint32_t first, last; /* entries; NONE */
};
struct scan_entry {
        uint64_t number;
        uint32_t next;
};

void part_scan_fini(struct part_scan *scan)
{
        free(scan->slots);
        free(scan->entries);
        *scan = (struct part_scan){0};
}

static struct scan_slot *slot_in(struct scan_slot *slots, size_t room, struct id id)
{
        uint64_t hash = 0;
        memcpy(&hash, id.b + sizeof(id.b) - sizeof(hash), sizeof(hash)); /* its random part */
        for (size_t at = hash & (room - 1);; at = (at + 1) & (room - 1))
                if (id_is_zero(slots[at].id) || id_equal(slots[at].id, id))
                        return &slots[at];
}

static void make_slots(struct part_scan *scan)
{
        if (scan->slot_count * 2 < scan->slot_room)
                return;
        size_t room = scan->slot_room == 0 ? ROOM_FIRST : scan->slot_room * 2;
        struct scan_slot *larger = calloc(room, sizeof(*larger));
        require(larger != NULL);
        for (size_t i = 0; i < scan->slot_room; i++)
                if (!id_is_zero(scan->slots[i].id))
                        *slot_in(larger, room, scan->slots[i].id) = scan->slots[i];
        free(scan->slots);
        scan->slots = larger;
        scan->slot_room = room;
}

static void note(struct part_scan *scan, struct scan_slot *slot, uint64_t number)
{
        if (scan->entry_count == scan->entry_room) {
                scan->entry_room = scan->entry_room == 0 ? ROOM_FIRST : scan->entry_room * 2;
                scan->entries = reallocarray(scan->entries, scan->entry_room, sizeof(*scan->entries));
                require(scan->entries != NULL && scan->entry_room < NONE);
        }
        uint32_t at = (uint32_t)scan->entry_count++;
        scan->entries[at] = (struct scan_entry){number, NONE};
        if (slot->first == NONE)
                slot->first = at;
        else
                scan->entries[slot->last].next = at;
        slot->last = at;
}

static bool is_of_part(struct txn *txn, const Tracking__PartChoice *choice, const Tracking__Event *event, struct id id,
                       struct arena *arena)
{
        if (part_belongs((uint32_t)event->body_case) != PART_BY_INVOICE)
                return part_has_person(txn, choice, id, arena);
        const Tracking__InvoiceRow *row = tracking_invoice(txn, id, arena);
        return row != NULL && part_has_invoice(choice, id, row->invoice->territory);
}

/* What was moved away, and came back: it came back with all of its events. */
static void forget(struct part_scan *scan, Types__Id *const *ids, size_t count)
{
        for (size_t i = 0; i < count && scan->slot_room > 0; i++) {
                struct scan_slot *slot = slot_in(scan->slots, scan->slot_room, id_of(ids[i]));
                slot->first = slot->last = NONE;
        }
}

/* tidy: many because what it is of, and where it is read, come besides the event */
static void see(struct part_scan *scan, struct txn *txn, const Tracking__PartChoice *choice,
                const Tracking__Event *event, uint64_t number, struct arena *arena)
{
        if (event->body_case == TRACKING__EVENT__BODY_PART_GONE) {
                forget(scan, event->part_gone->persons, event->part_gone->n_persons);
                forget(scan, event->part_gone->invoices, event->part_gone->n_invoices);
                return;
        }
        struct id id = part_subject(txn, event, arena);
        if (id_is_zero(id))
                return;
        make_slots(scan);
        struct scan_slot *slot = slot_in(scan->slots, scan->slot_room, id);
        if (id_is_zero(slot->id)) {
                *slot = (struct scan_slot){id, is_of_part(txn, choice, event, id, arena), NONE, NONE};
                scan->slot_count++;
        }
        if (slot->is_of_part)
                note(scan, slot, number);
}

bool part_scan_some(struct part_scan *scan, struct txn *txn, const Tracking__PartChoice *choice, size_t most)
{
        scoped(arena_fini) struct arena arena = {0};
        struct log_walk walk;
        struct log_entry entry;
        bool is_sound = true;
        log_walk_begin(txn, scan->read + 1, &walk);
        for (size_t i = 0; is_sound && i < most && log_walk_next(&walk, &entry); i++) {
                arena_reset(&arena);
                const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, entry.record, &arena);
                const Tracking__Event *event =
                        record == NULL ? NULL : pb_decode(&tracking__event__descriptor, pb_slice(record->body), &arena);
                is_sound = event != NULL;
                if (!is_sound)
                        break;
                see(scan, txn, choice, event, entry.number, &arena);
                scan->read = entry.number;
        }
        log_walk_end(&walk);
        return is_sound;
}

bool part_scan_of(const struct part_scan *scan, struct id id, struct arena *arena, uint64_t **ret, size_t *ret_count)
{
        const struct scan_slot *slot = scan->slot_room == 0 ? NULL : slot_in(scan->slots, scan->slot_room, id);
        *ret = NULL;
        *ret_count = 0;
        if (slot == NULL || id_is_zero(slot->id) || !slot->is_of_part || slot->first == NONE)
                return false;
        for (uint32_t at = slot->first; at != NONE; at = scan->entries[at].next) {
                *ret = pb_append(*ret, ret_count, sizeof(**ret), arena);
                (*ret)[*ret_count - 1] = scan->entries[at].number;
        }
        return true;
}
