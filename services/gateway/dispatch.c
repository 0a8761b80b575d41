#include "services/gateway/dispatch.h"

#include "gateway/events.pb-c.h"
#include "services/gateway/apply.h"
#include "services/gateway/gateway.h"
#include "services/gateway/handlers/handlers.h"
#include "services/gateway/settings.h"
#include "services/gateway/store.h"

static const struct dispatch_row dispatch[] = {
    {.method = "CreateUser", .mode = MODE_COMMAND, .roles = ROLE_BIT(OPERATOR), .handle = handle_create_user},
    {.method = "RevokeUser", .mode = MODE_COMMAND, .roles = ROLE_BIT(OPERATOR), .handle = handle_revoke_user},
    {.method = "Users", .mode = MODE_QUERY, .roles = ROLE_BIT(OPERATOR) | ROLE_BIT(AUDITOR), .handle = handle_users},
};

const struct service_spec gateway_spec = {
        .name = "gateway",
        .store_version = 2,
        .tables = gateway_tables,
        .table_count = GATEWAY_TABLE_COUNT,
        .dispatch = dispatch,
        .dispatch_count = ARRAY_SIZE(dispatch),
        .event = &gateway__event__descriptor,
        .apply = gateway_apply,
        .config = gateway_settings_rows,
        .config_count = GATEWAY_SETTINGS_COUNT,
        .config_size = sizeof(struct gateway_settings),
        .start = gateway_start,
        .stop = gateway_stop,
        .serve = gateway_serve,
        .quit = gateway_quit,
        .metrics = gateway_metrics,
};
