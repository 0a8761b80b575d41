#include "gateway/calls.h"

#include "gateway/events.pb-c.h"
#include "services/gateway/accounts/accounts_rows.h"
#include "services/gateway/accounts/user.h"

/* An account of before tokens had an end gets what a new one would have got that day. */
static Types__Instant *end_of(const struct change *change, const Gateway__UserCreated *created)
{
        if (created->token_hash.len == 0 || created->token_ends != NULL)
                return created->token_ends;
        return instant_to(change->arena, token_end_ms(TOKEN_DAYS_DEFAULT, 0, change->event->at_ms));
}

void apply_user_created(const struct change *change, const Gateway__UserCreated *created)
{
        Gateway__AccountRow row = GATEWAY__ACCOUNT_ROW__INIT;
        row.user_id = created->user_id;
        row.name = created->name;
        row.role = created->role;
        row.organisation = created->organisation;
        row.territories = created->territories;
        row.n_territories = created->n_territories;
        row.token_hash = created->token_hash;
        row.token_ends = end_of(change, created);
        row.token_days = created->token_days;
        row.first_coordinator = created->first_coordinator;
        row.created_at = instant_to(change->arena, change->event->at_ms);
        row.created_by = (char *)(uintptr_t)change->event->user;
        store_put_account(change->txn, &row, NULL, change->arena);
}

/* The account as it stands, to be changed; NULL: it never was (an event of another version). */
static Gateway__AccountRow *account_of(const struct change *change, const Types__Id *id)
{
        return store_find_account(change->txn, id_of(id), change->arena);
}

void apply_user_revoked(const struct change *change, const Gateway__UserRevoked *revoked)
{
        const Gateway__AccountRow *before = account_of(change, revoked->user_id);
        if (before == NULL)
                return;
        Gateway__AccountRow row = *before;
        row.revoked = true;
        row.token_hash = row.token_before = (ProtobufCBinaryData){0};
        row.token_ends = NULL;
        store_put_account(change->txn, &row, before, change->arena);
}

static void remember_consent(const struct change *change, const Types__Id *by)
{
        const Gateway__AccountRow *before = account_of(change, by);
        if (before == NULL || before->has_consented)
                return;
        Gateway__AccountRow row = *before;
        row.has_consented = true;
        store_put_account(change->txn, &row, before, change->arena);
}

void apply_user_confirmed(const struct change *change, const Gateway__UserConfirmed *confirmed)
{
        const Gateway__AccountRow *before = account_of(change, confirmed->user_id);
        if (before == NULL)
                return;
        Gateway__AccountRow row = *before;
        row.confirmed_by = confirmed->confirmed_by;
        row.confirmed_at = instant_to(change->arena, change->event->at_ms);
        row.token_hash = confirmed->token_hash;
        row.token_ends = confirmed->token_ends;
        store_put_account(change->txn, &row, before, change->arena);
        remember_consent(change, confirmed->confirmed_by);
}

void apply_token_renewed(const struct change *change, const Gateway__TokenRenewed *renewed)
{
        const Gateway__AccountRow *before = account_of(change, renewed->user_id);
        if (before == NULL)
                return;
        Gateway__AccountRow row = *before;
        bool by_herself = id_equal(id_of(renewed->renewed_by), id_of(renewed->user_id));
        row.token_before = by_herself ? before->token_hash : (ProtobufCBinaryData){0};
        row.renewed_by_command = by_herself ? id_to(change->arena, change->event->cause) : NULL;
        row.renewed_at = by_herself ? instant_to(change->arena, change->event->at_ms) : NULL;
        row.token_hash = renewed->token_hash;
        row.token_ends = renewed->token_ends;
        store_put_account(change->txn, &row, before, change->arena);
}
