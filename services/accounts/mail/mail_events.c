#include "accounts/calls.h"

#include "common/codec/pb.h"
#include "services/accounts/mail/mail_rows.h"
#include "services/accounts/mail/mail.h"

/* ---- addresses */

static Accounts__OwnAddressRow *address_of(const struct change *change, const Types__Id *account)
{
        return store_own_address(change->txn, id_of(account), change->arena);
}

static void put_address(const struct change *change, const Types__Id *account, const Accounts__OwnAddressRow *row)
{
        store_put_own_address(change->txn, id_of(account), row, change->arena);
}

/* Forgotten since: it was replaced or removed, which follows in the log. */
static Accounts__AddressSealed *sealed_address(const struct change *change)
{
        Accounts__AddressSealed *sealed =
                pb_decode(&accounts__address_sealed__descriptor, change->event->sealed, change->arena);
        return sealed != NULL ? sealed : pb_new(&accounts__address_sealed__descriptor, change->arena);
}

void apply_address_given(const struct change *change, const Accounts__AddressGiven *given)
{
        Accounts__OwnAddressRow *row = address_of(change, given->account_id);
        row->awaiting = sealed_address(change);
        row->awaiting_number = change->event->number;
        put_address(change, given->account_id, row);
}

void apply_own_address_confirmed(const struct change *change, const Accounts__OwnAddressConfirmed *confirmed)
{
        Accounts__OwnAddressRow *row = address_of(change, confirmed->account_id);
        row->confirmed = row->awaiting;
        row->confirmed_number = row->awaiting_number;
        row->awaiting = NULL;
        row->awaiting_number = 0;
        put_address(change, confirmed->account_id, row);
}

void apply_address_dropped(const struct change *change, const Accounts__AddressDropped *dropped)
{
        Accounts__OwnAddressRow *row = address_of(change, dropped->account_id);
        row->awaiting = NULL;
        row->awaiting_number = 0;
        put_address(change, dropped->account_id, row);
}

void apply_address_removed(const struct change *change, const Accounts__AddressRemoved *removed)
{
        store_drop_own_address(change->txn, id_of(removed->account_id), change->arena);
}

/* ---- mails */

static void count_asking(const struct change *change, Accounts__MailAskings **askings)
{
        if (*askings == NULL)
                *askings = pb_new(&accounts__mail_askings__descriptor, change->arena);
        Accounts__MailAskings *counted = *askings;
        counted->at = instant_to(change->arena, change->event->at_ms);
        counted->count++;
        if (counted->since == NULL || change->event->at_ms - counted->since->ms >= MAIL_DAY_MS) {
                counted->since = counted->at;
                counted->count = 1;
        }
}

void apply_mail_due(const struct change *change, const Accounts__MailDue *due)
{
        Accounts__MailRow row = ACCOUNTS__MAIL_ROW__INIT;
        Accounts__OwnAddressRow *address = address_of(change, due->account_id);
        row.due = (Accounts__MailDue *)(uintptr_t)due;
        row.at = instant_to(change->arena, change->event->at_ms);
        row.by = (char *)(uintptr_t)change->event->user;
        row.sealed = pb_decode(&accounts__mail_sealed__descriptor, change->event->sealed, change->arena);
        row.number = change->event->number;
        row.state = mail_carries_link(due->kind) ? ACCOUNTS__LINK_STATE__LINK_OPEN
                                                 : ACCOUNTS__LINK_STATE__LINK_STATE_UNKNOWN;
        store_put_mail(change->txn, &row, change->arena);
        if (mail_is_asked_for(due->kind)) {
                count_asking(change, mail_is_to_sign_in(due->kind) ? &address->links : &address->others);
                put_address(change, due->account_id, address);
        }
}

/* Of a mail that never was (an event of another version) nothing is changed. */
static Accounts__MailRow *mail_of(const struct change *change, const Types__Id *mail)
{
        return store_mail(change->txn, id_of(mail), change->arena);
}

void apply_mail_drawn(const struct change *change, const Accounts__MailDrawn *drawn)
{
        Accounts__MailRow *row = mail_of(change, drawn->mail_id);
        if (row == NULL)
                return;
        row->hash = drawn->hash;
        row->ends = drawn->ends;
        store_put_mail(change->txn, row, change->arena);
}

static void put_state(const struct change *change, const Types__Id *mail, Accounts__LinkState state)
{
        Accounts__MailRow *row = mail_of(change, mail);
        if (row == NULL)
                return;
        row->state = state;
        store_put_mail(change->txn, row, change->arena);
}

void apply_mail_used(const struct change *change, const Accounts__MailUsed *used)
{
        put_state(change, used->mail_id, ACCOUNTS__LINK_STATE__LINK_USED);
}

void apply_mail_ended(const struct change *change, const Accounts__MailEnded *ended)
{
        put_state(change, ended->mail_id,
                  ended->disowned ? ACCOUNTS__LINK_STATE__LINK_DISOWNED : ACCOUNTS__LINK_STATE__LINK_ENDED);
}

void apply_mails_forgotten(const struct change *change, const Accounts__MailsForgotten *forgotten)
{
        for (size_t i = 0; i < forgotten->n_mail_ids; i++)
                store_drop_mail(change->txn, id_of(forgotten->mail_ids[i]), change->arena);
}
