#include "services/notifications/store.h"

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/index.h"
#include "common/store/key.h"

const struct table_spec notifications_tables[NOTIFICATIONS_TABLE_COUNT] = {
        [T_SUBSCRIPTION - RUNTIME_TABLES] = {"subscription", TABLE_STATE},
        [T_SUBSCRIPTION_BY_TERRITORY - RUNTIME_TABLES] = {"subscription_by_territory", TABLE_STATE},
        [T_SUBSCRIPTION_BY_ORGANISATION - RUNTIME_TABLES] = {"subscription_by_organisation", TABLE_STATE},
        [T_ADDRESS - RUNTIME_TABLES] = {"address", TABLE_STATE},
        [T_POSTING - RUNTIME_TABLES] = {"posting", TABLE_STATE},
        [T_NOTICE - RUNTIME_TABLES] = {"notice", TABLE_STATE},
        [T_INBOX - RUNTIME_TABLES] = {"inbox", TABLE_STATE},
        [T_DUE - RUNTIME_TABLES] = {"due", TABLE_STATE},
        [T_DUE_BY_NAME - RUNTIME_TABLES] = {"due_by_name", TABLE_STATE},
        [T_PARKED - RUNTIME_TABLES] = {"parked", TABLE_STATE},
        [T_PRIVATE_CONTRACT - RUNTIME_TABLES] = {"private_contract", TABLE_COPY},
        [T_PRIVATE_PLACEMENT - RUNTIME_TABLES] = {"private_placement", TABLE_COPY},
        [T_NEED - RUNTIME_TABLES] = {"need", TABLE_COPY},
        [T_ACCOUNT_NOTICE - RUNTIME_TABLES] = {"account_notice", TABLE_STATE},
        [T_ACCOUNT_NOTICE_BY_ID - RUNTIME_TABLES] = {"account_notice_by_id", TABLE_STATE},
        [T_ORGANISATION - RUNTIME_TABLES] = {"organisation", TABLE_COPY},
        [T_OPEN_LINK - RUNTIME_TABLES] = {"open_link", TABLE_COPY},
        [T_OPEN_LINK_OF - RUNTIME_TABLES] = {"open_link_of", TABLE_COPY},
        [T_ACCOUNT_MAIL - RUNTIME_TABLES] = {"account_mail", TABLE_STATE},
        [T_WAIT - RUNTIME_TABLES] = {"wait", TABLE_STATE},
        [T_WAIT_OF - RUNTIME_TABLES] = {"wait_of", TABLE_STATE},
        [T_DAY - RUNTIME_TABLES] = {"day", TABLE_STATE},
        [T_DAY_COUNT - RUNTIME_TABLES] = {"day_count", TABLE_STATE},
        [T_PLANNED - RUNTIME_TABLES] = {"planned", TABLE_STATE},
        [T_ORGANISATION_BY_SIRET - RUNTIME_TABLES] = {"organisation_by_siret", TABLE_COPY},
        [T_FOLLOWED - RUNTIME_TABLES] = {"followed", TABLE_COPY},
        [T_FOLLOWED_OF - RUNTIME_TABLES] = {"followed_of", TABLE_COPY},
};

const struct due_tables notifications_due = {T_DUE, T_DUE_BY_NAME, T_PARKED};

enum { ID_SIZE = sizeof(struct id) };

/* --- subscriptions ----------------------------------------------------------------------------------------------- */

static struct key organisation_key(struct id organisation, const char *territory)
{
        struct key key = key_of_id(organisation);
        key_text(&key, territory);
        return key;
}

Notifications__SubscriptionRow *store_find_subscription(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_SUBSCRIPTION, id_slice(&id), &notifications__subscription_row__descriptor, arena);
}

Notifications__SubscriptionRow *store_find_subscription_of(struct txn *txn, struct id organisation,
                                                           const char *territory, struct arena *arena)
{
        struct key key = organisation_key(organisation, territory);
        struct slice id;
        if (!txn_get(txn, T_SUBSCRIPTION_BY_ORGANISATION, key_slice(&key), &id))
                return NULL;
        return store_find_subscription(txn, key_read_id(id, 0), arena);
}

