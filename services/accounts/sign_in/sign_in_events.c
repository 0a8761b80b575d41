#include "accounts/calls.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/accounts/sign_in/sign_in_rows.h"
#include "services/accounts/sign_in/tries.h"

/* What is not published of it; an empty message where it was forgotten since. */
static Accounts__Unpublished *unpublished_of(const struct change *change)
{
        Accounts__Unpublished *unpublished =
                pb_decode(&accounts__unpublished__descriptor, change->event->sealed, change->arena);
        return unpublished != NULL ? unpublished : pb_new(&accounts__unpublished__descriptor, change->arena);
}

static Accounts__SignInRow *row_of(const struct change *change, const Types__Id *account)
{
        return store_sign_in(change->txn, id_of(account), change->arena);
}

static void store_row(const struct change *change, const Types__Id *account, const Accounts__SignInRow *row)
{
        store_put_sign_in(change->txn, id_of(account), row, change->arena);
}

void apply_password_set(const struct change *change, const Accounts__PasswordSet *set)
{
        Accounts__SignInRow *row = row_of(change, set->account_id);
        row->password = unpublished_of(change)->password;
        row->password_number = change->event->number;
        store_row(change, set->account_id, row);
}

void apply_second_factor_begun(const struct change *change, const Accounts__SecondFactorBegun *begun)
{
        Accounts__SignInRow *row = row_of(change, begun->account_id);
        row->begun = unpublished_of(change)->factor;
        row->begun_number = change->event->number;
        store_row(change, begun->account_id, row);
}

void apply_second_factor_set(const struct change *change, const Accounts__SecondFactorSet *set)
{
        Accounts__SignInRow *row = row_of(change, set->account_id);
        const Accounts__Unpublished *unpublished = unpublished_of(change);
        row->factor = row->begun;
        row->factor_number = row->begun_number;
        row->begun = (ProtobufCBinaryData){0};
        row->begun_number = 0;
        row->recovery_hashes = unpublished->recovery_hashes;
        row->n_recovery_hashes = unpublished->n_recovery_hashes;
        row->step = unpublished->step;
        store_row(change, set->account_id, row);
}

void apply_second_factor_ended(const struct change *change, const Accounts__SecondFactorEnded *ended)
{
        Accounts__SignInRow *row = row_of(change, ended->account_id);
        row->factor = (ProtobufCBinaryData){0};
        row->factor_number = 0;
        row->n_recovery_hashes = 0;
        row->step = 0;
        store_row(change, ended->account_id, row);
}

void apply_sign_in_failed(const struct change *change, const Accounts__SignInFailed *failed)
{
        const Accounts__Unpublished *unpublished = unpublished_of(change);
        (void)failed;
        store_sweep_tries(change->txn, change->event->at_ms - TRIES_FORGOTTEN_MS, change->arena);
        for (size_t i = 0; i < unpublished->n_tried; i++)
                store_count_try(change->txn, pb_slice(unpublished->tried[i]), change->event->at_ms, change->arena);
}

/* The name's failures are forgotten, the network's are not: one who has an account there could try others for ever. */
static void forget_tries(const struct change *change, const Accounts__Unpublished *unpublished)
{
        if (unpublished->n_tried > 0)
                store_drop_tries(change->txn, pb_slice(unpublished->tried[0]), change->arena);
}

static void spend(Accounts__SignInRow *row, const Accounts__Unpublished *unpublished)
{
        size_t kept = 0;
        for (size_t i = 0; i < row->n_recovery_hashes; i++)
                if (!slice_equal(pb_slice(row->recovery_hashes[i]), pb_slice(unpublished->used_hash)))
                        row->recovery_hashes[kept++] = row->recovery_hashes[i];
        row->n_recovery_hashes = kept;
        row->step = unpublished->step > row->step ? unpublished->step : row->step;
}

void apply_signed_in(const struct change *change, const Accounts__SignedIn *signed_in)
{
        const Accounts__Unpublished *unpublished = unpublished_of(change);
        Accounts__SignInRow *row = row_of(change, signed_in->account_id);
        forget_tries(change, unpublished);
        if (unpublished->browser != NULL && unpublished->browser->mark.len > 0)
                store_put_browser(change->txn, id_of(signed_in->account_id), pb_slice(unpublished->browser->mark));
        spend(row, unpublished);
        store_row(change, signed_in->account_id, row);
}

void apply_sign_in_reset(const struct change *change, const Accounts__SignInReset *reset)
{
        store_drop_sign_in(change->txn, id_of(reset->account_id));
}
