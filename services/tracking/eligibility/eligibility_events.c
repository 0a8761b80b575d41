#include <string.h>

#include "common/codec/types.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "tracking/calls.h"

static int32_t earlier(struct day a, int32_t b)
{
        return day_number(a) < b ? day_number(a) : b;
}

/* A renewal without a gap lengthens what was granted; a refusal shortens it. */
static void refresh_placement(struct placement *placement, const Tracking__EligibilityDecided *decided)
{
        int32_t from = decided->valid_from->days;
        if (!decided->eligible) {
                placement->granted_until = day_of_number(earlier(placement->granted_until, from - 1));
                placement->eligible_until = day_of_number(earlier(placement->eligible_until, from - 1));
                return;
        }
        struct day until = day_of(decided->valid_until);
        int32_t granted = day_number(placement->granted_until);
        if (from <= granted + 1 && day_number(until) > granted)
                placement->granted_until = until;
        if (day_number(until) > day_number(placement->eligible_until))
                placement->eligible_until = until;
}

static void refresh_placements(struct txn *txn, struct id beneficiary, const Tracking__EligibilityDecided *decided)
{
        struct walk walk;
        struct id id;
        struct placement placement;
        placements_walk(txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(beneficiary), slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                if (!tracking_placement(txn, id, &placement))
                        continue;
                refresh_placement(&placement, decided);
                tracking_put_placement(txn, id, &placement);
        }
        walk_end(&walk);
}

static void append_decision(Tracking__BeneficiaryRow *row, struct slice sealed, struct arena *arena)
{
        size_t count = row->n_sealed_eligibilities;
        ProtobufCBinaryData *longer = arena_alloc(arena, (count + 1) * sizeof(*longer));
        if (count > 0)
                memcpy(longer, row->sealed_eligibilities, count * sizeof(*longer));
        longer[count] = pb_bytes(sealed);
        row->sealed_eligibilities = longer;
        row->n_sealed_eligibilities = count + 1;
}

void apply_eligibility_decided(const struct change *change, const Tracking__EligibilityDecided *decided)
{
        struct id id = id_of(decided->beneficiary_id);
        Tracking__BeneficiaryRow *row = tracking_beneficiary(change->txn, id, change->arena);
        struct period periods[DECISIONS_MAX + 1];
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */

        size_t count = periods_of(row, periods);
        struct day from = day_of(decided->valid_from);
        count = decided->eligible
                        ? periods_grant(periods, count, (struct period){from, day_of(decided->valid_until), false})
                        : periods_refuse(periods, count, from);
        periods_put(row, periods, count, change->arena);
        append_decision(row, change->event->sealed, change->arena);
        tracking_note_sealed(change->txn, id, change->event->number);
        row->version = change->event->number;
        tracking_note_contact(change->txn, id, row, change->event->at_ms);
        tracking_put_beneficiary(change->txn, id, row, change->arena);
        refresh_placements(change->txn, id, decided);
}
