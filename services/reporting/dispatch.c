#include "services/reporting/dispatch.h"

#include "contracts/events.pb-c.h"
#include "directory/events.pb-c.h"
#include "reporting/events.pb-c.h"
#include "services/reporting/projections/projections.h"
#include "reporting/calls.h"
#include "services/reporting/rights.h"
#include "services/reporting/store.h"
#include "tracking/events.pb-c.h"

enum {
        SENDERS = ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR),
        READERS = SENDERS | ROLE_BIT(AUDITOR) | ROLE_BIT(BUYER),
};

static const struct dispatch_row dispatch[] = {
        {.method = "ContractStatement", .mode = MODE_QUERY, .roles = READERS, .handle = handle_contract_statement},
        {.method = "Consolidation",
         .mode = MODE_QUERY,
         .roles = SENDERS | ROLE_BIT(AUDITOR),
         .handle = handle_consolidation},
        {.method = "SentReports", .mode = MODE_QUERY, .roles = READERS, .handle = handle_sent_reports},
        {.method = "FrozenReport", .mode = MODE_QUERY, .roles = READERS, .handle = handle_frozen_report},
        {.method = "NoteReportSent", .mode = MODE_COMMAND, .roles = SENDERS, .handle = handle_note_report_sent},
        {.method = "WithdrawSentReport", .mode = MODE_COMMAND, .roles = SENDERS, .handle = handle_withdraw_sent_report},
};

static const uint32_t from_contracts[] = {
        CONTRACTS__EVENT__BODY_CONTRACT_IMPORTED,
        CONTRACTS__EVENT__BODY_CONTRACT_UPDATED,
        CONTRACTS__EVENT__BODY_CONTRACT_OPENED,
        CONTRACTS__EVENT__BODY_CONTRACT_AMENDED,
        CONTRACTS__EVENT__BODY_PUBLICATIONS_JOINED,
        CONTRACTS__EVENT__BODY_PUBLICATIONS_SEPARATED,
        CONTRACTS__EVENT__BODY_CLAUSE_PUT,
        CONTRACTS__EVENT__BODY_RESERVED_RECORDED,
        CONTRACTS__EVENT__BODY_RESERVED_WITHDRAWN,
        CONTRACTS__EVENT__BODY_DRAFT_ITEMS_PUT,
        CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED,
        CONTRACTS__EVENT__BODY_LEDGER_POSTED,
        CONTRACTS__EVENT__BODY_HOURS_TAKEN_OVER,
        CONTRACTS__EVENT__BODY_TAKEN_OVER_REPLACED,
        CONTRACTS__EVENT__BODY_TRANSFER_AGREED,
        CONTRACTS__EVENT__BODY_HOURS_WAIVED,
        CONTRACTS__EVENT__BODY_OBLIGATION_AMENDED,
        CONTRACTS__EVENT__BODY_CONTRACT_INVOICE_RECORDED,
        CONTRACTS__EVENT__BODY_CONTRACT_PART_PUT,
        CONTRACTS__EVENT__BODY_CONTRACT_PART_DECIDED,
        CONTRACTS__EVENT__BODY_CONTRACT_PARTS_BEGAN,
        CONTRACTS__EVENT__BODY_NEED_DECLARED,
        CONTRACTS__EVENT__BODY_NEED_AMENDED,
        CONTRACTS__EVENT__BODY_ACT_WITHDRAWN,
        CONTRACTS__EVENT__BODY_CONTRACT_ENDED,
        CONTRACTS__EVENT__BODY_MEMBER_LEFT,
        0,
};
static const uint32_t from_tracking[] = {
        TRACKING__EVENT__BODY_PLACEMENT_CHANGED,    TRACKING__EVENT__BODY_PLACEMENT_OPENED,
        TRACKING__EVENT__BODY_HOURS_VALIDATED,      TRACKING__EVENT__BODY_INVOICE_CONVERTED,
        TRACKING__EVENT__BODY_INVOICE_CORRECTED,    TRACKING__EVENT__BODY_INVOICE_CANCELLED,
        TRACKING__EVENT__BODY_PLACEMENT_ENDED,      TRACKING__EVENT__BODY_PLACEMENT_END_CORRECTED,
        TRACKING__EVENT__BODY_PLACEMENT_REOPENED,   TRACKING__EVENT__BODY_PLACEMENT_LINKED,
        TRACKING__EVENT__BODY_OUTCOME_RECORDED,     TRACKING__EVENT__BODY_PLACEMENT_RECLASSIFIED,
        TRACKING__EVENT__BODY_INVOICE_RECLASSIFIED, TRACKING__EVENT__BODY_PERSONS_MERGED,
        TRACKING__EVENT__BODY_PERSONS_UNMERGED,     0,
};
static const uint32_t from_directory[] = {
        DIRECTORY__EVENT__BODY_ORGANISATION_PUT,
        DIRECTORY__EVENT__BODY_ORGANISATION_CLOSED,
        DIRECTORY__EVENT__BODY_ORGANISATION_TAKEN_BACK,
        0,
};
static const struct subscription subscriptions[] = {
        {.service = "contracts",
         .event = &contracts__event__descriptor,
         .kinds = from_contracts,
         .copy = project_contracts},
        {.service = "tracking",
         .event = &tracking__event__descriptor,
         .kinds = from_tracking,
         .copy = project_tracking},
        {.service = "directory",
         .event = &directory__event__descriptor,
         .kinds = from_directory,
         .copy = project_directory},
};

const struct service_spec reporting_spec = {
        .name = "reporting",
        .store_version = 10,
        .tables = reporting_tables,
        .table_count = REPORTING_TABLES,
        .dispatch = dispatch,
        .dispatch_count = ARRAY_SIZE(dispatch),
        .rights = &reporting_rights,
        .subscriptions = subscriptions,
        .subscription_count = ARRAY_SIZE(subscriptions),
        .niceness = 10, /* takes in history for minutes, and nobody's work waits for it: decision 0069 */
        .event = &reporting__event__descriptor,
        .apply = reporting_apply_event,
};
