#include "notifications/calls.h"

#include "notifications/events.pb-c.h"
#include "services/notifications/store.h"
#include "services/notifications/subscription.h"

#define STATE(name) NOTIFICATIONS__DELIVERY_STATE__##name

/* --- what waits to be mailed --- */

static struct due_name mail_named(struct id id)
{
        return (struct due_name){JOB_MAIL, id};
}

static void mail_at(struct txn *txn, struct id id, int64_t at_ms)
{
        due_set(txn, &notifications_due, mail_named(id), at_ms);
}

static void mail_never(struct txn *txn, struct id id)
{
        (void)due_cancel(txn, &notifications_due, mail_named(id));
}

/* --- subscriptions and their addresses --- */

static void drop_address(struct txn *txn, const Types__Id *id)
{
        if (id == NULL)
                return;
        mail_never(txn, id_of(id));
        store_delete_address(txn, id_of(id));
}

static void put_asked(struct txn *txn, struct arena *arena, const struct event *event,
                      const Notifications__Subscribed *subscribed, Notifications__SubscriptionRow *row)
{
        const int64_t day_ms = 24 * 3600 * 1000;
        Notifications__AddressRow address = NOTIFICATIONS__ADDRESS_ROW__INIT;
        drop_address(txn, row->awaiting_id);
        address.subscription_id = subscribed->subscription_id;
        address.sealed = pb_bytes(event->sealed);
        address.expires_at = subscribed->expires_at;
        address.attempts_left = CODE_ATTEMPTS;
        address.delivery = subscribed->mailed ? STATE(QUEUED) : STATE(DELIVERY_NONE);
        store_put_address(txn, id_of(subscribed->address_id), &address, arena);
        if (subscribed->mailed)
                mail_at(txn, id_of(subscribed->address_id), event->at_ms);

        row->awaiting_id = subscribed->address_id;
        row->asked_at = instant_to(arena, event->at_ms);
        row->asked_count++;
        if (row->asked_since == NULL || event->at_ms - row->asked_since->ms >= day_ms) {
                row->asked_since = row->asked_at;
                row->asked_count = 1;
        }
}

void apply_subscribed(const struct change *change, const Notifications__Subscribed *subscribed)
{
        Notifications__SubscriptionRow *row =
                store_find_subscription(change->txn, id_of(subscribed->subscription_id), change->arena);
        if (row == NULL)
                row = pb_new(&notifications__subscription_row__descriptor, change->arena);
        row->subscription_id = subscribed->subscription_id;
        row->organisation_id = subscribed->organisation_id;
        row->organisation_name = subscribed->organisation_name;
        row->territory = subscribed->territory;
        if (!subscribed->keeps_address) {
                drop_address(change->txn, row->address_id);
                drop_address(change->txn, row->awaiting_id);
                row->address_id = row->awaiting_id = NULL;
                row->email = subscribed->email;
        }
        if (subscribed->address_id != NULL)
                put_asked(change->txn, change->arena, change->event, subscribed, row);
        store_put_subscription(change->txn, row, change->arena);
}

void apply_address_confirmed(const struct change *change, const Notifications__AddressConfirmed *confirmed)
{
        Notifications__SubscriptionRow *row =
                store_find_subscription(change->txn, id_of(confirmed->subscription_id), change->arena);
        Notifications__AddressRow *address =
                store_find_address(change->txn, id_of(confirmed->address_id), change->arena);
        if (row == NULL || address == NULL)
                return;
        drop_address(change->txn, row->address_id);
        mail_never(change->txn, id_of(confirmed->address_id)); /* it may be back before it is known to have left */
        address->confirmed = true;
        store_put_address(change->txn, id_of(confirmed->address_id), address, change->arena);
        row->address_id = confirmed->address_id;
        row->awaiting_id = NULL;
        row->email = (char *)"";
        store_put_subscription(change->txn, row, change->arena);
}

void apply_address_missed(const struct change *change, const Notifications__AddressMissed *missed)
{
        Notifications__SubscriptionRow *row =
                store_find_subscription(change->txn, id_of(missed->subscription_id), change->arena);
        Notifications__AddressRow *address = store_find_address(change->txn, id_of(missed->address_id), change->arena);
        if (row == NULL || address == NULL)
                return;
        if (--address->attempts_left > 0) {
                store_put_address(change->txn, id_of(missed->address_id), address, change->arena);
                return;
        }
        drop_address(change->txn, missed->address_id);
        row->awaiting_id = NULL;
        store_put_subscription(change->txn, row, change->arena);
}

