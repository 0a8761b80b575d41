#include "common/base/local_time.h"
#include "common/codec/types.h"
#include "common/store/stored.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "tracking/calls.h"

void apply_beneficiary_referred(const struct change *change, const Tracking__BeneficiaryReferred *referred)
{
        struct id id = id_of(referred->beneficiary_id);
        const Tracking__ReferredParts *parts =
                referred->keyed ? pb_decode(&tracking__referred_parts__descriptor, change->event->sealed, change->arena)
                                : NULL;
        Tracking__BeneficiaryRow row = TRACKING__BENEFICIARY_ROW__INIT;
        require_stored(!referred->keyed || parts != NULL); /* of who is erased it is empty: a replay meets that, too */
        row.territory = referred->territory;
        row.prescriber = referred->prescriber;
        row.need_id = referred->need_id;
        row.referred_at_ms = change->event->at_ms;
        row.referred_on = referred->referred_on != NULL
                                  ? referred->referred_on
                                  : day_to(change->arena, local_day(referred->territory, change->event->at_ms));
        row.referred_by = id_is_zero(change->event->account) ? NULL : id_to(change->arena, change->event->account);
        row.sealed_identity = parts != NULL ? parts->sealed_identity : pb_bytes(change->event->sealed);
        tracking_note_contact(change->txn, id, &row, change->event->at_ms);
        tracking_put_beneficiary(change->txn, id, &row, change->arena);
        tracking_index_beneficiary(change->txn, id, &row);
        tracking_note_sealed(change->txn, id, change->event->number);
        if (parts != NULL && parts->digests != NULL)
                identity_put_digests(change->txn, id, parts->digests, change->arena);
}

void apply_identity_keyed(const struct change *change, const Tracking__IdentityKeyed *keyed)
{
        static const struct id all = {{0}};
        const Tracking__PersonDigests *digests =
                pb_decode(&tracking__person_digests__descriptor, change->event->sealed, change->arena);
        require_stored(digests != NULL);
        if (keyed->beneficiary_id == NULL) {
                identity_put_digests(change->txn, all, digests, change->arena);
                return;
        }
        struct id id = id_of(keyed->beneficiary_id);
        if (tracking_beneficiary(change->txn, id, change->arena) == NULL)
                return; /* the transaction has failed; its commit will tell */
        identity_put_digests(change->txn, id, digests, change->arena);
        identity_note_made_again(change->txn, id, change->arena);
        tracking_note_sealed(change->txn, id, change->event->number);
}

void apply_persons_merged(const struct change *change, const Tracking__PersonsMerged *merged)
{
        identity_merge(change->txn, id_of(merged->beneficiary_id), id_of(merged->into));
        tracking_note_sealed(change->txn, id_of(merged->beneficiary_id), change->event->number);
}

void apply_persons_unmerged(const struct change *change, const Tracking__PersonsUnmerged *unmerged)
{
        identity_unmerge(change->txn, id_of(unmerged->beneficiary_id));
        tracking_note_sealed(change->txn, id_of(unmerged->beneficiary_id), change->event->number);
}

void apply_persons_kept_apart(const struct change *change, const Tracking__PersonsKeptApart *apart)
{
        identity_keep_apart(change->txn, id_of(apart->beneficiary_id), id_of(apart->other_id), change->arena);
        tracking_note_sealed(change->txn, id_of(apart->beneficiary_id), change->event->number);
}
