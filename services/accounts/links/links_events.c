#include "accounts/calls.h"

#include "services/accounts/links/links_rows.h"

static Types__Instant *now(const struct change *change)
{
        return instant_to(change->arena, change->event->at_ms);
}

/* Of a link that never was (an event of another version) nothing is changed. */
static Accounts__LinkRow *row_of(const struct change *change, const Types__Id *id)
{
        return store_link(change->txn, id_of(id), change->arena);
}

void apply_link_given(const struct change *change, const Accounts__LinkGiven *given)
{
        Accounts__LinkRow row = ACCOUNTS__LINK_ROW__INIT;
        const int64_t day_ms = 24 * 60 * 60 * 1000;
        row.link = given->link;
        row.given_at = now(change);
        row.given_by = (char *)(uintptr_t)change->event->user;
        row.ends = instant_to(change->arena, change->event->at_ms + given->link->days * day_ms);
        store_put_link(change->txn, &row, change->arena);
}

void apply_link_drawn(const struct change *change, const Accounts__LinkDrawn *drawn)
{
        Accounts__LinkRow *row = row_of(change, drawn->link_id);
        if (row == NULL)
                return;
        row->hash = drawn->hash;
        row->ends = drawn->ends;
        row->sent_at = now(change);
        row->sendings++;
        store_put_link(change->txn, row, change->arena);
}

/* Who waits for its mail: the one before opens nothing from the next token on. */
void apply_link_asked_again(const struct change *change, const Accounts__LinkAskedAgain *asked)
{
        Accounts__LinkRow *row = row_of(change, asked->link_id);
        const int64_t day_ms = 24 * 60 * 60 * 1000;
        if (row == NULL)
                return;
        row->ends = instant_to(change->arena, change->event->at_ms + row->link->days * day_ms);
        store_put_link(change->txn, row, change->arena);
}

void apply_link_claimed(const struct change *change, const Accounts__LinkClaimed *claimed)
{
        Accounts__LinkRow *row = row_of(change, claimed->link_id);
        if (row == NULL)
                return;
        row->act_key = claimed->act_key;
        store_put_link(change->txn, row, change->arena);
}

void apply_link_used(const struct change *change, const Accounts__LinkUsed *used)
{
        Accounts__LinkRow *row = row_of(change, used->link_id);
        if (row == NULL)
                return;
        row->used_at = now(change);
        row->used_what = used->what;
        row->used_position = used->position;
        store_put_link(change->txn, row, change->arena);
}

void apply_link_ended(const struct change *change, const Accounts__LinkEnded *ended)
{
        Accounts__LinkRow *row = row_of(change, ended->link_id);
        if (row == NULL)
                return;
        row->closed_at = now(change);
        store_put_link(change->txn, row, change->arena);
}

void apply_link_disowned(const struct change *change, const Accounts__LinkDisowned *disowned)
{
        Accounts__LinkRow *row = row_of(change, disowned->link->link_id);
        if (row == NULL)
                return;
        row->closed_at = now(change);
        row->disowned = true;
        store_put_link(change->txn, row, change->arena);
}