static void append(struct subscriptions *list, Notifications__SubscriptionRow *row, struct arena *arena)
{
        require(row != NULL);
        list->rows = pb_append(list->rows, &list->count, sizeof(row), arena);
        list->rows[list->count - 1] = row;
}

struct subscriptions store_subscriptions_in(struct txn *txn, const char *territory, struct arena *arena)
{
        struct subscriptions list = {0};
        struct key prefix = key_of_text(territory);
        struct scan scan = scan_prefix(txn, T_SUBSCRIPTION_BY_TERRITORY, key_slice(&prefix));
        while (scan_next(&scan))
                append(&list, pb_decode(&notifications__subscription_row__descriptor, scan.value, arena), arena);
        scan_end(&scan);
        return list;
}

struct subscriptions store_subscriptions_of(struct txn *txn, struct id organisation, struct arena *arena)
{
        struct subscriptions list = {0};
        struct scan scan = scan_prefix(txn, T_SUBSCRIPTION_BY_ORGANISATION, id_slice(&organisation));
        while (scan_next(&scan))
                append(&list, store_find_subscription(txn, key_read_id(scan.value, 0), arena), arena);
        scan_end(&scan);
        return list;
}

void store_walk_subscriptions(struct txn *txn, struct slice after, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_SUBSCRIPTION, WALK_UP, CURSOR_ID}, key_empty(), after, ret);
}

/* What the index rows of a subscription are made of. */
struct subscribed {
        const Notifications__SubscriptionRow *row;
        struct slice bytes;
};

static void rows_of_subscription(const void *record, struct index_rows *rows)
{
        const struct subscribed *subscribed = record;
        const Notifications__SubscriptionRow *row = subscribed->row;
        struct id id = id_of(row->subscription_id);
        struct key by_territory = key_of_text(row->territory);
        key_id(&by_territory, id);
        index_row(rows, T_SUBSCRIPTION_BY_TERRITORY, by_territory, subscribed->bytes);
        index_row(rows, T_SUBSCRIPTION_BY_ORGANISATION, organisation_key(id_of(row->organisation_id), row->territory),
                  id_slice(&id));
}

void store_put_subscription(struct txn *txn, const Notifications__SubscriptionRow *row, struct arena *arena)
{
        struct id id = id_of(row->subscription_id);
        struct slice bytes = pb_encode(row, arena);
        txn_put(txn, T_SUBSCRIPTION, id_slice(&id), bytes);
        index_move(txn, rows_of_subscription, NULL, &(struct subscribed){row, bytes});
}

void store_delete_subscription(struct txn *txn, const Notifications__SubscriptionRow *row)
{
        struct id id = id_of(row->subscription_id);
        txn_delete(txn, T_SUBSCRIPTION, id_slice(&id));
        index_move(txn, rows_of_subscription, &(struct subscribed){row, slice_of(NULL, 0)}, NULL);
}

/* --- addresses --------------------------------------------------------------------------------------------------- */

Notifications__AddressRow *store_find_address(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_ADDRESS, id_slice(&id), &notifications__address_row__descriptor, arena);
}

void store_put_address(struct txn *txn, struct id id, const Notifications__AddressRow *row, struct arena *arena)
{
        txn_put_message(txn, T_ADDRESS, id_slice(&id), row, arena);
}

void store_delete_address(struct txn *txn, struct id id)
{
        txn_delete(txn, T_ADDRESS, id_slice(&id));
}

void store_each_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument)
{
        struct scan scan = scan_backwards(txn, T_ADDRESS, slice_of(NULL, 0), slice_of(NULL, 0));
        while (scan_next(&scan) && see(argument, key_read_id(scan.key, 0))) {
        }
        scan_end(&scan);
}

/* --- notices ----------------------------------------------------------------------------------------------------- */

