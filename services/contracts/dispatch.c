#include "services/contracts/dispatch.h"

#include "directory/events.pb-c.h"
#include "services/contracts/agreements/agreements.h"
#include "services/contracts/association/association.h"
#include "services/contracts/clauses/clauses.h"
#include "services/contracts/consultation/appraisal.h"
#include "services/contracts/consultation/consultation.h"
#include "services/contracts/control/control.h"
#include "services/contracts/drafting/drafting.h"
#include "contracts/calls.h"
#include "services/contracts/record/telling.h"
#include "services/contracts/needs/needs.h"
#include "services/contracts/obligations/obligations.h"
#include "services/contracts/page/events.h"
#include "services/contracts/page/replaced.h"
#include "services/contracts/programming/programming.h"
#include "services/contracts/publication/publication.h"
#include "services/contracts/reactions/reactions.h"
#include "services/contracts/record/contact.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/versions.h"
#include "services/contracts/referrals/referrals.h"
#include "services/contracts/reserved/reserved.h"
#include "services/contracts/rights.h"
#include "services/contracts/rooms.h"
#include "tracking/events.pb-c.h"

#define FACILITATORS (ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR))
#define READERS      (FACILITATORS | ROLE_BIT(AUDITOR) | ROLE_BIT(BUYER))

static const struct dispatch_row rows[] = {
        /* file */
        {"OpenContract", MODE_COMMAND, FACILITATORS, handle_open_contract, false},
        {"AmendContract", MODE_COMMAND, FACILITATORS, handle_amend_contract, false},
        {"ContractById", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_contract_by_id, false},
        {"Contracts", MODE_QUERY, READERS, handle_contracts, false},
        {"ContractFacts", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_contract_facts, false},
        {"ContractHistory", MODE_QUERY, READERS, handle_contract_history, false},
        /* agreements */
        {"PutAgreement", MODE_COMMAND, FACILITATORS, handle_put_agreement, false},
        {"SignAgreement", MODE_COMMAND, FACILITATORS, handle_sign_agreement, false},
        {"RenewAgreement", MODE_COMMAND, FACILITATORS, handle_renew_agreement, false},
        {"EndAgreement", MODE_COMMAND, FACILITATORS, handle_end_agreement, false},
        {"AgreementById", MODE_QUERY, READERS, handle_agreement_by_id, false},
        {"Agreements", MODE_QUERY, READERS, handle_agreements, false},
        {"AgreementText", MODE_QUERY, READERS, handle_agreement_text, false},
        {"AgreementFee", MODE_QUERY, READERS, handle_agreement_fee, false},
        {"UncoveredContracts", MODE_QUERY, READERS, handle_uncovered_contracts, false},
        /* programming */
        {"ImportProgramme", MODE_COMMAND, FACILITATORS | ROLE_BIT(OPERATOR) | ROLE_BIT(BUYER), handle_import_programme,
         false},
        {"DecideLine", MODE_COMMAND, FACILITATORS, handle_decide_line, false},
        {"PreviewProgramme", MODE_QUERY, FACILITATORS | ROLE_BIT(OPERATOR) | ROLE_BIT(BUYER), handle_preview_programme,
         false},
        {"Programme", MODE_QUERY, READERS, handle_programme, false},
        {"AssessLine", MODE_QUERY, READERS, handle_assess_line, false},
        {"RecordDerogation", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_record_derogation, false},
        {"CheckObligation", MODE_QUERY, READERS, handle_check_obligation, false},
        {"ObligationNote", MODE_QUERY, READERS, handle_obligation_note, false},
        /* clauses */
        {"PutClause", MODE_COMMAND, FACILITATORS, handle_put_clause, false},
        {"Calibrate", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_calibrate, false},
        {"CompareCalibrations", MODE_QUERY, READERS, handle_compare_calibrations, false},
        /* drafting */
        {"PutDraftItems", MODE_COMMAND, FACILITATORS, handle_put_draft_items, false},
        {"KeepDraft", MODE_COMMAND, FACILITATORS, handle_keep_draft, false},
        {"DraftClause", MODE_QUERY, READERS, handle_draft_clause, false},
        {"Drafts", MODE_QUERY, READERS, handle_drafts, false},
        {"DraftById", MODE_QUERY, READERS, handle_draft_by_id, false},
        /* association */
        {"RecordAssociation", MODE_COMMAND, FACILITATORS, handle_record_association, false},
        {"DeclineContract", MODE_COMMAND, FACILITATORS, handle_decline_contract, false},
        {"ResumeContract", MODE_COMMAND, FACILITATORS, handle_resume_contract, false},
        {"DeclineLetter", MODE_QUERY, READERS, handle_decline_letter, false},
        {"AssociationStatistics", MODE_QUERY, READERS, handle_association_statistics, false},
        /* consultation */
        {"OpenConsultation", MODE_COMMAND, FACILITATORS, handle_open_consultation, false},
        {"PostponeOffers", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_postpone_offers, false},
        {"RecordQuestion", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_record_question, false},
        {"DraftAnswer", MODE_COMMAND, FACILITATORS, handle_draft_answer, false},
        {"SendAnswer", MODE_COMMAND, FACILITATORS, handle_send_answer, false},
        {"PublishAnswer", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_publish_answer, false},
        {"SetQuestionAside", MODE_COMMAND, FACILITATORS, handle_set_question_aside, false},
        {"PutAppraisalGrid", MODE_COMMAND, FACILITATORS, handle_put_appraisal_grid, false},
        {"RecordOffer", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_record_offer, false},
        {"MarkOffer", MODE_COMMAND, FACILITATORS, handle_mark_offer, false},
        {"AgreeMarks", MODE_COMMAND, FACILITATORS, handle_agree_marks, false},
        {"AwardContract", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_award_contract, false},
        {"Consultation", MODE_QUERY, READERS, handle_consultation, false},
        {"PublishedAnswers", MODE_QUERY, READERS | ROLE_BIT(COMPANY) | ROLE_BIT(STRUCTURE), handle_published_answers,
         false},
        {"Appraisal", MODE_QUERY, FACILITATORS | ROLE_BIT(BUYER), handle_appraisal, false},
        {"AppraisalReport", MODE_QUERY, FACILITATORS | ROLE_BIT(BUYER), handle_appraisal_report, false},
        /* reserved */
        {"EnterReserved", MODE_COMMAND, FACILITATORS, handle_enter_reserved, false},
        {"RecordReserved", MODE_COMMAND, FACILITATORS, handle_record_reserved, false},
        {"WithdrawReserved", MODE_COMMAND, FACILITATORS, handle_withdraw_reserved, false},
        {"ReservationCheck", MODE_QUERY, READERS, handle_reservation_check, false},
        {"ReservedContracts", MODE_QUERY, READERS, handle_reserved_contracts, false},
        {"ReservedStatistics", MODE_QUERY, READERS, handle_reserved_statistics, false},
        /* obligations */
        {"RecordObligation", MODE_COMMAND, FACILITATORS, handle_record_obligation, false},
        {"ObligationById", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_obligation_by_id, false},
        {"Obligations", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_obligations, false},
        {"ProposeTransfer", MODE_COMMAND, FACILITATORS | ROLE_BIT(COMPANY), handle_propose_transfer, false},
        {"AgreeTransfer", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_agree_transfer, false},
        {"RefuseTransfer", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_refuse_transfer, false},
        {"WaiveHours", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_waive_hours, false},
        {"AmendObligation", MODE_COMMAND, FACILITATORS, handle_amend_obligation, false},
        {"AssignObligation", MODE_COMMAND, FACILITATORS, handle_assign_obligation, false},
        {"RecordOrder", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_record_order, false},
        {"RecordContractInvoice", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_record_contract_invoice, false},
        {"ClauseLedger", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_clause_ledger, false},
        {"CompanyLedger", MODE_QUERY, FACILITATORS | ROLE_BIT(AUDITOR) | ROLE_BIT(COMPANY), handle_company_ledger,
         false},
        /* needs */
        {"DeclareNeed", MODE_COMMAND, FACILITATORS | ROLE_BIT(COMPANY), handle_declare_need, false},
        {"AmendNeed", MODE_COMMAND, FACILITATORS | ROLE_BIT(COMPANY), handle_amend_need, false},
        {"CloseNeed", MODE_COMMAND, FACILITATORS | ROLE_BIT(COMPANY), handle_close_need, false},
        {"NeedsForecast", MODE_QUERY,
         FACILITATORS | ROLE_BIT(AUDITOR) | ROLE_BIT(STRUCTURE) | ROLE_BIT(PRESCRIBER), handle_needs_forecast, false},
        {"Needs", MODE_QUERY, READERS | ROLE_BIT(COMPANY) | ROLE_BIT(STRUCTURE) | ROLE_BIT(PRESCRIBER), handle_needs,
         false},
        /* control */
        {"PutControlPlan", MODE_COMMAND, FACILITATORS, handle_put_control_plan, false},
        {"NameResponsible", MODE_COMMAND, FACILITATORS | ROLE_BIT(COMPANY), handle_name_responsible, false},
        {"RecordStatement", MODE_COMMAND, FACILITATORS, handle_record_statement, false},
        {"RecordReminder", MODE_COMMAND, FACILITATORS, handle_record_reminder, false},
        {"OpenCase", MODE_COMMAND, FACILITATORS, handle_open_case, false},
        {"WarnBuyer", MODE_COMMAND, FACILITATORS, handle_warn_buyer, false},
        {"DraftFormalNotice", MODE_COMMAND, FACILITATORS, handle_draft_formal_notice, false},
        {"ServeFormalNotice", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_serve_formal_notice, false},
        {"RecordObservations", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER) | ROLE_BIT(COMPANY),
         handle_record_observations, false},
        {"ProposePenalty", MODE_COMMAND, FACILITATORS, handle_propose_penalty, false},
        {"DecideCase", MODE_COMMAND, ROLE_BIT(BUYER), handle_decide_case, false},
        {"RecordBuyerDecision", MODE_COMMAND, FACILITATORS, handle_record_buyer_decision, false},
        {"CloseCase", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_close_case, false},
        {"DeclareDifficulty", MODE_COMMAND, FACILITATORS | ROLE_BIT(COMPANY), handle_declare_difficulty, false},
        {"DecideRelief", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_decide_relief, false},
        {"ResumeExecution", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_resume_execution, false},
        {"EndContract", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_end_contract, false},
        {"IssueAttestation", MODE_COMMAND, FACILITATORS, handle_issue_attestation, false},
        {"LateStatements", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_late_statements, false},
        {"Progress", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_progress, false},
        {"CaseById", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_case_by_id, false},
        {"Cases", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_cases, false},
        {"FinalStatement", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_final_statement, false},
        /* publication */
        {"ImportContract", MODE_COMMAND, FACILITATORS | ROLE_BIT(OPERATOR), handle_import_contract, false},
        {"ImportContracts", MODE_COMMAND, FACILITATORS | ROLE_BIT(OPERATOR), handle_import_contracts, false},
        {"LinkPublication", MODE_COMMAND, FACILITATORS, handle_link_publication, false},
        {"UnlinkPublication", MODE_COMMAND, FACILITATORS, handle_unlink_publication, false},
        {"PublicationSuggestions", MODE_QUERY, READERS, handle_publication_suggestions, false},
        {"PublicationDifferences", MODE_QUERY, READERS, handle_publication_differences, false},
        {"UnfollowedContracts", MODE_QUERY, READERS, handle_unfollowed_contracts, false},
        {"DecpExport", MODE_QUERY, READERS, handle_decp_export, false},
        /* referrals */
        {"ReferMatter", MODE_COMMAND, FACILITATORS, handle_refer_matter, false},
        {"CloseReferral", MODE_COMMAND, FACILITATORS, handle_close_referral, false},
        {"Referrals", MODE_QUERY, READERS, handle_referrals, false},
};

