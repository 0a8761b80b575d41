#include "services/gateway/visitors/copies.h"

#include "accounts/events.pb-c.h"
#include "common/codec/types.h"
#include "services/gateway/visitors/visitors_rows.h"

static void copy_opened(struct txn *txn, struct arena *arena, const Accounts__AccountOpened *opened)
{
        Gateway__AccountCopy row = GATEWAY__ACCOUNT_COPY__INIT;
        row.name = opened->name;
        visitors_put_account(txn, id_of(opened->account_id), &row, arena);
}

static void copy_closed(struct txn *txn, struct arena *arena, const Accounts__AccountClosed *closed)
{
        Gateway__AccountCopy *row = visitors_account(txn, id_of(closed->account_id), arena);
        if (row == NULL)
                return;
        row->closed = true;
        visitors_put_account(txn, id_of(closed->account_id), row, arena);
}

static void copy_given(struct txn *txn, struct arena *arena, const Accounts__MembershipGiven *given)
{
        Gateway__MembershipCopy row = GATEWAY__MEMBERSHIP_COPY__INIT;
        row.what = given->membership;
        visitors_put_membership(txn, &row, arena);
}

static void copy_ended(struct txn *txn, struct arena *arena, const Accounts__MembershipEnded *ended)
{
        Gateway__MembershipCopy *row = visitors_membership(txn, id_of(ended->membership_id), arena);
        if (row == NULL)
                return;
        row->ended = true;
        visitors_put_membership(txn, row, arena);
}

/* The key before opens nothing any more. Where its holder replaced it, it stays to ask for that answer again, until
 * the next one takes its place. */
static void copy_replaced(struct txn *txn, struct arena *arena, const Accounts__KeyGiven *given,
                          const struct event *event)
{
        Gateway__KeyCopy *before = visitors_key_of_id(txn, id_of(given->replaces), arena);
        if (before == NULL)
                return;
        if (before->older != NULL)
                visitors_drop_key(txn, id_of(before->older), arena);
        if (!given->by_holder) {
                visitors_drop_key(txn, id_of(given->replaces), arena);
                return;
        }
        before->replaced_by_command = id_to(arena, event->cause);
        before->replaced_at = instant_to(arena, event->at_ms);
        before->successor_ends = given->ends;
        visitors_put_key(txn, before, arena);
}

static void copy_key(struct txn *txn, struct arena *arena, const Accounts__KeyGiven *given, const struct event *event)
{
        Gateway__KeyCopy row = GATEWAY__KEY_COPY__INIT;
        Accounts__KeyGiven kept = *given;
        row.given = &kept;
        row.given_at = instant_to(arena, event->at_ms);
        if (given->replaces != NULL) {
                copy_replaced(txn, arena, given, event);
                row.older = given->by_holder ? given->replaces : NULL;
        }
        visitors_put_key(txn, &row, arena);
}

static void copy_used(struct txn *txn, struct arena *arena, const Accounts__KeyUsed *used, const struct event *event)
{
        Gateway__KeyCopy *row = visitors_key_of_id(txn, id_of(used->key_id), arena);
        if (row == NULL)
                return;
        row->used_on = used->used_on;
        row->used_at = instant_to(arena, event->at_ms);
        visitors_put_key(txn, row, arena);
}

/* ---- links */

static void copy_link(struct txn *txn, struct arena *arena, const Accounts__LinkGiven *given)
{
        Gateway__LinkCopy row = GATEWAY__LINK_COPY__INIT;
        row.link = given->link;
        visitors_put_link(txn, &row, arena);
}

static void copy_drawn(struct txn *txn, struct arena *arena, const Accounts__LinkDrawn *drawn)
{
        Gateway__LinkCopy *row = visitors_link(txn, id_of(drawn->link_id), arena);
        if (row == NULL)
                return;
        row->hash = drawn->hash;
        row->ends = drawn->ends;
        visitors_put_link(txn, row, arena);
}

static void copy_link_used(struct txn *txn, struct arena *arena, const Accounts__LinkUsed *used,
                           const struct event *event)
{
        Gateway__LinkCopy *row = visitors_link(txn, id_of(used->link_id), arena);
        if (row == NULL)
                return;
        row->used_at = instant_to(arena, event->at_ms);
        row->used_what = used->what;
        visitors_put_link(txn, row, arena);
}

static void drop_link(struct txn *txn, struct arena *arena, const Types__Id *id)
{
        visitors_drop_link(txn, id_of(id), arena);
}

void copy_from_accounts(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Accounts__Event *body = event->body;
        switch ((int)body->body_case) {
        case ACCOUNTS__EVENT__BODY_ACCOUNT_OPENED: copy_opened(txn, arena, body->account_opened); break;
        case ACCOUNTS__EVENT__BODY_ACCOUNT_CLOSED: copy_closed(txn, arena, body->account_closed); break;
        case ACCOUNTS__EVENT__BODY_MEMBERSHIP_GIVEN: copy_given(txn, arena, body->membership_given); break;
        case ACCOUNTS__EVENT__BODY_MEMBERSHIP_ENDED: copy_ended(txn, arena, body->membership_ended); break;
        case ACCOUNTS__EVENT__BODY_KEY_GIVEN: copy_key(txn, arena, body->key_given, event); break;
        case ACCOUNTS__EVENT__BODY_KEY_USED: copy_used(txn, arena, body->key_used, event); break;
        case ACCOUNTS__EVENT__BODY_KEY_ENDED: visitors_drop_key(txn, id_of(body->key_ended->key_id), arena); break;
        case ACCOUNTS__EVENT__BODY_LINK_GIVEN: copy_link(txn, arena, body->link_given); break;
        case ACCOUNTS__EVENT__BODY_LINK_DRAWN: copy_drawn(txn, arena, body->link_drawn); break;
        case ACCOUNTS__EVENT__BODY_LINK_USED: copy_link_used(txn, arena, body->link_used, event); break;
        case ACCOUNTS__EVENT__BODY_LINK_ENDED: drop_link(txn, arena, body->link_ended->link_id); break;
        case ACCOUNTS__EVENT__BODY_LINK_DISOWNED: drop_link(txn, arena, body->link_disowned->link->link_id); break;
        }
}