Notifications__PostingRow *store_find_posting(struct txn *txn, uint64_t number, struct arena *arena)
{
        struct key key = key_of_u64(number);
        return txn_get_message(txn, T_POSTING, key_slice(&key), &notifications__posting_row__descriptor, arena);
}

void store_put_posting(struct txn *txn, uint64_t number, const Notifications__PostingRow *row, struct arena *arena)
{
        struct key key = key_of_u64(number);
        txn_put_message(txn, T_POSTING, key_slice(&key), row, arena);
}

Notifications__NoticeRow *store_find_notice(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_NOTICE, id_slice(&id), &notifications__notice_row__descriptor, arena);
}

void store_put_notice(struct txn *txn, struct id id, const Notifications__NoticeRow *row, struct arena *arena)
{
        txn_put_message(txn, T_NOTICE, id_slice(&id), row, arena);
}

struct id store_newest_notice(struct txn *txn, struct id organisation)
{
        struct slice id;
        bool found = txn_get(txn, T_INBOX, id_slice(&organisation), &id);
        return found ? key_read_id(id, 0) : (struct id){{0}};
}

void store_put_newest_notice(struct txn *txn, struct id organisation, struct id notice)
{
        txn_put(txn, T_INBOX, id_slice(&organisation), id_slice(&notice));
}

/* --- walks ------------------------------------------------------------------------------------------------------- */

bool store_inbox_begin(struct txn *txn, struct id organisation, struct slice after, struct arena *arena,
                       struct inbox_walk *ret)
{
        struct inbox_walk walk = {.txn = txn};
        if (after.size == 0) {
                walk.next = store_newest_notice(txn, organisation);
        } else {
                if (after.size != ID_SIZE)
                        return false;
                const Notifications__NoticeRow *last = store_find_notice(txn, key_read_id(after, 0), arena);
                if (last == NULL || !id_equal(id_of(last->organisation_id), organisation))
                        return false;
                walk.next = id_of(last->before);
        }
        *ret = walk;
        return true;
}

Notifications__NoticeRow *store_inbox_next(struct inbox_walk *walk, struct arena *arena)
{
        if (id_is_zero(walk->next))
                return NULL;
        Notifications__NoticeRow *row = store_find_notice(walk->txn, walk->next, arena);
        if (row == NULL)
                return NULL; /* the transaction has failed: notices are never deleted */
        walk->notice = walk->next;
        walk->next = id_of(row->before);
        return row;
}

void store_walk_postings(struct txn *txn, struct slice before, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_POSTING, WALK_DOWN, CURSOR_NUMBER}, key_empty(), before, ret);
}

/* --- accounts ---------------------------------------------------------------------------------------------------- */

static struct key account_key(struct id account, uint64_t number)
{
        struct key key = key_of_id(account);
        key_u64(&key, number);
        return key;
}

Notifications__AccountNoticeRow *store_find_account_notice(struct txn *txn, struct id notice, struct id *ret_account,
                                                           struct arena *arena)
{
        struct slice place;
        if (!txn_get(txn, T_ACCOUNT_NOTICE_BY_ID, id_slice(&notice), &place))
                return NULL;
        *ret_account = key_read_id(place, 0);
        return txn_get_message(txn, T_ACCOUNT_NOTICE, place, &notifications__account_notice_row__descriptor, arena);
}

void store_replace_account_notice(struct txn *txn, const Notifications__AccountNoticeRow *row, struct arena *arena)
{
        struct id notice = id_of(row->notice_id);
        struct slice place;
        if (!txn_get(txn, T_ACCOUNT_NOTICE_BY_ID, id_slice(&notice), &place))
                return;
        txn_put_message(txn, T_ACCOUNT_NOTICE, arena_copy_slice(arena, place), row, arena);
}

