#include "accounts/calls.h"

#include "services/accounts/people/people_rows.h"

static Types__Instant *now(const struct change *change)
{
        return instant_to(change->arena, change->event->at_ms);
}

static char *who(const struct change *change)
{
        return (char *)(uintptr_t)change->event->user;
}

void apply_account_opened(const struct change *change, const Accounts__AccountOpened *opened)
{
        Accounts__AccountRow row = ACCOUNTS__ACCOUNT_ROW__INIT;
        bool taken_over = opened->opened_at != NULL;
        row.account_id = opened->account_id;
        row.name = opened->name;
        row.opened_at = taken_over ? opened->opened_at : now(change);
        row.opened_by = taken_over ? opened->opened_by : who(change);
        store_put_account(change->txn, &row, NULL, change->arena);
}

void apply_membership_given(const struct change *change, const Accounts__MembershipGiven *given)
{
        Accounts__MembershipRow row = ACCOUNTS__MEMBERSHIP_ROW__INIT;
        const Accounts__AccountRow *account =
                store_account(change->txn, id_of(given->membership->account_id), change->arena);
        bool taken_over = account != NULL && change->event->user[0] == '\0';
        row.what = given->membership;
        row.awaits_consent = given->awaits_consent;
        row.first_coordinator = given->first_coordinator;
        row.token_days = given->token_days;
        row.given_at = taken_over ? account->opened_at : now(change);
        row.given_by = taken_over ? account->opened_by : who(change);
        store_put_membership(change->txn, &row, NULL, change->arena);
}

static void remember_consent(const struct change *change, const Types__Id *by)
{
        const Accounts__AccountRow *before = store_account(change->txn, id_of(by), change->arena);
        if (before == NULL || before->has_consented)
                return;
        Accounts__AccountRow row = *before;
        row.has_consented = true;
        store_put_account(change->txn, &row, before, change->arena);
}

/* Of what never was (an event of another version) nothing is changed. */
void apply_membership_confirmed(const struct change *change, const Accounts__MembershipConfirmed *confirmed)
{
        const Accounts__MembershipRow *before =
                store_membership(change->txn, id_of(confirmed->membership_id), change->arena);
        if (before == NULL)
                return;
        Accounts__MembershipRow row = *before;
        row.awaits_consent = false;
        row.confirmed_by = confirmed->confirmed_by;
        row.confirmed_at = confirmed->confirmed_at != NULL ? confirmed->confirmed_at : now(change);
        store_put_membership(change->txn, &row, before, change->arena);
        remember_consent(change, confirmed->confirmed_by);
}

void apply_membership_ended(const struct change *change, const Accounts__MembershipEnded *ended)
{
        const Accounts__MembershipRow *before =
                store_membership(change->txn, id_of(ended->membership_id), change->arena);
        if (before == NULL)
                return;
        Accounts__MembershipRow row = *before;
        row.ended = true;
        row.left_on = ended->left_on;
        row.left_reason = ended->reason;
        store_put_membership(change->txn, &row, before, change->arena);
}

void apply_account_closed(const struct change *change, const Accounts__AccountClosed *closed)
{
        const Accounts__AccountRow *before = store_account(change->txn, id_of(closed->account_id), change->arena);
        if (before == NULL)
                return;
        Accounts__AccountRow row = *before;
        row.closed = true;
        store_put_account(change->txn, &row, before, change->arena);
        struct memberships all = store_memberships(change->txn, id_of(closed->account_id), change->arena);
        for (size_t i = 0; i < all.count; i++) {
                Accounts__MembershipRow over = *all.rows[i];
                over.ended = true;
                store_put_membership(change->txn, &over, all.rows[i], change->arena);
        }
}