void apply_links_asked_again(const struct change *change, const Notifications__LinksAskedAgain *asked)
{
        Notifications__SubscriptionRow *row =
                store_find_subscription(change->txn, id_of(asked->subscription_id), change->arena);
        if (row == NULL)
                return;
        row->links_at = instant_to(change->arena, change->event->at_ms);
        row->links_count++;
        if (row->links_since == NULL || change->event->at_ms - row->links_since->ms >= LINKS_DAY_MS) {
                row->links_since = row->links_at;
                row->links_count = 1;
        }
        store_put_subscription(change->txn, row, change->arena);
}

void apply_unsubscribed(const struct change *change, const Notifications__Unsubscribed *unsubscribed)
{
        const Notifications__SubscriptionRow *row =
                store_find_subscription(change->txn, id_of(unsubscribed->subscription_id), change->arena);
        if (row == NULL)
                return;
        drop_address(change->txn, row->address_id);
        drop_address(change->txn, row->awaiting_id);
        store_delete_subscription(change->txn, row);
}

/* --- notices and their mails --- */

/* One entry: the notice, its place at the head of the inbox and, where there is an address, its mail, due at once. */
static bool put_recipient(struct txn *txn, struct arena *arena, const struct event *event,
                          const Notifications__Recipient *recipient)
{
        struct id id = id_of(recipient->notice_id);
        struct id organisation = id_of(recipient->organisation_id);
        struct id before = store_newest_notice(txn, organisation);
        bool mail = recipient->email[0] != '\0' || recipient->address_id != NULL;
        Notifications__NoticeRow row = NOTIFICATIONS__NOTICE_ROW__INIT;
        row.posting = event->number;
        row.organisation_id = recipient->organisation_id;
        row.organisation_name = recipient->organisation_name;
        row.email = recipient->email;
        row.address_id = recipient->address_id;
        row.link = recipient->link;
        row.delivery = mail ? STATE(QUEUED) : STATE(DELIVERY_NONE);
        row.before = id_is_zero(before) ? NULL : id_to(arena, before);
        store_put_notice(txn, id, &row, arena);
        store_put_newest_notice(txn, organisation, id);
        if (mail)
                mail_at(txn, id, event->at_ms);
        return mail;
}

void apply_notice_posted(const struct change *change, const Notifications__NoticePosted *posted)
{
        Types__Instant at = TYPES__INSTANT__INIT;
        at.ms = change->event->at_ms;
        Notifications__PostingRow row = NOTIFICATIONS__POSTING_ROW__INIT;
        row.kind = posted->kind;
        row.title = posted->title;
        row.text = posted->text;
        row.territory = posted->territory;
        row.subject_id = posted->subject_id;
        row.is_private = posted->is_private;
        row.at = &at;
        row.recipients = (uint32_t)posted->n_recipients;
        if (posted->n_recipients > 0) {
                row.first_notice_id = posted->recipients[0]->notice_id;
                row.first_organisation_name = posted->recipients[0]->organisation_name;
        }
        for (size_t i = 0; i < posted->n_recipients; i++)
                row.queued += put_recipient(change->txn, change->arena, change->event, posted->recipients[i]);
        store_put_posting(change->txn, change->event->number, &row, change->arena);
}

/* A notice each; who else was told is nobody's to know. */
void apply_accounts_told(const struct change *change, const Notifications__AccountsTold *told)
{
        Types__ChangedByAnother shown = *told->change;
        shown.accounts = NULL;
        shown.n_accounts = 0;
        Notifications__AccountNoticeRow row = NOTIFICATIONS__ACCOUNT_NOTICE_ROW__INIT;
        row.change = &shown;
        row.by_account = told->by_account;
        row.by_name = told->by_name;
        row.at = told->at;
        for (size_t i = 0; i < told->n_notice_ids && i < told->change->n_accounts; i++) {
                row.notice_id = told->notice_ids[i];
                store_put_account_notice(change->txn, id_of(told->change->accounts[i]), change->event->number, &row,
                                         change->arena);
        }
}

void apply_notice_read(const struct change *change, const Notifications__NoticeRead *read)
{
        struct id id = id_of(read->notice_id), account;
        Notifications__AccountNoticeRow *of_account =
                store_find_account_notice(change->txn, id, &account, change->arena);
        if (of_account != NULL) {
                of_account->read = true;
                store_replace_account_notice(change->txn, of_account, change->arena);
                return;
        }
        Notifications__NoticeRow *row = store_find_notice(change->txn, id, change->arena);
        if (row == NULL)
                return;
        row->read = true;
        store_put_notice(change->txn, id, row, change->arena);
}

