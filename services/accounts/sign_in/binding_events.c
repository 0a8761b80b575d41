#include "accounts/calls.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/accounts/sign_in/binding_rows.h"

/* One whose unpublished part was forgotten has ended since: its end follows in the log. */
void apply_provider_bound(const struct change *change, const Accounts__ProviderBound *bound)
{
        Accounts__BindingRow row = ACCOUNTS__BINDING_ROW__INIT;
        row.what = pb_decode(&accounts__bound_identity__descriptor, change->event->sealed, change->arena);
        if (row.what == NULL || row.what->hash.len != BINDING_HASH_SIZE)
                return;
        row.binding_id = bound->binding_id;
        row.account_id = bound->account_id;
        row.bound_at = instant_to(change->arena, change->event->at_ms);
        row.number = change->event->number;
        store_put_binding(change->txn, &row, change->arena);
}

void apply_provider_binding_ended(const struct change *change, const Accounts__ProviderBindingEnded *ended)
{
        const Accounts__BindingRow *row =
                store_binding_of(change->txn, id_of(ended->account_id), id_of(ended->binding_id), change->arena);
        if (row != NULL)
                store_drop_binding(change->txn, row);
}
