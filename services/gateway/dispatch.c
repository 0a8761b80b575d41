#include "services/gateway/dispatch.h"

#include "accounts/events.pb-c.h"
#include "gateway/events.pb-c.h"
#include "services/gateway/hooks.h"
#include "services/gateway/settings.h"
#include "services/gateway/visitors/copies.h"
#include "services/gateway/visitors/visitors_rows.h"

/* Stores of before 2026-11-30 have accounts in their logs: accounts has taken them over from there. */
static void apply_nothing(struct txn *txn, struct arena *arena, const struct event *event)
{
        (void)txn;
        (void)arena;
        (void)event;
}

static const uint32_t from_accounts[] = {
        ACCOUNTS__EVENT__BODY_ACCOUNT_OPENED,
        ACCOUNTS__EVENT__BODY_ACCOUNT_CLOSED,
        ACCOUNTS__EVENT__BODY_MEMBERSHIP_GIVEN,
        ACCOUNTS__EVENT__BODY_MEMBERSHIP_ENDED,
        ACCOUNTS__EVENT__BODY_KEY_GIVEN,
        ACCOUNTS__EVENT__BODY_KEY_ENDED,
        ACCOUNTS__EVENT__BODY_KEY_USED,
        ACCOUNTS__EVENT__BODY_LINK_GIVEN,
        ACCOUNTS__EVENT__BODY_LINK_DRAWN,
        ACCOUNTS__EVENT__BODY_LINK_USED,
        ACCOUNTS__EVENT__BODY_LINK_ENDED,
        ACCOUNTS__EVENT__BODY_LINK_DISOWNED,
        0,
};
static const struct subscription subscriptions[] = {
        {.service = "accounts",
         .event = &accounts__event__descriptor,
         .kinds = from_accounts,
         .copy = copy_from_accounts},
};

const struct service_spec gateway_spec = {
        .name = "gateway",
        .store_version = 6, /* 6: when a session was used last */
        .tables = gateway_tables,
        .table_count = GATEWAY_TABLE_COUNT,
        .subscriptions = subscriptions,
        .subscription_count = ARRAY_SIZE(subscriptions),
        .event = &gateway__event__descriptor,
        .apply = apply_nothing,
        .shared_key = "gateways",
        .config = gateway_settings_rows,
        .config_count = GATEWAY_SETTINGS_COUNT,
        .config_size = sizeof(struct gateway_settings),
        .start = gateway_start,
        .stop = gateway_stop,
        .serve = gateway_serve,
        .drain = gateway_drain,
        .committed = gateway_committed,
        .quit = gateway_quit,
        .metrics = gateway_metrics,
};
