#include "services/tracking/persons/keying.h"

#include "services/tracking/persons/known.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/rules/context.h"
#include "tracking/events.pb-c.h"

static bool is_keyed(struct work *work, struct id id)
{
        const Tracking__DigestsRow *row = identity_digests(work->txn, id, work->arena);
        return row != NULL && row->digests != NULL && digests_are_made_with(tracking_of(work)->digests, row->digests);
}

bool identities_are_keyed(struct work *work)
{
        return is_keyed(work, (struct id){{0}});
}

static void record_keyed(struct work *work, Types__Id *id, const Tracking__PersonDigests *digests)
{
        Tracking__IdentityKeyed keyed = TRACKING__IDENTITY_KEYED__INIT;
        keyed.beneficiary_id = id;
        work_record_sealed(work, &keyed.base, pb_encode(digests, work->arena));
}

/* NULL: her file does not open. */
static Tracking__PersonDigests *digests_here(struct work *work, struct id id, const Tracking__BeneficiaryRow *row,
                                             bool *ret_has_pairs)
{
        int err;
        const Tracking__Sealed *content =
                work_unseal(work, id, pb_slice(row->sealed_identity), &tracking__sealed__descriptor, &err);
        if (content == NULL || content->content_case != TRACKING__SEALED__CONTENT_IDENTITY)
                return NULL;
        struct known_list known;
        Tracking__PersonDigests *digests = digests_of(tracking_of(work)->digests, content->identity, work->arena);
        known_find(work->txn, digests, &known);
        digests_pair(digests, &known, id, work->arena);
        *ret_has_pairs = digests->n_pairs > 0;
        return digests;
}

static void key_person(struct work *work, struct id id)
{
        bool has_pairs;
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, id, work->arena);
        const Tracking__PersonDigests *digests =
                row == NULL || is_keyed(work, id) ? NULL : digests_here(work, id, row, &has_pairs);
        if (digests != NULL)
                record_keyed(work, id_to(work->arena, id), digests);
}

void identity_pair_here(struct work *work, struct id id)
{
        bool has_pairs = false;
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, id, work->arena);
        const Tracking__PersonDigests *digests = row == NULL ? NULL : digests_here(work, id, row, &has_pairs);
        if (digests != NULL && (has_pairs || !is_keyed(work, id)))
                record_keyed(work, id_to(work->arena, id), digests);
}

bool identities_key_some(struct work *work, struct id after, struct id *ret_last)
{
        struct id ids[KEYED_AT_ONCE];
        size_t count = 0;
        struct walk walk;
        persons_walk(work->txn, LIST_BENEFICIARIES, key_empty(),
                     id_is_zero(after) ? slice_of(NULL, 0) : id_slice(&after), &walk);
        while (count < KEYED_AT_ONCE && walk_next(&walk, &ids[count]))
                count++;
        walk_end(&walk);
        for (size_t i = 0; i < count; i++)
                key_person(work, ids[i]);
        if (count == KEYED_AT_ONCE) {
                *ret_last = ids[count - 1];
                return false;
        }
        Tracking__PersonDigests *none = pb_new(&tracking__person_digests__descriptor, work->arena);
        const struct digest_maker *maker = tracking_of(work)->digests;
        none->made_with = pb_bytes(slice_of(maker->made_with, sizeof(maker->made_with)));
        if (!identities_are_keyed(work))
                record_keyed(work, NULL, none);
        return true;
}