void apply_account_mail_queued(const struct change *change, const Notifications__AccountMailQueued *queued)
{
        Notifications__AccountMailRow row = NOTIFICATIONS__ACCOUNT_MAIL_ROW__INIT;
        row.kind = queued->kind;
        row.at = instant_to(change->arena, change->event->at_ms);
        store_put_account_mail(change->txn, id_of(queued->mail_id), &row, change->arena);
        mail_at(change->txn, id_of(queued->mail_id), change->event->at_ms);
}

/* --- what came of the mails --- */

static uint32_t *counter(Notifications__PostingRow *posting, Notifications__DeliveryState state)
{
        return state == STATE(QUEUED) ? &posting->queued : state == STATE(SENT) ? &posting->sent : &posting->failed;
}

static void settle_notice(const struct change *change, struct id id, Notifications__NoticeRow *row,
                          Notifications__DeliveryState state)
{
        Notifications__PostingRow *posting = store_find_posting(change->txn, row->posting, change->arena);
        if (posting != NULL && state != row->delivery) {
                (*counter(posting, row->delivery))--;
                (*counter(posting, state))++;
                store_put_posting(change->txn, row->posting, posting, change->arena);
        }
        row->delivery = state;
        store_put_notice(change->txn, id, row, change->arena);
}

/* Of a notice, of an address's code, or to who has an account: that one is kept no longer than it is on its way. */
static void settle(const struct change *change, struct id id, Notifications__DeliveryState state, char *failure)
{
        Notifications__NoticeRow *notice = store_find_notice(change->txn, id, change->arena);
        Notifications__AddressRow *address = notice == NULL ? store_find_address(change->txn, id, change->arena) : NULL;
        if (notice != NULL) {
                if (failure != NULL)
                        notice->failure = failure;
                settle_notice(change, id, notice, state);
        } else if (address != NULL) {
                address->delivery = state;
                store_put_address(change->txn, id, address, change->arena);
        } else if (state != STATE(QUEUED) && store_account_mail(change->txn, id, change->arena) != NULL) {
                store_delete_account_mail(change->txn, id);
        }
}

static bool waits(struct txn *txn, struct id id)
{
        struct due due;
        return due_find(txn, &notifications_due, mail_named(id), &due);
}

void apply_delivery_succeeded(const struct change *change, const Notifications__DeliverySucceeded *succeeded)
{
        struct id id = id_of(succeeded->notice_id);
        if (!waits(change->txn, id))
                return;
        mail_never(change->txn, id);
        settle(change, id, STATE(SENT), NULL);
}

/* A code is asked for again rather than sent again, as what goes to who has an account; a notice whose address was
 * removed goes to nobody. */
static bool can_be_played_again(const struct change *change, struct id id)
{
        const Notifications__NoticeRow *row = store_find_notice(change->txn, id, change->arena);
        if (row == NULL || row->email[0] != '\0')
                return row != NULL;
        return row->address_id != NULL &&
               store_find_address(change->txn, id_of(row->address_id), change->arena) != NULL;
}

void apply_delivery_failed(const struct change *change, const Notifications__DeliveryFailed *failed)
{
        struct id id = id_of(failed->notice_id);
        if (!waits(change->txn, id))
                return;
        if (!failed->given_up && failed->retry_at != NULL)
                due_again(change->txn, &notifications_due, mail_named(id), failed->retry_at->ms);
        else if (can_be_played_again(change, id))
                due_park(change->txn, &notifications_due, mail_named(id), change->event->at_ms, failed->reason);
        else
                mail_never(change->txn, id);
        settle(change, id, failed->given_up ? STATE(FAILED) : STATE(QUEUED), failed->reason);
}

void apply_mails_played_again(const struct change *change, const Notifications__MailsPlayedAgain *again)
{
        struct parked parked;
        for (size_t i = 0; i < again->n_notice_ids; i++) {
                struct id id = id_of(again->notice_ids[i]);
                if (!parked_find(change->txn, &notifications_due, mail_named(id), &parked))
                        continue;
                mail_at(change->txn, id, change->event->at_ms);
                settle(change, id, STATE(QUEUED), NULL);
        }
}
