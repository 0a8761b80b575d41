#include "services/directory/dispatch.h"

#include "directory/calls.h"
#include "directory/events.pb-c.h"
#include "services/directory/hooks.h"
#include "services/directory/organisations/organisations_events.h"
#include "services/directory/organisations/organisations_rows.h"
#include "services/directory/rights.h"

enum {
        KEEPERS = ROLE_BIT(OPERATOR) | ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR),
        /* The directory is shared knowledge: whoever is known may read it. */
        EVERYBODY = KEEPERS | ROLE_BIT(BUYER) | ROLE_BIT(COMPANY) | ROLE_BIT(STRUCTURE) | ROLE_BIT(PRESCRIBER) |
                    ROLE_BIT(AUDITOR) | ROLE_BIT(DATA_PROTECTION) | ROLE_BIT(SERVICE),
};

static const struct dispatch_row dispatch[] = {
        {"PutOrganisation", MODE_COMMAND, KEEPERS, handle_put_organisation, false},
        {"CloseOrganisation", MODE_COMMAND, KEEPERS, handle_close_organisation, false},
        {"ImportOrganisations", MODE_COMMAND, KEEPERS, handle_import_organisations, false},
        {"UndoOrganisationsImport", MODE_COMMAND, KEEPERS, handle_undo_organisations_import, false},
        {"OrganisationById", MODE_QUERY, EVERYBODY, handle_organisation_by_id, false},
        {"Organisations", MODE_QUERY, EVERYBODY, handle_organisations, false},
        {"FindOrganisations", MODE_QUERY, EVERYBODY, handle_find_organisations, false},
        {"CountsByKind", MODE_QUERY, EVERYBODY, handle_counts_by_kind, false},
        {"PreviewOrganisations", MODE_QUERY, KEEPERS, handle_preview_organisations, false},
        {"OrganisationImports", MODE_QUERY, KEEPERS, handle_organisation_imports, false},
        {"Communes", MODE_QUERY, EVERYBODY, handle_communes, false},
        {"Trades", MODE_QUERY, EVERYBODY, handle_trades, false},
};

const struct service_spec directory_spec = {
        .name = "directory",
        .store_version = 4, /* 4: organisations by the words of their names */
        .versions = &directory_versions,
        .tables = directory_tables,
        .table_count = DIRECTORY_TABLE_COUNT,
        .dispatch = dispatch,
        .dispatch_count = ARRAY_SIZE(dispatch),
        .rights = &directory_rights,
        .event = &directory__event__descriptor,
        .apply = directory_apply_event,
        .config = directory_config_rows,
        .config_count = DIRECTORY_CONFIG_COUNT,
        .config_size = sizeof(struct directory_config),
        .start = directory_start,
        .stop = directory_stop,
};