/* The one behind the ACCOUNT_NOTICES_MAX newest: a posting adds one, so there is one at most. */
static void drop_oldest(struct txn *txn, struct id account, struct arena *arena)
{
        struct scan scan = scan_backwards(txn, T_ACCOUNT_NOTICE, id_slice(&account), slice_of(NULL, 0));
        const Notifications__AccountNoticeRow *oldest = NULL;
        struct slice place = {0};
        uint32_t count = 0;
        while (oldest == NULL && scan_next(&scan)) {
                if (count++ < ACCOUNT_NOTICES_MAX)
                        continue;
                oldest = pb_decode(&notifications__account_notice_row__descriptor, scan.value, arena);
                place = arena_copy_slice(arena, scan.key);
        }
        scan_end(&scan);
        if (oldest == NULL)
                return;
        struct id notice = id_of(oldest->notice_id);
        txn_delete(txn, T_ACCOUNT_NOTICE, place);
        txn_delete(txn, T_ACCOUNT_NOTICE_BY_ID, id_slice(&notice));
}

void store_put_account_notice(struct txn *txn, struct id account, uint64_t number,
                              const Notifications__AccountNoticeRow *row, struct arena *arena)
{
        struct key key = account_key(account, number);
        struct id notice = id_of(row->notice_id);
        txn_put_message(txn, T_ACCOUNT_NOTICE, key_slice(&key), row, arena);
        txn_put(txn, T_ACCOUNT_NOTICE_BY_ID, id_slice(&notice), key_slice(&key));
        drop_oldest(txn, account, arena);
}

void store_walk_account_notices(struct txn *txn, struct id account, struct slice before, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_ACCOUNT_NOTICE, WALK_DOWN, CURSOR_NUMBER}, key_of_id(account), before,
                   ret);
}

Notifications__AccountMailRow *store_account_mail(struct txn *txn, struct id mail, struct arena *arena)
{
        return txn_get_message(txn, T_ACCOUNT_MAIL, id_slice(&mail), &notifications__account_mail_row__descriptor,
                               arena);
}

void store_put_account_mail(struct txn *txn, struct id mail, const Notifications__AccountMailRow *row,
                            struct arena *arena)
{
        txn_put_message(txn, T_ACCOUNT_MAIL, id_slice(&mail), row, arena);
}

void store_delete_account_mail(struct txn *txn, struct id mail)
{
        txn_delete(txn, T_ACCOUNT_MAIL, id_slice(&mail));
}

/* --- copies ------------------------------------------------------------------------------------------------------ */

static void set_presence(struct txn *txn, size_t table, struct id id, bool is_there)
{
        if (is_there)
                txn_put(txn, table, id_slice(&id), slice_of("", 0));
        else
                txn_delete(txn, table, id_slice(&id));
}

Notifications__PrivateContract *store_private_contract(struct txn *txn, struct id contract, struct arena *arena)
{
        return txn_get_message(txn, T_PRIVATE_CONTRACT, id_slice(&contract),
                               &notifications__private_contract__descriptor, arena);
}

void store_put_private_contract(struct txn *txn, struct id contract, const Notifications__PrivateContract *row,
                                struct arena *arena)
{
        txn_put_message(txn, T_PRIVATE_CONTRACT, id_slice(&contract), row, arena);
}

void store_delete_private_contract(struct txn *txn, struct id contract)
{
        txn_delete(txn, T_PRIVATE_CONTRACT, id_slice(&contract));
}

Notifications__OrganisationCopy *store_organisation_copy(struct txn *txn, struct id organisation, struct arena *arena)
{
        return txn_get_message(txn, T_ORGANISATION, id_slice(&organisation),
                               &notifications__organisation_copy__descriptor, arena);
}

/* An organisation, as its index row is made of it. */
struct known {
        struct id id;
        const Notifications__OrganisationCopy *row;
};

static void rows_of_organisation(const void *record, struct index_rows *rows)
{
        const struct known *known = record;
        if (known->row->siret[0] != '\0')
                index_id(rows, T_ORGANISATION_BY_SIRET, key_of_text(known->row->siret), known->id);
}

void store_put_organisation_copy(struct txn *txn, struct id organisation, const Notifications__OrganisationCopy *row,
                                 struct arena *arena)
{
        const struct known was = {organisation, store_organisation_copy(txn, organisation, arena)};
        const struct known now = {organisation, row};
        index_move(txn, rows_of_organisation, was.row == NULL ? NULL : &was, &now);
        txn_put_message(txn, T_ORGANISATION, id_slice(&organisation), row, arena);
}

