#include "services/notifications/dispatch.h"

#include "accounts/events.pb-c.h"
#include "contracts/events.pb-c.h"
#include "directory/events.pb-c.h"
#include "notifications/events.pb-c.h"
#include "notifications/calls.h"
#include "services/notifications/config.h"
#include "services/notifications/copies/copies.h"
#include "services/notifications/daemon.h"
#include "services/notifications/deadlines/following.h"
#include "services/notifications/delivery.h"
#include "services/notifications/firing.h"
#include "services/notifications/planning.h"
#include "services/notifications/reactions/reactions.h"
#include "services/notifications/rights.h"
#include "services/notifications/store.h"
#include "tracking/events.pb-c.h"

enum {
        SUBSCRIBERS = ROLE_BIT(PRESCRIBER) | ROLE_BIT(FACILITATOR) | ROLE_BIT(OPERATOR),
        OVERSEERS = ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR) | ROLE_BIT(OPERATOR) | ROLE_BIT(AUDITOR),
        OWNERS = ROLE_BIT(PRESCRIBER) | ROLE_BIT(STRUCTURE) | ROLE_BIT(COMPANY) | ROLE_BIT(BUYER),
        /* those for whom something may wait */
        DAY_HOLDERS = OWNERS | ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR),
        /* an account has a box of its own, whatever its role */
        EVERYBODY = OVERSEERS | OWNERS | ROLE_BIT(DATA_PROTECTION),
};

static const struct dispatch_row dispatch[] = {
        {"Subscribe", MODE_COMMAND, SUBSCRIBERS, handle_subscribe, false},
        {"ConfirmAddress", MODE_COMMAND, SUBSCRIBERS, handle_confirm_address, false},
        {"Unsubscribe", MODE_COMMAND, SUBSCRIBERS, handle_unsubscribe, false},
        {"MarkNoticeRead", MODE_COMMAND, EVERYBODY, handle_mark_notice_read, false},
        {"ResendLinks", MODE_COMMAND, ROLE_BIT(SERVICE), handle_resend_links, false},
        {"ReplayMails", MODE_COMMAND, ROLE_BIT(OPERATOR), handle_replay_mails, false},
        {"Inbox", MODE_QUERY, OWNERS | OVERSEERS, handle_inbox, false},
        {"RecentNotices", MODE_QUERY, OVERSEERS, handle_recent_notices, false},
        {"OwnNotices", MODE_QUERY, EVERYBODY, handle_own_notices, false},
        {"NewNotices", MODE_QUERY, EVERYBODY, handle_new_notices, false},
        {"MyDay", MODE_QUERY, DAY_HOLDERS, handle_my_day, false},
        {"ParkedMails", MODE_QUERY, ROLE_BIT(OPERATOR), handle_parked_mails, false},
        {"Subscriptions", MODE_QUERY, ROLE_BIT(PRESCRIBER) | OVERSEERS, handle_subscriptions, false},
};

/* --- the events of others: copied, then reacted to --- */

static void copy_contracts(struct txn *txn, struct arena *arena, const struct event *event)
{
        struct taking taking = {.txn = txn, .arena = arena, .event = event, .writes = true};
        copy_from_contracts(txn, arena, event);
        following_contracts(&taking);
}

static void copy_tracking(struct txn *txn, struct arena *arena, const struct event *event)
{
        struct taking taking = {.txn = txn, .arena = arena, .event = event, .writes = true};
        copy_from_tracking(txn, arena, event);
        following_tracking(&taking);
}

static void react_to_contracts(struct work *work, const struct event *event)
{
        const Contracts__Event *body = event->body;
        if (body->body_case == CONTRACTS__EVENT__BODY_NEED_DECLARED)
                on_need_declared(work, body->need_declared);
        else if (body->body_case == CONTRACTS__EVENT__BODY_CHANGED_BY_ANOTHER)
                on_changed_by_another(work, event, body->changed_by_another);
        planning_react_to_contracts(work, event);
}