static const uint32_t from_tracking[] = {
        TRACKING__EVENT__BODY_HOURS_VALIDATED,
        TRACKING__EVENT__BODY_INVOICE_CONVERTED,
        0,
};
static const uint32_t from_directory[] = {
        DIRECTORY__EVENT__BODY_ORGANISATION_PUT,
        DIRECTORY__EVENT__BODY_ORGANISATION_CLOSED,
        0,
};
static const struct subscription subscriptions[] = {
        {.service = "tracking",
         .event = &tracking__event__descriptor,
         .kinds = from_tracking,
         .react = react_to_tracking},
        {.service = "directory",
         .event = &directory__event__descriptor,
         .kinds = from_directory,
         .copy = copy_from_directory},
};

static const struct config_row config[] = {
        {"rules", CONFIG_TEXT, offsetof(struct config, rules), "", 0, 0, 0,
         "directory of the dated rules; empty: $GUICHET_RULES, else deploy/rules"},
};

const struct service_spec contracts_spec = {
        .name = "contracts",
        .store_version = CONTRACTS_STORE_VERSION,
        .versions = &contracts_versions,
        .seals = true,
        .each_key = contracts_each_key,
        .tables = contracts_tables,
        .table_count = CONTRACTS_TABLE_COUNT,
        .dispatch = rows,
        .dispatch_count = ARRAY_SIZE(rows),
        .rights = &contracts_rights,
        .subscriptions = subscriptions,
        .subscription_count = ARRAY_SIZE(subscriptions),
        .event = &contracts__event__descriptor,
        .apply = contracts_apply,
        .codes = contracts_codes,
        .config = config,
        .config_count = ARRAY_SIZE(config),
        .config_size = sizeof(struct config),
        .start = contracts_start,
        .stop = contracts_stop,
};
