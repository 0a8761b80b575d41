#include "services/reporting/dispatch.h"

#include "contracts/events.pb-c.h"
#include "directory/events.pb-c.h"
#include "services/reporting/projections/projections.h"
#include "services/reporting/queries/queries.h"
#include "services/reporting/rights.h"
#include "services/reporting/store.h"
#include "tracking/events.pb-c.h"

static const struct dispatch_row dispatch[] = {
        {.method = "ContractStatement",
         .mode = MODE_QUERY,
         .roles = ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR) | ROLE_BIT(AUDITOR) | ROLE_BIT(BUYER),
         .handle = handle_contract_statement},
        {.method = "Consolidation",
         .mode = MODE_QUERY,
         .roles = ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR) | ROLE_BIT(AUDITOR),
         .handle = handle_consolidation},
};

static const struct subscription subscriptions[] = {
        {.service = "contracts", .event = &contracts__event__descriptor, .copy = project_contracts},
        {.service = "tracking", .event = &tracking__event__descriptor, .copy = project_tracking},
        {.service = "directory", .event = &directory__event__descriptor, .copy = project_directory},
};

const struct service_spec reporting_spec = {
        .name = "reporting",
        .store_version = 3,
        .tables = reporting_tables,
        .table_count = REPORTING_TABLES,
        .dispatch = dispatch,
        .dispatch_count = ARRAY_SIZE(dispatch),
        .rights = &reporting_rights,
        .subscriptions = subscriptions,
        .subscription_count = ARRAY_SIZE(subscriptions),
};