static void react_to_tracking(struct work *work, const struct event *event)
{
        const Tracking__Event *body = event->body;
        switch ((int)body->body_case) {
        case TRACKING__EVENT__BODY_ELIGIBILITY_DECIDED: on_eligibility_decided(work, body->eligibility_decided); break;
        case TRACKING__EVENT__BODY_ELIGIBILITY_SUSPENDED:
                on_eligibility_suspended(work, body->eligibility_suspended);
                break;
        case TRACKING__EVENT__BODY_ELIGIBILITY_RESUMED: on_eligibility_resumed(work, body->eligibility_resumed); break;
        case TRACKING__EVENT__BODY_ELIGIBILITY_STRUCK: on_eligibility_struck(work, body->eligibility_struck); break;
        case TRACKING__EVENT__BODY_PLACEMENT_OPENED: on_placement_opened(work, body->placement_opened); break;
        case TRACKING__EVENT__BODY_PLACEMENT_CHANGED: on_placement_changed(work, body->placement_changed); break;
        case TRACKING__EVENT__BODY_EVIDENCE_MOVED: on_evidence_moved(work, body->evidence_moved); break;
        case TRACKING__EVENT__BODY_EVIDENCE_TAKEN_BACK: on_evidence_taken_back(work, body->evidence_taken_back); break;
        case TRACKING__EVENT__BODY_PLACEMENT_ENDED: on_placement_ended(work, body->placement_ended); break;
        case TRACKING__EVENT__BODY_PLACEMENT_END_CORRECTED:
                on_placement_end_corrected(work, body->placement_end_corrected);
                break;
        case TRACKING__EVENT__BODY_PLACEMENT_REOPENED: on_placement_reopened(work, body->placement_reopened); break;
        case TRACKING__EVENT__BODY_OUTCOME_RECORDED: on_outcome_recorded(work, body->outcome_recorded); break;
        case TRACKING__EVENT__BODY_PROPOSAL_MADE: on_proposal_made(work, body->proposal_made); break;
        case TRACKING__EVENT__BODY_PROPOSAL_MOVED: on_proposal_moved(work, body->proposal_moved); break;
        case TRACKING__EVENT__BODY_PROPOSAL_CORRECTED: on_proposal_corrected(work, body->proposal_corrected); break;
        case TRACKING__EVENT__BODY_PROPOSAL_COMPANY_CHANGED:
                on_proposal_company_changed(work, body->proposal_company_changed);
                break;
        case TRACKING__EVENT__BODY_BENEFICIARY_RELOCATED:
                on_beneficiary_relocated(work, body->beneficiary_relocated);
                break;
        case TRACKING__EVENT__BODY_ACTION_RECORDED: on_action_recorded(work, body->action_recorded); break;
        case TRACKING__EVENT__BODY_ACTION_MOVED: on_action_moved(work, body->action_moved); break;
        case TRACKING__EVENT__BODY_PRESENCE_STATED: on_presence_stated(work, body->presence_stated); break;
        case TRACKING__EVENT__BODY_CHANGED_BY_ANOTHER:
                on_changed_by_another(work, event, body->changed_by_another);
                break;
        }
        planning_react_to_tracking(work, event);
}

static void react_to_accounts(struct work *work, const struct event *event)
{
        const Accounts__Event *body = event->body;
        switch ((int)body->body_case) {
        case ACCOUNTS__EVENT__BODY_LINK_GIVEN: on_link_given(work, body->link_given); break;
        case ACCOUNTS__EVENT__BODY_LINK_ASKED_AGAIN: on_link_asked_again(work, body->link_asked_again); break;
        case ACCOUNTS__EVENT__BODY_LINK_DISOWNED: on_link_disowned(work, body->link_disowned); break;
        case ACCOUNTS__EVENT__BODY_MAIL_DUE: on_account_mail_due(work, body->mail_due); break;
        }
}

