#include "services/gateway/dispatch.h"

#include "gateway/calls.h"
#include "gateway/events.pb-c.h"
#include "services/gateway/accounts/accounts_rows.h"
#include "services/gateway/accounts/settings.h"
#include "services/gateway/hooks.h"
#include "services/gateway/rights.h"

#define ALL                                                                                                            \
        (ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR) | ROLE_BIT(BUYER) | ROLE_BIT(COMPANY) | ROLE_BIT(STRUCTURE) |   \
         ROLE_BIT(PRESCRIBER) | ROLE_BIT(AUDITOR) | ROLE_BIT(OPERATOR))
#define WHO_VOUCHES (ROLE_BIT(COORDINATOR) | ROLE_BIT(FACILITATOR))

/* Replies with a token are kept sealed: the store alone tells none. */
static const struct dispatch_row dispatch[] = {
        {"CreateUser", MODE_COMMAND, ROLE_BIT(OPERATOR), handle_create_user, .reply_sealed = true},
        /* an operator's tool carries the token of who consents */
        {"ConfirmUser", MODE_COMMAND, WHO_VOUCHES | ROLE_BIT(OPERATOR), handle_confirm_user, .reply_sealed = true},
        {"RenewToken", MODE_COMMAND, ALL, handle_renew_token, .reply_sealed = true},
        {"RevokeUser", MODE_COMMAND, ROLE_BIT(OPERATOR) | ROLE_BIT(COORDINATOR), handle_revoke_user},
        {"Users", MODE_QUERY, WHO_VOUCHES | ROLE_BIT(OPERATOR) | ROLE_BIT(AUDITOR), handle_users},
};

const struct service_spec gateway_spec = {
        .name = "gateway",
        .store_version = 3,
        .tables = gateway_tables,
        .table_count = GATEWAY_TABLE_COUNT,
        .dispatch = dispatch,
        .dispatch_count = ARRAY_SIZE(dispatch),
        .rights = &gateway_rights,
        .event = &gateway__event__descriptor,
        .apply = gateway_apply_event,
        .config = gateway_settings_rows,
        .config_count = GATEWAY_SETTINGS_COUNT,
        .config_size = sizeof(struct gateway_settings),
        .start = gateway_start,
        .stop = gateway_stop,
        .serve = gateway_serve,
        .drain = gateway_drain,
        .quit = gateway_quit,
        .metrics = gateway_metrics,
};
