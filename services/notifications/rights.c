/* Whose the things are that requests to notifications name. */
#include "services/notifications/rights.h"

#include "services/notifications/store.h"
#include "services/notifications/subscription.h"

#define OWN           "not a thing of the store: who acts for an organisation names its own or none"
#define OWN_TERRITORY "not a thing of the store: refused where it is not the prescriber's or the facilitator's"

static enum standing subscription_standing(const struct work *work, const struct named *named)
{
        const Notifications__SubscriptionRow *row = store_find_subscription(work->txn, named->id, work->arena);
        return row != NULL && subscription_may_act_for(work->actor, id_of(row->organisation_id), row->territory)
                       ? STANDING_CHANGE
                       : STANDING_UNKNOWN;
}

static const struct named_thing subscription = {
        .standing = subscription_standing,
        .unknown = "Cet abonnement n'existe pas ou plus, ou n'est pas celui de votre organisation. Relisez la liste de "
                   "vos abonnements.",
        .not_yours = "Cet abonnement est celui d'une autre organisation : elle seule peut le retirer.",
};

/* An organisation's, or the account's own. */
static enum standing notice_standing(const struct work *work, const struct named *named)
{
        struct id account;
        if (store_find_account_notice(work->txn, named->id, &account, work->arena) != NULL)
                return id_equal(account, passport_account(work->actor)) ? STANDING_CHANGE : STANDING_UNKNOWN;
        const Notifications__NoticeRow *row = store_find_notice(work->txn, named->id, work->arena);
        return row != NULL && passport_is_organisation(work->actor, id_of(row->organisation_id)) ? STANDING_CHANGE
                                                                                                 : STANDING_UNKNOWN;
}

static const struct named_thing notice = {
        .standing = notice_standing,
        .unknown = "Cette notification n'est pas dans votre boîte, ni dans celle de votre organisation.",
        .not_yours = "Cette notification est celle d'une autre organisation.",
};

static const struct right_row rows[] = {
        {"Subscribe", "organisation_id", RIGHT_NONE, NULL, OWN},
        {"Subscribe", "territory", RIGHT_NONE, NULL, OWN_TERRITORY},
        {"ConfirmAddress", "subscription_id", RIGHT_CHANGE, &subscription, NULL},
        {"Unsubscribe", "subscription_id", RIGHT_CHANGE, &subscription, NULL},
        {"MarkNoticeRead", "notice_id", RIGHT_CHANGE, &notice, NULL},
        {"ReplayMails", "notice_id", RIGHT_NONE, NULL, "operators run the mail of the whole network"},
        {"Inbox", "organisation_id", RIGHT_NONE, NULL, OWN},
        {"Subscriptions", "organisation_id", RIGHT_NONE, NULL, OWN},
        {"MyDay", "territory", RIGHT_NONE, NULL, "narrows what waits for who asks: of another's nothing is found"},
};

const struct rights notifications_rights = {rows, ARRAY_SIZE(rows)};
