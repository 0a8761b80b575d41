#include "services/contracts/dispatch.h"

#include "directory/events.pb-c.h"
#include "services/contracts/agreements/agreements.h"
#include "services/contracts/association/association.h"
#include "services/contracts/clauses/clauses.h"
#include "services/contracts/consultation/appraisal.h"
#include "services/contracts/consultation/consultation.h"
#include "services/contracts/control/control.h"
#include "services/contracts/corrections/corrections.h"
#include "services/contracts/drafting/drafting.h"
#include "contracts/calls.h"
#include "services/contracts/record/telling.h"
#include "services/contracts/needs/needs.h"
#include "services/contracts/obligations/obligations.h"
#include "services/contracts/obligations/parts_job.h"
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
#include "services/contracts/subcontracts/subcontracts.h"
#include "tracking/events.pb-c.h"

#define FACILITATORS (ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR))
#define READERS      (FACILITATORS | ROLE_BIT(AUDITOR) | ROLE_BIT(BUYER))

static const struct dispatch_row rows[] = {
        /* file */
        {"OpenContract", MODE_COMMAND, FACILITATORS, handle_open_contract},
        {"AmendContract", MODE_COMMAND, FACILITATORS, handle_amend_contract},
        {"ContractById", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_contract_by_id},
        {"Contracts", MODE_QUERY, READERS, handle_contracts},
        {"ContractFacts", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_contract_facts},
        {"ContractHistory", MODE_QUERY, READERS, handle_contract_history},
        /* agreements */
        {"PutAgreement", MODE_COMMAND, FACILITATORS, handle_put_agreement},
        {"SignAgreement", MODE_COMMAND, FACILITATORS, handle_sign_agreement},
        {"RenewAgreement", MODE_COMMAND, FACILITATORS, handle_renew_agreement},
        {"EndAgreement", MODE_COMMAND, FACILITATORS, handle_end_agreement},
        {"AgreementById", MODE_QUERY, READERS, handle_agreement_by_id},
        {"Agreements", MODE_QUERY, READERS, handle_agreements},
        {"AgreementText", MODE_QUERY, READERS, handle_agreement_text},
        {"AgreementFee", MODE_QUERY, READERS, handle_agreement_fee},
        {"UncoveredContracts", MODE_QUERY, READERS, handle_uncovered_contracts},
        /* programming */
        {"ImportProgramme", MODE_COMMAND, FACILITATORS | ROLE_BIT(OPERATOR) | ROLE_BIT(BUYER), handle_import_programme,
         false},
        {"DecideLine", MODE_COMMAND, FACILITATORS, handle_decide_line},
        {"UndoProgrammeImport", MODE_COMMAND, FACILITATORS | ROLE_BIT(OPERATOR) | ROLE_BIT(BUYER),
         handle_undo_programme_import},
        {"ProgrammeImports", MODE_QUERY, READERS | ROLE_BIT(OPERATOR), handle_programme_imports},
        {"PreviewProgramme", MODE_QUERY, FACILITATORS | ROLE_BIT(OPERATOR) | ROLE_BIT(BUYER), handle_preview_programme,
         false},
        {"Programme", MODE_QUERY, READERS, handle_programme},
        {"AssessLine", MODE_QUERY, READERS, handle_assess_line},
        {"RecordDerogation", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_record_derogation},
        {"CheckObligation", MODE_QUERY, READERS, handle_check_obligation},
        {"ObligationNote", MODE_QUERY, READERS, handle_obligation_note},
        /* clauses */
        {"PutClause", MODE_COMMAND, FACILITATORS, handle_put_clause},
        {"Calibrate", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_calibrate},
        {"CompareCalibrations", MODE_QUERY, READERS, handle_compare_calibrations},
        /* drafting */
        {"PutDraftItems", MODE_COMMAND, FACILITATORS, handle_put_draft_items},
        {"KeepDraft", MODE_COMMAND, FACILITATORS, handle_keep_draft},
        {"DraftClause", MODE_QUERY, READERS, handle_draft_clause},
        {"Drafts", MODE_QUERY, READERS, handle_drafts},
        {"DraftById", MODE_QUERY, READERS, handle_draft_by_id},
        /* association */
        {"RecordAssociation", MODE_COMMAND, FACILITATORS, handle_record_association},
        {"DeclineContract", MODE_COMMAND, FACILITATORS, handle_decline_contract},
        {"ResumeContract", MODE_COMMAND, FACILITATORS, handle_resume_contract},
        {"DeclineLetter", MODE_QUERY, READERS, handle_decline_letter},
        {"AssociationStatistics", MODE_QUERY, READERS, handle_association_statistics},
        /* consultation */
        {"OpenConsultation", MODE_COMMAND, FACILITATORS, handle_open_consultation},
        {"PostponeOffers", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_postpone_offers},
        {"RecordQuestion", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_record_question},
        {"DraftAnswer", MODE_COMMAND, FACILITATORS, handle_draft_answer},
        {"SendAnswer", MODE_COMMAND, FACILITATORS, handle_send_answer},
        {"PublishAnswer", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_publish_answer},
        {"SetQuestionAside", MODE_COMMAND, FACILITATORS, handle_set_question_aside},
        {"PutAppraisalGrid", MODE_COMMAND, FACILITATORS, handle_put_appraisal_grid},
        {"RecordOffer", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_record_offer},
        {"MarkOffer", MODE_COMMAND, FACILITATORS, handle_mark_offer},
        {"AgreeMarks", MODE_COMMAND, FACILITATORS, handle_agree_marks},
        {"AwardContract", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_award_contract},
        {"Consultation", MODE_QUERY, READERS, handle_consultation},
        {"PublishedAnswers", MODE_QUERY, READERS | ROLE_BIT(COMPANY) | ROLE_BIT(STRUCTURE), handle_published_answers,
         false},
        {"Appraisal", MODE_QUERY, FACILITATORS | ROLE_BIT(BUYER), handle_appraisal},
        {"AppraisalReport", MODE_QUERY, FACILITATORS | ROLE_BIT(BUYER), handle_appraisal_report},
        /* reserved */
        {"EnterReserved", MODE_COMMAND, FACILITATORS, handle_enter_reserved},
        {"RecordReserved", MODE_COMMAND, FACILITATORS, handle_record_reserved},
        {"WithdrawReserved", MODE_COMMAND, FACILITATORS, handle_withdraw_reserved},
        {"ReservationCheck", MODE_QUERY, READERS, handle_reservation_check},
        {"ReservedContracts", MODE_QUERY, READERS, handle_reserved_contracts},
        {"ReservedStatistics", MODE_QUERY, READERS, handle_reserved_statistics},
        /* obligations */
        {"RecordObligation", MODE_COMMAND, FACILITATORS, handle_record_obligation},
        {"ObligationById", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_obligation_by_id},
        {"Obligations", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_obligations},
        {"ProposeTransfer", MODE_COMMAND, FACILITATORS | ROLE_BIT(COMPANY), handle_propose_transfer},
        {"AgreeTransfer", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_agree_transfer},
        {"RefuseTransfer", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_refuse_transfer},
        {"TransferById", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_transfer_by_id},
        {"WaiveHours", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_waive_hours},
        {"AmendObligation", MODE_COMMAND, FACILITATORS, handle_amend_obligation},
        {"AssignObligation", MODE_COMMAND, FACILITATORS, handle_assign_obligation},
        {"RecordOrder", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_record_order},
        {"RecordContractInvoice", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_record_contract_invoice},
        {"TakeOverHours", MODE_COMMAND, FACILITATORS, handle_take_over_hours},
        /* running */
        {"ImportRunning", MODE_COMMAND, FACILITATORS, handle_import_running},
        {"UndoRunningImport", MODE_COMMAND, FACILITATORS, handle_undo_running_import},
        {"PreviewRunning", MODE_QUERY, FACILITATORS, handle_preview_running},
        {"RunningImports", MODE_QUERY, FACILITATORS, handle_running_imports},
        {"ClauseLedger", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_clause_ledger},
        {"CompanyLedger", MODE_QUERY, FACILITATORS | ROLE_BIT(AUDITOR) | ROLE_BIT(COMPANY), handle_company_ledger,
         false},
        {"PutGroupBuyers", MODE_COMMAND, FACILITATORS, handle_put_group_buyers},
        {"PutContractPart", MODE_COMMAND, FACILITATORS, handle_put_contract_part},
        {"DecideContractPart", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_decide_contract_part},
        /* subcontracts */
        {"DeclareSubcontract", MODE_COMMAND, FACILITATORS | ROLE_BIT(COMPANY), handle_declare_subcontract},
        {"DecideSubcontract", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_decide_subcontract},
        {"AmendSubcontract", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_amend_subcontract},
        {"SubcontractById", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_subcontract_by_id},
        {"Subcontracts", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_subcontracts},
        /* groups */
        {"LeaveGroup", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_leave_group},
        /* needs */
        {"DeclareNeed", MODE_COMMAND, FACILITATORS | ROLE_BIT(COMPANY), handle_declare_need},
        {"AmendNeed", MODE_COMMAND, FACILITATORS | ROLE_BIT(COMPANY), handle_amend_need},
        {"CloseNeed", MODE_COMMAND, FACILITATORS | ROLE_BIT(COMPANY), handle_close_need},
        {"NeedsForecast", MODE_QUERY, FACILITATORS | ROLE_BIT(AUDITOR) | ROLE_BIT(STRUCTURE) | ROLE_BIT(PRESCRIBER),
         handle_needs_forecast},
        {"NeedById", MODE_QUERY, READERS | ROLE_BIT(COMPANY) | ROLE_BIT(STRUCTURE) | ROLE_BIT(PRESCRIBER),
         handle_need_by_id, false},
        {"Needs", MODE_QUERY, READERS | ROLE_BIT(COMPANY) | ROLE_BIT(STRUCTURE) | ROLE_BIT(PRESCRIBER), handle_needs,
         false},
        /* control */
        {"PutControlPlan", MODE_COMMAND, FACILITATORS, handle_put_control_plan},
        {"NameResponsible", MODE_COMMAND, FACILITATORS | ROLE_BIT(COMPANY), handle_name_responsible},
        {"RecordStatement", MODE_COMMAND, FACILITATORS, handle_record_statement},
        {"RecordReminder", MODE_COMMAND, FACILITATORS, handle_record_reminder},
        {"OpenCase", MODE_COMMAND, FACILITATORS, handle_open_case},
        {"WarnBuyer", MODE_COMMAND, FACILITATORS, handle_warn_buyer},
        {"DraftFormalNotice", MODE_COMMAND, FACILITATORS, handle_draft_formal_notice},
        {"ServeFormalNotice", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_serve_formal_notice},
        {"RecordObservations", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER) | ROLE_BIT(COMPANY),
         handle_record_observations},
        {"ProposePenalty", MODE_COMMAND, FACILITATORS, handle_propose_penalty},
        {"DecideCase", MODE_COMMAND, ROLE_BIT(BUYER), handle_decide_case},
        {"RecordBuyerDecision", MODE_COMMAND, FACILITATORS, handle_record_buyer_decision},
        {"CloseCase", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_close_case},
        {"DeclareDifficulty", MODE_COMMAND, FACILITATORS | ROLE_BIT(COMPANY), handle_declare_difficulty},
        {"DecideRelief", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_decide_relief},
        {"RecordPromise", MODE_COMMAND, FACILITATORS, handle_record_promise},
        {"DatePromise", MODE_COMMAND, FACILITATORS, handle_date_promise},
        {"SuspendExecution", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_suspend_execution},
        {"ResumeExecution", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_resume_execution},
        {"EndContract", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_end_contract},
        {"IssueAttestation", MODE_COMMAND, FACILITATORS, handle_issue_attestation},
        {"LateStatements", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_late_statements},
        {"Progress", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_progress},
        {"ContractPace", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_contract_pace},
        {"CaseById", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_case_by_id},
        {"Cases", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_cases},
        {"FinalStatement", MODE_QUERY, READERS | ROLE_BIT(COMPANY), handle_final_statement},
        /* publication */
        {"ImportContract", MODE_COMMAND, FACILITATORS | ROLE_BIT(OPERATOR), handle_import_contract},
        {"ImportContracts", MODE_COMMAND, FACILITATORS | ROLE_BIT(OPERATOR), handle_import_contracts},
        {"LinkPublication", MODE_COMMAND, FACILITATORS, handle_link_publication},
        {"UnlinkPublication", MODE_COMMAND, FACILITATORS, handle_unlink_publication},
        {"PublicationSuggestions", MODE_QUERY, READERS, handle_publication_suggestions},
        {"PublicationDifferences", MODE_QUERY, READERS, handle_publication_differences},
        {"UnfollowedContracts", MODE_QUERY, READERS, handle_unfollowed_contracts},
        {"DecpExport", MODE_QUERY, READERS, handle_decp_export},
        {"JoinPublications", MODE_COMMAND, FACILITATORS, handle_join_publications},
        {"SeparatePublications", MODE_COMMAND, FACILITATORS, handle_separate_publications},
        {"DismissTwins", MODE_COMMAND, FACILITATORS, handle_dismiss_twins},
        {"TwinPublications", MODE_QUERY, READERS, handle_twin_publications},
        /* referrals */
        {"ReferMatter", MODE_COMMAND, FACILITATORS, handle_refer_matter},
        {"CloseReferral", MODE_COMMAND, FACILITATORS, handle_close_referral},
        {"Referrals", MODE_QUERY, READERS, handle_referrals},
        /* corrections */
        {"WithdrawAct", MODE_COMMAND, FACILITATORS | ROLE_BIT(BUYER), handle_withdraw_act},
};