static const uint32_t from_accounts[] = {
        ACCOUNTS__EVENT__BODY_LINK_GIVEN,
        ACCOUNTS__EVENT__BODY_LINK_ASKED_AGAIN,
        ACCOUNTS__EVENT__BODY_LINK_USED,
        ACCOUNTS__EVENT__BODY_LINK_ENDED,
        ACCOUNTS__EVENT__BODY_LINK_DISOWNED,
        ACCOUNTS__EVENT__BODY_MAIL_DUE,
        0,
};
static const uint32_t from_contracts[] = {
        CONTRACTS__EVENT__BODY_CONTRACT_OPENED,
        CONTRACTS__EVENT__BODY_CONTRACT_AMENDED,
        CONTRACTS__EVENT__BODY_NEED_DECLARED,
        CONTRACTS__EVENT__BODY_CHANGED_BY_ANOTHER,
        /* what deadlines follow from */
        CONTRACTS__EVENT__BODY_CONTRACT_IMPORTED,
        CONTRACTS__EVENT__BODY_CONTRACT_UPDATED,
        CONTRACTS__EVENT__BODY_EXECUTION_SUSPENDED,
        CONTRACTS__EVENT__BODY_EXECUTION_RESUMED,
        CONTRACTS__EVENT__BODY_RELIEF_DECIDED,
        CONTRACTS__EVENT__BODY_CONTRACT_ENDED,
        CONTRACTS__EVENT__BODY_CONSULTATION_OPENED,
        CONTRACTS__EVENT__BODY_OFFERS_POSTPONED,
        CONTRACTS__EVENT__BODY_QUESTION_RECORDED,
        CONTRACTS__EVENT__BODY_ANSWER_SENT,
        CONTRACTS__EVENT__BODY_ANSWER_PUBLISHED,
        CONTRACTS__EVENT__BODY_QUESTION_SET_ASIDE,
        CONTRACTS__EVENT__BODY_CONTROL_PLAN_PUT,
        CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED,
        CONTRACTS__EVENT__BODY_OBLIGATION_ASSIGNED,
        CONTRACTS__EVENT__BODY_RESPONSIBLE_NAMED,
        CONTRACTS__EVENT__BODY_STATEMENT_RECEIVED,
        CONTRACTS__EVENT__BODY_ATTESTATION_ISSUED,
        CONTRACTS__EVENT__BODY_MEMBER_LEFT,
        CONTRACTS__EVENT__BODY_LEDGER_POSTED,
        CONTRACTS__EVENT__BODY_HOURS_WAIVED,
        CONTRACTS__EVENT__BODY_TRANSFER_AGREED,
        CONTRACTS__EVENT__BODY_OBLIGATION_AMENDED,
        CONTRACTS__EVENT__BODY_ORDER_RECORDED,
        CONTRACTS__EVENT__BODY_CONTRACT_INVOICE_RECORDED,
        CONTRACTS__EVENT__BODY_CONTRACT_PART_PUT,
        CONTRACTS__EVENT__BODY_CONTRACT_PART_DECIDED,
        CONTRACTS__EVENT__BODY_CONTRACT_PARTS_BEGAN,
        CONTRACTS__EVENT__BODY_HOURS_TAKEN_OVER,
        CONTRACTS__EVENT__BODY_TAKEN_OVER_REPLACED,
        CONTRACTS__EVENT__BODY_CASE_OPENED,
        CONTRACTS__EVENT__BODY_REMINDER_SENT,
        CONTRACTS__EVENT__BODY_BUYER_WARNED,
        CONTRACTS__EVENT__BODY_FORMAL_NOTICE_DRAFTED,
        CONTRACTS__EVENT__BODY_FORMAL_NOTICE_SERVED,
        CONTRACTS__EVENT__BODY_PENALTY_PROPOSED,
        CONTRACTS__EVENT__BODY_CASE_DECIDED,
        CONTRACTS__EVENT__BODY_CASE_CLOSED,
        CONTRACTS__EVENT__BODY_SUBCONTRACT_DECLARED,
        CONTRACTS__EVENT__BODY_SUBCONTRACT_DECIDED,
        CONTRACTS__EVENT__BODY_MATTER_REFERRED,
        CONTRACTS__EVENT__BODY_REFERRAL_CLOSED,
        CONTRACTS__EVENT__BODY_AGREEMENT_PUT,
        CONTRACTS__EVENT__BODY_AGREEMENT_SIGNED,
        CONTRACTS__EVENT__BODY_AGREEMENT_RENEWED,
        CONTRACTS__EVENT__BODY_AGREEMENT_ENDED,
        CONTRACTS__EVENT__BODY_ACT_WITHDRAWN,
        0,
};
static const uint32_t from_tracking[] = {
        TRACKING__EVENT__BODY_ELIGIBILITY_DECIDED,
        TRACKING__EVENT__BODY_PLACEMENT_OPENED,
        TRACKING__EVENT__BODY_PLACEMENT_ENDED,
        TRACKING__EVENT__BODY_PLACEMENT_RECLASSIFIED,
        TRACKING__EVENT__BODY_CHANGED_BY_ANOTHER,
        TRACKING__EVENT__BODY_PLACEMENT_END_CORRECTED,
        TRACKING__EVENT__BODY_PLACEMENT_REOPENED,
        TRACKING__EVENT__BODY_OUTCOME_RECORDED,
        TRACKING__EVENT__BODY_ELIGIBILITY_SUSPENDED,
        TRACKING__EVENT__BODY_ELIGIBILITY_RESUMED,
        TRACKING__EVENT__BODY_ELIGIBILITY_STRUCK,
        TRACKING__EVENT__BODY_PROPOSAL_MADE,
        TRACKING__EVENT__BODY_PROPOSAL_MOVED,
        TRACKING__EVENT__BODY_PROPOSAL_CORRECTED,
        TRACKING__EVENT__BODY_PROPOSAL_COMPANY_CHANGED,
        TRACKING__EVENT__BODY_BENEFICIARY_RELOCATED,
        TRACKING__EVENT__BODY_PLACEMENT_CHANGED,
        TRACKING__EVENT__BODY_EVIDENCE_MOVED,
        TRACKING__EVENT__BODY_EVIDENCE_TAKEN_BACK,
        TRACKING__EVENT__BODY_ACTION_RECORDED,
        TRACKING__EVENT__BODY_ACTION_MOVED,
        TRACKING__EVENT__BODY_PROFESSIONAL_NAMED,
        TRACKING__EVENT__BODY_NAMING_WITHDRAWN,
        TRACKING__EVENT__BODY_PRESENCE_STATED,
        /* what deadlines follow from */
        TRACKING__EVENT__BODY_BENEFICIARY_REFERRED,
        TRACKING__EVENT__BODY_ELIGIBILITY_PROPOSED,
        TRACKING__EVENT__BODY_ELIGIBILITY_TURNED_DOWN,
        TRACKING__EVENT__BODY_RESTRICTION_CHANGED,
        TRACKING__EVENT__BODY_PERSONS_MERGED,
        TRACKING__EVENT__BODY_PERSONS_UNMERGED,
        TRACKING__EVENT__BODY_BENEFICIARY_ERASED,
        TRACKING__EVENT__BODY_RELOCATION_PROPOSED,
        TRACKING__EVENT__BODY_RELOCATION_ENDED,
        TRACKING__EVENT__BODY_PLACEMENT_LINKED,
        TRACKING__EVENT__BODY_CONTACT_RECORDED,
        TRACKING__EVENT__BODY_CONTACT_CORRECTED,
        TRACKING__EVENT__BODY_PRESENCE_STATED,
        TRACKING__EVENT__BODY_PRESENCE_WITHDRAWN,
        TRACKING__EVENT__BODY_HOURS_SUBMITTED,
        TRACKING__EVENT__BODY_HOURS_RETURNED,
        TRACKING__EVENT__BODY_HOURS_TAKEN_BACK,
        TRACKING__EVENT__BODY_HOURS_VALIDATED,
        TRACKING__EVENT__BODY_HOURS_SET_TO_CHECK,
        0,
};
static const uint32_t from_directory[] = {DIRECTORY__EVENT__BODY_ORGANISATION_PUT,
                                          DIRECTORY__EVENT__BODY_ORGANISATION_TAKEN_BACK, 0};
