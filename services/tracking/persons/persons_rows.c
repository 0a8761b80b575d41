#include "services/tracking/persons/persons_rows.h"

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/index.h"
#include "services/tracking/persons/identity_rows.h"

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

static void rows_by_referral(const struct person *person, struct index_rows *rows)
{
        const Tracking__BeneficiaryRow *row = person->row;
        struct key all = key_of_id((struct id){0});
        if (row->referred_on == NULL)
                return;
        key_i32(&all, row->referred_on->days);
        index_id(rows, T_BENEFICIARY_BY_REFERRAL, all, person->id);
        if (row->prescriber == NULL)
                return;
        struct key own = key_of_id(id_of(row->prescriber));
        key_i32(&own, row->referred_on->days);
        index_id(rows, T_BENEFICIARY_BY_REFERRAL, own, person->id);
}

static void rows_of_person(const void *record, struct index_rows *rows)
{
        const struct person *person = record;
        rows_by_referral(person, rows);
        index_id(rows, T_BENEFICIARY_BY_TERRITORY, key_of_text(person->row->territory), person->id);
        if (person->row->prescriber != NULL)
                index_id(rows, T_BENEFICIARY_BY_PRESCRIBER, key_of_id(id_of(person->row->prescriber)), person->id);
}

void tracking_index_beneficiary(struct txn *txn, struct id id, const Tracking__BeneficiaryRow *row)
{
        index_move(txn, rows_of_person, NULL, &(struct person){id, row});
}

void tracking_move_beneficiary(struct txn *txn, struct id id, const Tracking__BeneficiaryRow *row, char *territory,
                               struct arena *arena)
{
        Tracking__BeneficiaryRow moved = *row;
        moved.territory = territory;
        index_move(txn, rows_of_person, &(struct person){id, row}, &(struct person){id, &moved});
        identity_move(txn, id, territory, arena);
}

void tracking_note_sealed(struct txn *txn, struct id beneficiary, uint64_t number)
{
        struct key key = key_of_id(beneficiary);
        key_u64(&key, number);
        txn_put(txn, T_BENEFICIARY_SEALED, key_slice(&key), slice_of((const uint8_t *)"", 0));
}

void tracking_sealed_walk(struct txn *txn, struct id beneficiary, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_BENEFICIARY_SEALED, WALK_UP, CURSOR_NUMBER}, key_of_id(beneficiary),
                   slice_of(NULL, 0), ret);
}

/* Rows are not to be taken away while they are walked. */
static void forget_sealed(struct txn *txn, struct id beneficiary)
{
        bool more = true;
        while (more) {
                struct walk walk;
                struct key key = key_of_id(beneficiary);
                tracking_sealed_walk(txn, beneficiary, &walk);
                more = walk_step(&walk);
                if (more)
                        key_u64(&key, walk_number(&walk));
                walk_end(&walk);
                if (more)
                        txn_delete(txn, T_BENEFICIARY_SEALED, key_slice(&key));
        }
}

void tracking_leave_beneficiary(struct txn *txn, struct id id, struct arena *arena)
{
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(txn, id, arena);
        identity_drop(txn, id, arena); /* her pairs lead over her row */
        if (row != NULL)
                index_move(txn, rows_of_person, &(struct person){id, row}, NULL);
        forget_sealed(txn, id);
        (void)due_cancel(txn, &persons_retention, (struct due_name){JOB_RETENTION, id});
        txn_delete(txn, T_BENEFICIARY, id_slice(&id));
}

void tracking_drop_beneficiary(struct txn *txn, struct id id, const Tracking__ErasedRow *erased, struct arena *arena)
{
        tracking_leave_beneficiary(txn, id, arena);
        txn_put_message(txn, T_ERASED, id_slice(&id), erased, arena);
}

void tracking_look_at(struct txn *txn, struct id id, int64_t at_ms)
{
        due_set(txn, &persons_retention, (struct due_name){JOB_RETENTION, id}, at_ms);
}

/* Well before any retention ends: apply() knows no rules, whoever looks does. */
#define LOOK_AFTER_MS ((int64_t)90 * 86400000)

void tracking_note_contact(struct txn *txn, struct id id, Tracking__BeneficiaryRow *row, int64_t at_ms)
{
        bool is_first = row->last_contact_ms == 0;
        if (at_ms > row->last_contact_ms)
                row->last_contact_ms = at_ms;
        if (is_first || row->archived || row->ends_at_ms != 0)
                tracking_look_at(txn, id, at_ms + LOOK_AFTER_MS);
        row->archived = false;
        row->ends_at_ms = 0;
}

Tracking__ErasedRow *tracking_erased(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_ERASED, id_slice(&id), &tracking__erased_row__descriptor, arena);
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

void persons_each_erased(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument)
{
        struct scan scan = scan_prefix(txn, T_ERASED, slice_of(NULL, 0));
        while (scan_next(&scan) && see(argument, key_read_id(scan.key, 0)))
                ;
        scan_end(&scan);
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

void persons_walk_referred(struct txn *txn, struct id prescriber, struct slice after, struct walk *ret)
{
        walk_up(txn, T_BENEFICIARY_BY_REFERRAL, key_of_id(prescriber), after, ret);
}
