/* store.h: all tables of the notifications daemon and the keys of their rows. Only apply.c calls the functions that put
 * and delete.
 *
 *   table                         key                                 value
 *   subscription                  subscription id                     SubscriptionRow
 *   subscription_by_territory     territory text, subscription id     SubscriptionRow again: a need is told by walking
 *                                                                     these rows and no others
 *   subscription_by_organisation  organisation id, territory text     subscription id
 *   address                       address id                          AddressRow: sealed, with a key of its own
 *   posting                       number u64 of NoticePosted          PostingRow
 *   notice                        notice id                           NoticeRow
 *   inbox                         organisation id                     id of its newest notice
 *   due, due_by_name, parked      see common/service/due.h            mails that are to go: of a notice, of an
 *                                                                     address's code (address id), to an account
 *   account_notice                account id, number u64 of           AccountNoticeRow: for that account alone; the
 *                                 AccountsTold                        newest ACCOUNT_NOTICES_MAX
 *   account_notice_by_id          notice id                           account id, number u64
 *   account_mail                  mail id (of accounts)               AccountMailRow: on its way to who has an account
 *
 *   private_contract              contract id                         PrivateContract; private today
 *   private_placement             placement id                        empty; those under a private contract
 *   need                          need id                             id of its contract
 *   organisation                  organisation id                     OrganisationCopy
 *   wait                          wait id                             WaitRow: what waits for whom
 *   wait_of                       id of the thing, wait id            –
 *   day                           class u8, id of for whom, i32 last  –; what is shown, in the order in which it is to
 *                                 day, wait id                        be done (deadlines/waits_rows.h)
 *   day_count                     class u8, id of for whom, kind u8   u32: how many of them
 *   planned                       "planned"                           PlannedRow: by which rules all was planned
 *   open_link                     link id                             OpenLink
 *   open_link_of                  organisation id, link id            –
 *   organisation_by_siret         SIRET text, organisation id         –
 *   followed                      thing id                            FollowedThing: what deadlines follow from
 *   followed_of                   id of whose it is, thing id          –
 *
 * Those of private_contract, private_placement, need, organisation…, open_link… and followed… are TABLE_COPY, of
 * contracts, tracking, the directory and accounts; all else is TABLE_STATE. Inboxes
 * and postings are in the order of the events, not of the clock, newest first. An inbox is a chain: each notice knows
 * the one before it. A row for each entry, keyed by organisation, would touch a page of its own for each recipient of
 * a need: three times the bytes at every commit. Messages returned live in the arena; NULL where there is nothing. */
#ifndef SERVICES_NOTIFICATIONS_STORE_H
#define SERVICES_NOTIFICATIONS_STORE_H

#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/service/due.h"
#include "common/store/key.h"
#include "common/store/runtime_tables.h"
#include "common/store/store.h"
#include "common/store/walk.h"
#include "notifications/queries.pb-c.h"
#include "notifications/state.pb-c.h"

enum {
        T_SUBSCRIPTION = RUNTIME_TABLES,
        T_SUBSCRIPTION_BY_TERRITORY,
        T_SUBSCRIPTION_BY_ORGANISATION,
        T_ADDRESS,
        T_POSTING,
        T_NOTICE,
        T_INBOX,
        T_DUE,
        T_DUE_BY_NAME,
        T_PARKED,
        T_PRIVATE_CONTRACT,
        T_PRIVATE_PLACEMENT,
        T_NEED,
        T_ACCOUNT_NOTICE,
        T_ACCOUNT_NOTICE_BY_ID,
        T_ORGANISATION,
        T_OPEN_LINK,
        T_OPEN_LINK_OF,
        T_ACCOUNT_MAIL,
        T_WAIT,
        T_WAIT_OF,
        T_DAY,
        T_DAY_COUNT,
        T_PLANNED,
        T_ORGANISATION_BY_SIRET,
        T_FOLLOWED,
        T_FOLLOWED_OF,
        T_END,
        NOTIFICATIONS_TABLE_COUNT = T_END - RUNTIME_TABLES
};

extern const struct table_spec notifications_tables[NOTIFICATIONS_TABLE_COUNT];

/* What waits for an instant. The numbers of the kinds stand in keys. */
enum { JOB_MAIL = 1, JOB_WAIT = 2 };
extern const struct due_tables notifications_due;

/* A list of subscriptions, in the arena. */
struct subscriptions {
        Notifications__SubscriptionRow **rows;
        size_t count;
};

Notifications__SubscriptionRow *store_find_subscription(struct txn *txn, struct id id, struct arena *arena);
Notifications__SubscriptionRow *store_find_subscription_of(struct txn *txn, struct id organisation,
                                                           const char *territory, struct arena *arena);
struct subscriptions store_subscriptions_in(struct txn *txn, const char *territory, struct arena *arena);
struct subscriptions store_subscriptions_of(struct txn *txn, struct id organisation, struct arena *arena);
void store_walk_subscriptions(struct txn *txn, struct slice after, struct walk *ret); /* all; their rows */
void store_put_subscription(struct txn *txn, const Notifications__SubscriptionRow *row, struct arena *arena);
void store_delete_subscription(struct txn *txn, const Notifications__SubscriptionRow *row);