static const struct subscription subscriptions[] = {
        {.service = "contracts",
         .event = &contracts__event__descriptor,
         .kinds = from_contracts,
         .copy = copy_contracts,
         .react = react_to_contracts},
        {.service = "tracking",
         .event = &tracking__event__descriptor,
         .kinds = from_tracking,
         .copy = copy_tracking,
         .react = react_to_tracking},
        {.service = "directory",
         .event = &directory__event__descriptor,
         .kinds = from_directory,
         .copy = copy_organisations},
        {.service = "accounts",
         .event = &accounts__event__descriptor,
         .kinds = from_accounts,
         .copy = copy_links,
         .react = react_to_accounts},
};

static const struct job_kind *const kinds[] = {&delivery_kind, &firing_kind};
static const struct job_kinds jobs = {kinds, ARRAY_SIZE(kinds), &notifications_due};

const struct service_spec notifications_spec = {
        .name = "notifications",
        .store_version = 8, /* 8: mails to who has an account; an employer says who is gone; what waits for whom */
        .tables = notifications_tables,
        .table_count = NOTIFICATIONS_TABLE_COUNT,
        .dispatch = dispatch,
        .dispatch_count = ARRAY_SIZE(dispatch),
        .rights = &notifications_rights,
        .subscriptions = subscriptions,
        .subscription_count = ARRAY_SIZE(subscriptions),
        .event = &notifications__event__descriptor,
        .apply = notifications_apply_event,
        .seals = true,
        .each_key = store_each_key,
        .jobs = &jobs,
        .config = notifications_config_rows,
        .config_count = NOTIFICATIONS_CONFIG_ROWS,
        .config_size = sizeof(struct notifications_config),
        .start = daemon_start,
        .stop = daemon_stop,
        .committed = planning_committed,
        .serve = daemon_serve,
        .quit = daemon_quit,
        .metrics = daemon_metrics,
};
