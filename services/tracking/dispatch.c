#include "services/tracking/dispatch.h"

#include "contracts/events.pb-c.h"
#include "directory/events.pb-c.h"
#include "services/tracking/copies/copies.h"
#include "services/tracking/reactions/reactions.h"
#include "tracking/calls.h"

/* Those who look at a whole territory, and those who look at what is theirs. */
#define WATCHERS (ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR) | ROLE_BIT(AUDITOR))
#define PARTNERS (ROLE_BIT(COMPANY) | ROLE_BIT(STRUCTURE))

const struct dispatch_row tracking_dispatch[TRACKING_DISPATCH_COUNT] = {
        {"ReferBeneficiary", MODE_COMMAND, ROLE_BIT(PRESCRIBER) | ROLE_BIT(FACILITATOR), handle_refer_beneficiary},
        {"OpenBeneficiaryFile", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_open_beneficiary_file, true},
        {"DecideEligibility", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_decide_eligibility},
        {"OpenPlacement", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_open_placement},
        {"SubmitHours", MODE_COMMAND, PARTNERS | ROLE_BIT(FACILITATOR), handle_submit_hours},
        {"ValidateHours", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_validate_hours},
        {"RecordInvoice", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_record_invoice},
        {"EndPlacement", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_end_placement},
        {"PlacementById", MODE_QUERY, WATCHERS | PARTNERS, handle_placement_by_id},
        {"Placements", MODE_QUERY, WATCHERS | PARTNERS, handle_placements},
        {"Beneficiaries", MODE_QUERY, WATCHERS | ROLE_BIT(PRESCRIBER), handle_beneficiaries},
        {"FileReadings", MODE_QUERY, WATCHERS, handle_file_readings},
        {"HoursByMonth", MODE_QUERY, WATCHERS | PARTNERS, handle_hours_by_month},
};

static const uint32_t from_contracts[] = {
        CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED,
        CONTRACTS__EVENT__BODY_CONTRACT_OPENED,
        CONTRACTS__EVENT__BODY_CONTRACT_AMENDED,
        0,
};
static const uint32_t from_directory[] = {
        DIRECTORY__EVENT__BODY_ORGANISATION_PUT,
        DIRECTORY__EVENT__BODY_ORGANISATION_CLOSED,
        0,
};
const struct subscription tracking_subscriptions[TRACKING_SUBSCRIPTION_COUNT] = {
        {.service = "contracts",
         .event = &contracts__event__descriptor,
         .kinds = from_contracts,
         .copy = tracking_copy_contracts,
         .react = tracking_react_contracts},
        {.service = "directory",
         .event = &directory__event__descriptor,
         .kinds = from_directory,
         .copy = tracking_copy_directory},
};
