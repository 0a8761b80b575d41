#include "services/tracking/persons/persons_rows.h"

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/index.h"

Tracking__BeneficiaryRow *tracking_beneficiary(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_BENEFICIARY, id_slice(&id), &tracking__beneficiary_row__descriptor, arena);
}

void tracking_put_beneficiary(struct txn *txn, struct id id, const Tracking__BeneficiaryRow *row, struct arena *arena)
{
        txn_put_message(txn, T_BENEFICIARY, id_slice(&id), row, arena);
}

/* What the index rows of a person are made of. */
struct person {
        struct id id;
        const Tracking__BeneficiaryRow *row;
};

static void rows_of_person(const void *record, struct index_rows *rows)
{
        const struct person *person = record;
        index_id(rows, T_BENEFICIARY_BY_TERRITORY, key_of_text(person->row->territory), person->id);
        if (person->row->prescriber != NULL)
                index_id(rows, T_BENEFICIARY_BY_PRESCRIBER, key_of_id(id_of(person->row->prescriber)), person->id);
}

void tracking_index_beneficiary(struct txn *txn, struct id id, const Tracking__BeneficiaryRow *row)
{
        index_move(txn, rows_of_person, NULL, &(struct person){id, row});
}

size_t periods_of(const Tracking__BeneficiaryRow *row, struct period *ret_periods)
{
        require(row->n_periods <= DECISIONS_MAX);
        for (size_t i = 0; i < row->n_periods; i++) {
                const Tracking__EligibilityPeriod *period = row->periods[i];
                ret_periods[i] = (struct period){day_of(period->from), day_of(period->until), period->cut};
        }
        return row->n_periods;
}

void periods_put(Tracking__BeneficiaryRow *row, const struct period *periods, size_t count, struct arena *arena)
{
        row->n_periods = count;
        row->periods = arena_alloc(arena, (count + 1) * sizeof(*row->periods));
        for (size_t i = 0; i < count; i++) {
                Tracking__EligibilityPeriod *period = pb_new(&tracking__eligibility_period__descriptor, arena);
                period->from = day_to(arena, periods[i].from);
                period->until = day_to(arena, periods[i].until);
                period->cut = periods[i].cut;
                row->periods[i] = period;
        }
}

bool persons_each_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument)
{
        bool more = true;
        struct scan scan = scan_backwards(txn, T_BENEFICIARY, slice_of(NULL, 0), slice_of(NULL, 0));
        while (more && scan_next(&scan))
                more = see(argument, key_read_id(scan.key, 0));
        scan_end(&scan);
        return more;
}

void persons_walk(struct txn *txn, enum persons_list list, struct key part, struct slice after, struct walk *ret)
{
        const size_t tables[] = {
                [LIST_BENEFICIARIES] = T_BENEFICIARY,
                [LIST_BENEFICIARIES_OF_TERRITORY] = T_BENEFICIARY_BY_TERRITORY,
                [LIST_BENEFICIARIES_OF_PRESCRIBER] = T_BENEFICIARY_BY_PRESCRIBER,
        };
        walk_begin(txn, (struct walk_spec){tables[list], WALK_UP, CURSOR_ID}, part, after, ret);
}
