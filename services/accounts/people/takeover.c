#include "services/accounts/people/takeover.h"

#include <stdio.h>

#include "accounts/events.pb-c.h"
#include "gateway/events.pb-c.h"
#include "services/accounts/keys/give.h"
#include "services/accounts/people/people_rows.h"
#include "services/accounts/people/user.h"
#include "services/accounts/settings.h"

/* An account of then had one membership: it has the account's own id. */
static bool is_known(struct work *work, const Types__Id *id)
{
        return store_membership(work->txn, id_of(id), work->arena) != NULL;
}

static char *free_name(struct work *work, const char *name, const struct event *event)
{
        if (store_account_named(work->txn, name, work->arena) == NULL)
                return arena_text(work->arena, name);
        return arena_printf(work->arena, "%.31s@%.32s", name, event->source);
}

struct old_token {
        const Types__Id *user_id;
        ProtobufCBinaryData hash;
        const Types__Instant *ends;
};
static void give(struct work *work, const struct old_token *old, const struct event *event)
{
        const struct id id = id_of(old->user_id);
        const Accounts__KeyRow *before = key_token_of(work, id, id);
        Accounts__KeyGiven given = ACCOUNTS__KEY_GIVEN__INIT;
        given.key_id = id_to(work->arena, work_new_id(work));
        given.account_id = given.membership_id = id_to(work->arena, id);
        given.kind = ACCOUNTS__KEY_KIND__KEY_TOKEN;
        given.hash = old->hash;
        given.ends = old->ends != NULL ? (Types__Instant *)(uintptr_t)old->ends
                                       : instant_to(work->arena, token_end_ms(TOKEN_DAYS_DEFAULT, 0, event->at_ms));
        given.replaces = before == NULL ? NULL : before->given->key_id;
        work_record(work, &given.base);
}

static void take_created(struct work *work, const Gateway__UserCreated *created, const struct event *event)
{
        Accounts__AccountOpened opened = ACCOUNTS__ACCOUNT_OPENED__INIT;
        Accounts__Membership membership = ACCOUNTS__MEMBERSHIP__INIT;
        Accounts__MembershipGiven given = ACCOUNTS__MEMBERSHIP_GIVEN__INIT;
        opened.account_id = created->user_id;
        opened.name = free_name(work, created->name, event);
        opened.opened_at = instant_to(work->arena, event->at_ms);
        opened.opened_by = arena_text(work->arena, event->user);
        work_record(work, &opened.base);

        membership.membership_id = membership.account_id = created->user_id;
        membership.role = created->role;
        membership.organisation = created->organisation;
        membership.territories = created->territories;
        membership.n_territories = created->n_territories;
        given.membership = &membership;
        given.awaits_consent = created->token_hash.len == 0;
        given.first_coordinator = created->first_coordinator;
        given.token_days = created->token_days;
        work_record(work, &given.base);
        if (created->token_hash.len > 0) {
                const struct old_token old = {created->user_id, created->token_hash, created->token_ends};
                give(work, &old, event);
        }
}

static void take_confirmed(struct work *work, const Gateway__UserConfirmed *confirmed, const struct event *event)
{
        const struct old_token old = {confirmed->user_id, confirmed->token_hash, confirmed->token_ends};
        Accounts__MembershipConfirmed told = ACCOUNTS__MEMBERSHIP_CONFIRMED__INIT;
        told.membership_id = told.account_id = confirmed->user_id;
        told.confirmed_by = confirmed->confirmed_by;
        told.confirmed_at = instant_to(work->arena, event->at_ms);
        work_record(work, &told.base);
        give(work, &old, event);
}

static void take_renewed(struct work *work, const Gateway__TokenRenewed *renewed, const struct event *event)
{
        const struct old_token old = {renewed->user_id, renewed->token_hash, renewed->token_ends};
        give(work, &old, event);
}

static void take_revoked(struct work *work, const Gateway__UserRevoked *revoked)
{
        Accounts__AccountClosed closed = ACCOUNTS__ACCOUNT_CLOSED__INIT;
        closed.account_id = revoked->user_id;
        work_record(work, &closed.base);
}

void take_over(struct work *work, const struct event *event)
{
        const Gateway__Event *body = event->body;
        if (body->body_case == GATEWAY__EVENT__BODY_USER_CREATED) {
                if (!is_known(work, body->user_created->user_id))
                        take_created(work, body->user_created, event);
        } else if (body->body_case == GATEWAY__EVENT__BODY_USER_CONFIRMED) {
                if (is_known(work, body->user_confirmed->user_id))
                        take_confirmed(work, body->user_confirmed, event);
        } else if (body->body_case == GATEWAY__EVENT__BODY_TOKEN_RENEWED) {
                if (is_known(work, body->token_renewed->user_id))
                        take_renewed(work, body->token_renewed, event);
        } else if (body->body_case == GATEWAY__EVENT__BODY_USER_REVOKED) {
                if (is_known(work, body->user_revoked->user_id))
                        take_revoked(work, body->user_revoked);
        }
}