void store_delete_organisation_copy(struct txn *txn, struct id organisation, struct arena *arena)
{
        const struct known was = {organisation, store_organisation_copy(txn, organisation, arena)};
        if (was.row != NULL)
                index_move(txn, rows_of_organisation, &was, NULL);
        txn_delete(txn, T_ORGANISATION, id_slice(&organisation));
}

struct id store_organisation_of_siret(struct txn *txn, const char *siret)
{
        struct id id = {{0}};
        struct walk walk;
        walk_begin(txn, (struct walk_spec){T_ORGANISATION_BY_SIRET, WALK_UP, CURSOR_ID}, key_of_text(siret),
                   slice_of(NULL, 0), &walk);
        (void)walk_next(&walk, &id);
        walk_end(&walk);
        return id;
}

void store_set_private_placement(struct txn *txn, struct id placement, bool is_private)
{
        set_presence(txn, T_PRIVATE_PLACEMENT, placement, is_private);
}

void store_put_need(struct txn *txn, struct id need, struct id contract)
{
        txn_put(txn, T_NEED, id_slice(&need), id_slice(&contract));
}

bool store_is_private(struct txn *txn, const Notifications__PostingRow *posting)
{
        struct id subject = id_of(posting->subject_id);
        struct slice value;
        switch (posting->kind) {
        case NOTIFICATIONS__NOTICE_KIND__NEED_OPENED:
        case NOTIFICATIONS__NOTICE_KIND__PROPOSAL_STEP:
        case NOTIFICATIONS__NOTICE_KIND__PROPOSAL_RECEIVED:
                if (!txn_get(txn, T_NEED, id_slice(&subject), &value))
                        return posting->is_private;
                subject = key_read_id(value, 0);
                return txn_get(txn, T_PRIVATE_CONTRACT, id_slice(&subject), &value);
        case NOTIFICATIONS__NOTICE_KIND__PLACEMENT_STARTED:
        case NOTIFICATIONS__NOTICE_KIND__PLACEMENT_FINISHED:
        case NOTIFICATIONS__NOTICE_KIND__EVIDENCE_WANTED:
                return txn_get(txn, T_PRIVATE_PLACEMENT, id_slice(&subject), &value);
        default: return posting->is_private;
        }
}

/* --- open links -------------------------------------------------------------------------------------------------- */

Notifications__OpenLink *store_open_link(struct txn *txn, struct id link, struct arena *arena)
{
        return txn_get_message(txn, T_OPEN_LINK, id_slice(&link), &notifications__open_link__descriptor, arena);
}

static void rows_of_open_link(const void *record, struct index_rows *rows)
{
        const Accounts__Link *link = record;
        index_id(rows, T_OPEN_LINK_OF, key_of_id(id_of(link->organisation_id)), id_of(link->link_id));
}

void store_put_open_link(struct txn *txn, const Accounts__Link *link, struct arena *arena)
{
        Notifications__OpenLink row = NOTIFICATIONS__OPEN_LINK__INIT;
        struct id id = id_of(link->link_id);
        row.link = (Accounts__Link *)(uintptr_t)link;
        index_move(txn, rows_of_open_link, NULL, link);
        txn_put_message(txn, T_OPEN_LINK, id_slice(&id), &row, arena);
}

void store_delete_open_link(struct txn *txn, struct id link, struct arena *arena)
{
        const Notifications__OpenLink *row = store_open_link(txn, link, arena);
        if (row == NULL)
                return;
        index_move(txn, rows_of_open_link, row->link, NULL);
        txn_delete(txn, T_OPEN_LINK, id_slice(&link));
}

void store_walk_open_links(struct txn *txn, struct id organisation, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_OPEN_LINK_OF, WALK_DOWN, CURSOR_ID}, key_of_id(organisation),
                   slice_of(NULL, 0), ret);
}
