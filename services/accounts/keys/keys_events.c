#include "accounts/calls.h"

#include "common/codec/pb.h"
#include "services/accounts/keys/keys_rows.h"

void apply_key_given(const struct change *change, const Accounts__KeyGiven *given)
{
        Accounts__KeyRow row = ACCOUNTS__KEY_ROW__INIT;
        Accounts__KeyGiven kept = *given;
        if (given->replaces != NULL)
                store_drop_key(change->txn, id_of(given->replaces), change->arena);
        row.given = &kept;
        row.given_at = instant_to(change->arena, change->event->at_ms);
        if (change->event->sealed.size > 0) {
                const Accounts__Unpublished *unpublished =
                        pb_decode(&accounts__unpublished__descriptor, change->event->sealed, change->arena);
                row.browser = unpublished == NULL ? NULL : unpublished->browser;
                row.by_mail_link = unpublished != NULL && unpublished->by_mail_link;
                row.shown_elsewhere = unpublished != NULL && unpublished->shown_elsewhere;
                row.number = change->event->number;
        }
        store_put_key(change->txn, &row, change->arena);
}

void apply_key_used(const struct change *change, const Accounts__KeyUsed *used)
{
        const Accounts__KeyRow *before = store_key(change->txn, id_of(used->key_id), change->arena);
        if (before == NULL)
                return;
        Accounts__KeyRow row = *before;
        row.used_on = used->used_on;
        row.used_at = instant_to(change->arena, change->event->at_ms);
        store_put_key(change->txn, &row, change->arena);
}

void apply_key_ended(const struct change *change, const Accounts__KeyEnded *ended)
{
        store_drop_key(change->txn, id_of(ended->key_id), change->arena);
}
