/* Subscriptions: an organisation's, all at once (there are fewer than territories); or everybody's, page by page. Those
 * who act for an organisation see its own only, those who watch over a territory that territory's. */
#include "common/base/text.h"
#include "common/service/page.h"
#include "services/notifications/address.h"
#include "notifications/calls.h"
#include "services/notifications/store.h"
#include "services/notifications/subscription.h"
#include "services/notifications/view.h"

enum { ADDRESSES_MAX = 100 }; /* each costs a key and a seal: a page holds the loop for less than 2 ms */

static char *email_of(const struct work *work, const Types__Id *address_id, char *otherwise)
{
        const Notifications__SealedAddress *address = address_open(work->engine, work->txn, address_id, work->arena);
        return address != NULL ? address->email : otherwise;
}

static Notifications__SubscriptionView *view_of(const struct work *work, const Notifications__SubscriptionRow *row)
{
        Notifications__SubscriptionView *view = pb_new(&notifications__subscription_view__descriptor, work->arena);
        view->subscription_id = row->subscription_id;
        view->organisation_id = row->organisation_id;
        const Notifications__OrganisationCopy *known =
                store_organisation_copy(work->txn, id_of(row->organisation_id), work->arena);
        view->name_unverified = known == NULL || text_is_empty(known->name);
        view->organisation_name = view->name_unverified ? row->organisation_name : known->name;
        view->territory = row->territory;
        view->email = email_of(work, row->address_id, row->email);
        view->awaiting_email = email_of(work, row->awaiting_id, (char *)"");
        return view;
}

/* Security: they hold addresses. */
static bool may_read(const struct work *work, const Notifications__SubscriptionRow *row)
{
        const Wire__Passport *actor = work->actor;
        return actor->role == TYPES__ROLE__OPERATOR || passport_is_organisation(actor, id_of(row->organisation_id)) ||
               passport_covers(actor, row->territory);
}

static struct reply everybodys(struct work *work, const Types__Page *asked)
{
        Notifications__SubscriptionsReply *reply = pb_new(&notifications__subscriptions_reply__descriptor, work->arena);
        struct page page = page_begin(work, asked, &reply->base);
        struct walk walk;

        page_at_most(&page, ADDRESSES_MAX);
        store_walk_subscriptions(work->txn, page.after, &walk);
        while (page_step(&page, &walk)) {
                const Notifications__SubscriptionRow *row =
                        walk_message(&walk, &notifications__subscription_row__descriptor, work->arena);
                if (may_read(work, row))
                        page_add(&page, view_of(work, row));
        }
        return page_reply(&page);
}

static struct reply one_organisations(struct work *work, struct id organisation)
{
        Notifications__SubscriptionsReply *reply = pb_new(&notifications__subscriptions_reply__descriptor, work->arena);
        struct subscriptions list = store_subscriptions_of(work->txn, organisation, work->arena);
        reply->subscriptions = arena_alloc(work->arena, (list.count + 1) * sizeof(*reply->subscriptions));
        for (size_t i = 0; i < list.count; i++)
                if (may_read(work, list.rows[i]))
                        reply->subscriptions[reply->n_subscriptions++] = view_of(work, list.rows[i]);
        return reply_ok(work, reply);
}

struct reply handle_subscriptions(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__SubscriptionsRequest *query = (const Notifications__SubscriptionsRequest *)message;
        struct id organisation = subscription_organisation(work->actor, query->organisation_id);

        /* Security: a prescriber sees its own organisation's subscriptions, addresses and all, and no other's. */
        bool own = passport_is_organisation(work->actor, organisation);
        if (work->actor->role == TYPES__ROLE__PRESCRIBER && !own)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "organisation_id",
                                    "Vous ne pouvez lire que les abonnements de votre propre organisation.");
        return id_is_zero(organisation) ? everybodys(work, query->page) : one_organisations(work, organisation);
}