static const uint32_t from_tracking[] = {
        TRACKING__EVENT__BODY_HOURS_VALIDATED,   TRACKING__EVENT__BODY_INVOICE_CONVERTED,
        TRACKING__EVENT__BODY_INVOICE_CORRECTED, TRACKING__EVENT__BODY_INVOICE_CANCELLED,
        TRACKING__EVENT__BODY_PLACEMENT_OPENED,  TRACKING__EVENT__BODY_HOURS_SUBMITTED,
        TRACKING__EVENT__BODY_HOURS_TAKEN_BACK,  TRACKING__EVENT__BODY_CONTACT_RECORDED,
        TRACKING__EVENT__BODY_CONTACT_CORRECTED, TRACKING__EVENT__BODY_PERSONS_MERGED,
        TRACKING__EVENT__BODY_PERSONS_UNMERGED,  0,
};
static const uint32_t from_directory[] = {
        DIRECTORY__EVENT__BODY_ORGANISATION_PUT,
        DIRECTORY__EVENT__BODY_ORGANISATION_CLOSED,
        DIRECTORY__EVENT__BODY_ORGANISATION_TAKEN_BACK,
        0,
};
static const struct subscription subscriptions[] = {
        {.service = "tracking",
         .event = &tracking__event__descriptor,
         .kinds = from_tracking,
         .copy = copy_work,
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

static const struct job_kind *const kinds[] = {&parts_job};
static const struct job_kinds jobs = {kinds, ARRAY_SIZE(kinds), &obligations_due};

const struct service_spec contracts_spec = {
        .name = "contracts",
        .store_version = CONTRACTS_STORE_VERSION,
        .versions = &contracts_versions,
        .seals = true,
        .jobs = &jobs,
        .each_key = contracts_each_key,
        .tables = contracts_tables,
        .table_count = CONTRACTS_TABLE_COUNT,
        .dispatch = rows,
        .dispatch_count = ARRAY_SIZE(rows),
        .rights = &contracts_rights,
        .subscriptions = subscriptions,
        .subscription_count = ARRAY_SIZE(subscriptions),
        .event = &contracts__event__descriptor,
        .apply = corrections_apply,
        .codes = contracts_codes,
        .config = config,
        .config_count = ARRAY_SIZE(config),
        .config_size = sizeof(struct config),
        .start = contracts_start,
        .stop = contracts_stop,
};