/* Addresses that await their code, or that alerts go to. */
Notifications__AddressRow *store_find_address(struct txn *txn, struct id id, struct arena *arena);
void store_put_address(struct txn *txn, struct id id, const Notifications__AddressRow *row, struct arena *arena);
void store_delete_address(struct txn *txn, struct id id);

/* Their ids are those of their keys. As service_spec.each_key. */
void store_each_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument);

Notifications__PostingRow *store_find_posting(struct txn *txn, uint64_t number, struct arena *arena);
void store_put_posting(struct txn *txn, uint64_t number, const Notifications__PostingRow *row, struct arena *arena);
Notifications__NoticeRow *store_find_notice(struct txn *txn, struct id id, struct arena *arena);
void store_put_notice(struct txn *txn, struct id id, const Notifications__NoticeRow *row, struct arena *arena);
/* The newest notice of an organisation; zero: it has none. */
struct id store_newest_notice(struct txn *txn, struct id organisation);
void store_put_newest_notice(struct txn *txn, struct id organisation, struct id notice);

/* Walks an organisation's inbox, newest first.
 *     if (store_inbox_begin(txn, organisation, after, &walk))
 *             while ((row = store_inbox_next(&walk, arena)) != NULL)
 *                     use(walk.notice, row);
 * `after`: the id of the last notice of the page before, or empty. False: it is none of this inbox. */
struct inbox_walk {
        struct txn *txn;
        struct id notice; /* of the row that was returned */
        struct id next;   /* zero: that was the last */
};
bool store_inbox_begin(struct txn *txn, struct id organisation, struct slice after, struct arena *arena,
                       struct inbox_walk *ret) ATTR_MUST_CHECK;
Notifications__NoticeRow *store_inbox_next(struct inbox_walk *walk, struct arena *arena);

void store_walk_postings(struct txn *txn, struct slice before, struct walk *ret); /* their numbers, newest first */

/* --- what accounts were told --- */
/* An account that nobody opens any more (revoked, a tool's) must not fill the disk: its older notices go. */
enum { ACCOUNT_NOTICES_MAX = 200 };
Notifications__AccountNoticeRow *store_find_account_notice(struct txn *txn, struct id notice, struct id *ret_account,
                                                           struct arena *arena);
/* `number`: of the event. The oldest beyond ACCOUNT_NOTICES_MAX go. */
void store_put_account_notice(struct txn *txn, struct id account, uint64_t number,
                              const Notifications__AccountNoticeRow *row, struct arena *arena);
void store_replace_account_notice(struct txn *txn, const Notifications__AccountNoticeRow *row, struct arena *arena);

/* An account's, newest first; their rows. */
void store_walk_account_notices(struct txn *txn, struct id account, struct slice before, struct walk *ret);

/* --- mails to who has an account, that are on their way --- */
Notifications__AccountMailRow *store_account_mail(struct txn *txn, struct id mail, struct arena *arena);
void store_put_account_mail(struct txn *txn, struct id mail, const Notifications__AccountMailRow *row,
                            struct arena *arena);
void store_delete_account_mail(struct txn *txn, struct id mail);

/* --- what is private today: copies --- */
Notifications__PrivateContract *store_private_contract(struct txn *txn, struct id contract, struct arena *arena);
void store_put_private_contract(struct txn *txn, struct id contract, const Notifications__PrivateContract *row,
                                struct arena *arena);
void store_delete_private_contract(struct txn *txn, struct id contract);
void store_set_private_placement(struct txn *txn, struct id placement, bool is_private);
void store_put_need(struct txn *txn, struct id need, struct id contract);
/* Of a notice: what it is about, now; what it said when it was written, where that is not known. */
bool store_is_private(struct txn *txn, const Notifications__PostingRow *posting);

/* --- links that may still open something: copies of accounts --- */
Notifications__OpenLink *store_open_link(struct txn *txn, struct id link, struct arena *arena);
void store_put_open_link(struct txn *txn, const Accounts__Link *link, struct arena *arena);
void store_delete_open_link(struct txn *txn, struct id link, struct arena *arena); /* one that is not there: nothing */
void store_walk_open_links(struct txn *txn, struct id organisation, struct walk *ret); /* newest first */

/* --- organisations: a copy of the directory --- */
Notifications__OrganisationCopy *store_organisation_copy(struct txn *txn, struct id organisation, struct arena *arena);
void store_put_organisation_copy(struct txn *txn, struct id organisation, const Notifications__OrganisationCopy *row,
                                 struct arena *arena);
void store_delete_organisation_copy(struct txn *txn, struct id organisation, struct arena *arena);
/* The first of that SIRET; zero: the directory knows none. */
struct id store_organisation_of_siret(struct txn *txn, const char *siret);

#endif
