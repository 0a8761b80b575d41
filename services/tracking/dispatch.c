#include "services/tracking/dispatch.h"

#include "common/base/attr.h"
#include "contracts/events.pb-c.h"
#include "directory/events.pb-c.h"
#include "services/tracking/copies/copies.h"
#include "services/tracking/hooks.h"
#include "services/tracking/page/replaced.h"
#include "services/tracking/parts/elsewhere.h"
#include "services/tracking/privacy/retention.h"
#include "services/tracking/proposals/silence.h"
#include "services/tracking/reactions/reactions.h"
#include "services/tracking/rights.h"
#include "services/tracking/rooms.h"
#include "services/tracking/rules/context.h"
#include "tracking/calls.h"

/* Those who look at a whole territory, and those who look at what is theirs. */
#define WATCHERS (ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR) | ROLE_BIT(AUDITOR))
#define PARTNERS (ROLE_BIT(COMPANY) | ROLE_BIT(STRUCTURE))
/* Those to whom a person turns for what is hers by right (RGPD, art. 15 to 18). */
#define ANSWERERS (ROLE_BIT(FACILITATOR) | ROLE_BIT(DATA_PROTECTION))
/* Those who move a proposal on. */
#define FOLLOWERS (PARTNERS | ROLE_BIT(PRESCRIBER) | ROLE_BIT(FACILITATOR))

static const struct dispatch_row rows[] = {
        {"ReferBeneficiary", MODE_COMMAND, ROLE_BIT(PRESCRIBER) | ROLE_BIT(FACILITATOR), handle_refer_beneficiary},
        {"KnownPerson", MODE_COMMAND, ROLE_BIT(PRESCRIBER) | ROLE_BIT(FACILITATOR), handle_known_person, true},
        {"SeekDoubles", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_seek_doubles, true},
        {"MergePersons", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_merge_persons},
        {"UnmergePersons", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_unmerge_persons},
        {"KeepPersonsApart", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_keep_persons_apart},
        {"OpenBeneficiaryFile", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_open_beneficiary_file, true},
        {"DecideEligibility", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_decide_eligibility},
        {"RecordProofSeen", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_record_proof_seen},
        {"WithdrawProof", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_withdraw_proof},
        {"ConfirmEligibility", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_confirm_eligibility},
        {"ExtendEligibility", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_extend_eligibility},
        {"CorrectEligibility", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_correct_eligibility},
        {"SuspendEligibility", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_suspend_eligibility},
        {"ResumeEligibility", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_resume_eligibility},
        {"OpenPlacement", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_open_placement},
        {"LinkPlacement", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_link_placement},
        {"SetEmployerReference", MODE_COMMAND, PARTNERS, handle_set_employer_reference},
        {"NameTutor", MODE_COMMAND, ROLE_BIT(COMPANY) | ROLE_BIT(FACILITATOR), handle_name_tutor},
        {"NameReferent", MODE_COMMAND, ROLE_BIT(STRUCTURE) | ROLE_BIT(FACILITATOR), handle_name_referent},
        {"WithdrawNaming", MODE_COMMAND, PARTNERS | ROLE_BIT(FACILITATOR), handle_withdraw_naming},
        {"SubmitHours", MODE_COMMAND, PARTNERS | ROLE_BIT(FACILITATOR), handle_submit_hours},
        {"ValidateHours", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_validate_hours},
        {"ReturnHours", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_return_hours},
        {"SplitHours", MODE_COMMAND, PARTNERS | ROLE_BIT(FACILITATOR), handle_split_hours},
        {"CopyHours", MODE_COMMAND, PARTNERS | ROLE_BIT(FACILITATOR), handle_copy_hours},
        {"ValidateMonth", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_validate_month},
        {"RecordInvoice", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_record_invoice},
        {"CorrectInvoice", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_correct_invoice},
        {"CancelInvoice", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_cancel_invoice},
        {"AmendPlacement", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_amend_placement},
        {"CorrectPlacement", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_correct_placement},
        {"EndPlacement", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_end_placement},
        {"CorrectEnd", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_correct_end},
        {"ReopenPlacement", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_reopen_placement},
        {"RecordOutcome", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_record_outcome},
        {"OutcomesDue", MODE_QUERY, WATCHERS, handle_outcomes_due},
        {"RecordContact", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_record_contact},
        {"CorrectContact", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_correct_contact},
        {"StatePresence", MODE_COMMAND, PARTNERS | ROLE_BIT(FACILITATOR), handle_state_presence},
        {"WithdrawPresence", MODE_COMMAND, PARTNERS | ROLE_BIT(FACILITATOR), handle_withdraw_presence},
        {"RecordAction", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_record_action},
        {"MoveAction", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_move_action},
        {"OpenFollowUp", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_open_follow_up, true},
        {"FollowUp", MODE_QUERY, ROLE_BIT(FACILITATOR), handle_follow_up},
        {"FollowUpDue", MODE_QUERY, WATCHERS, handle_follow_up_due},
        {"DrawControl", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_draw_control},
        {"AskEvidence", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_ask_evidence},
        {"AnswerEvidence", MODE_COMMAND, PARTNERS | ROLE_BIT(FACILITATOR), handle_answer_evidence},
        {"JudgeEvidence", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_judge_evidence},
        {"SettleEvidence", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_settle_evidence},
        {"TakeBackEvidence", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_take_back_evidence},
        {"CloseControl", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_close_control},
        {"ReopenControl", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_reopen_control},
        {"Controls", MODE_QUERY, WATCHERS, handle_controls},
        {"ControlById", MODE_QUERY, WATCHERS, handle_control_by_id},
        {"ControlFrame", MODE_QUERY, WATCHERS, handle_control_frame},
        {"ControlEvidence", MODE_QUERY, WATCHERS, handle_control_evidence},
        {"EvidenceById", MODE_QUERY, WATCHERS | PARTNERS, handle_evidence_by_id},
        {"EvidenceDue", MODE_QUERY, WATCHERS | PARTNERS, handle_evidence_due},
        {"BeginDocument", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_begin_document},
        {"PutDocumentPiece", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_put_document_piece},
        {"DropUpload", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_drop_upload},
        {"AttachDocument", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_attach_document},
        {"RemoveDocument", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_remove_document},
        {"OpenDocument", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_open_document},
        {"ImportHours", MODE_COMMAND, PARTNERS | ROLE_BIT(FACILITATOR), handle_import_hours},
        {"UndoHoursImport", MODE_COMMAND, PARTNERS | ROLE_BIT(FACILITATOR), handle_undo_hours_import},
        {"ImportBeneficiaries", MODE_COMMAND, ROLE_BIT(PRESCRIBER) | ROLE_BIT(FACILITATOR),
         handle_import_beneficiaries},
        {"UndoBeneficiariesImport", MODE_COMMAND, ROLE_BIT(PRESCRIBER) | ROLE_BIT(FACILITATOR),
         handle_undo_beneficiaries_import},
        {"ErasePerson", MODE_COMMAND, ANSWERERS, handle_erase_person},
        {"ExportPerson", MODE_COMMAND, ANSWERERS, handle_export_person, true},
        {"RectifyIdentity", MODE_COMMAND, ANSWERERS, handle_rectify_identity},
        {"RestrictPerson", MODE_COMMAND, ANSWERERS, handle_restrict_person},
        {"LiftRestriction", MODE_COMMAND, ANSWERERS, handle_lift_restriction},
        /* relocations */
        {"ProposeRelocation", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_propose_relocation},
        {"AcceptRelocation", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_accept_relocation},
        {"DeclineRelocation", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_decline_relocation},
        {"WithdrawRelocation", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_withdraw_relocation},
        {"Relocations", MODE_QUERY, WATCHERS, handle_relocations},
        /* proposals */
        {"ProposeBeneficiary", MODE_COMMAND, ROLE_BIT(PRESCRIBER) | ROLE_BIT(FACILITATOR), handle_propose_beneficiary},
        {"SendProposal", MODE_COMMAND, ROLE_BIT(FACILITATOR), handle_send_proposal},
        {"AnswerProposal", MODE_COMMAND, PARTNERS | ROLE_BIT(FACILITATOR), handle_answer_proposal},
        {"PostponeProposal", MODE_COMMAND, FOLLOWERS, handle_postpone_proposal},
        {"ResumeProposal", MODE_COMMAND, FOLLOWERS, handle_resume_proposal},
        {"WithdrawProposal", MODE_COMMAND, ROLE_BIT(PRESCRIBER) | ROLE_BIT(FACILITATOR), handle_withdraw_proposal},
        {"CorrectProposal", MODE_COMMAND, FOLLOWERS, handle_correct_proposal},
        {"ProposalById", MODE_QUERY, WATCHERS | PARTNERS | ROLE_BIT(PRESCRIBER), handle_proposal_by_id},
        {"Proposals", MODE_QUERY, WATCHERS | PARTNERS | ROLE_BIT(PRESCRIBER), handle_proposals},
        {"NextActions", MODE_QUERY, FOLLOWERS | ROLE_BIT(COORDINATOR), handle_next_actions},
        {"WaitingPersons", MODE_QUERY, WATCHERS | ROLE_BIT(PRESCRIBER), handle_waiting_persons},
        {"Pathway", MODE_QUERY, ROLE_BIT(PRESCRIBER) | ROLE_BIT(FACILITATOR), handle_pathway},
        {"PlacementById", MODE_QUERY, WATCHERS | PARTNERS, handle_placement_by_id},
        {"Placements", MODE_QUERY, WATCHERS | PARTNERS, handle_placements},
        {"Beneficiaries", MODE_QUERY, WATCHERS | ROLE_BIT(PRESCRIBER), handle_beneficiaries},
        {"EligibilityById", MODE_QUERY, WATCHERS | ROLE_BIT(PRESCRIBER), handle_eligibility_by_id},
        {"EligibilityDue", MODE_QUERY, ROLE_BIT(FACILITATOR), handle_eligibility_due},
        {"FileReadings", MODE_QUERY, WATCHERS | ROLE_BIT(DATA_PROTECTION), handle_file_readings},
        {"HoursByMonth", MODE_QUERY, WATCHERS | PARTNERS, handle_hours_by_month},
        {"MonthSheet", MODE_QUERY, WATCHERS | PARTNERS, handle_month_sheet},
        {"HoursHistory", MODE_QUERY, WATCHERS | PARTNERS, handle_hours_history},
        {"InvoiceById", MODE_QUERY, WATCHERS | PARTNERS, handle_invoice_by_id},
        {"Invoices", MODE_QUERY, WATCHERS | PARTNERS, handle_invoices},
        {"Documents", MODE_QUERY, ROLE_BIT(FACILITATOR), handle_documents},
        {"DocumentPiece", MODE_QUERY, ROLE_BIT(FACILITATOR), handle_document_piece},
        {"PreviewHours", MODE_QUERY, PARTNERS | ROLE_BIT(FACILITATOR), handle_preview_hours},
        {"RetentionDue", MODE_QUERY, WATCHERS | ROLE_BIT(DATA_PROTECTION), handle_retention_due},
        {"KnownElsewhere", MODE_QUERY, ROLE_BIT(PRESCRIBER) | ROLE_BIT(FACILITATOR), handle_known_elsewhere},
        {"ProbableDoubles", MODE_QUERY, ROLE_BIT(FACILITATOR), handle_probable_doubles},
        {"PreviewBeneficiaries", MODE_QUERY, ROLE_BIT(PRESCRIBER) | ROLE_BIT(FACILITATOR),
         handle_preview_beneficiaries},
        /* parts; the last five are for another tracking process alone: by its signature, besides its role */
        {"MovePart", MODE_COMMAND, ROLE_BIT(OPERATOR), handle_move_part},
        {"CancelPart", MODE_COMMAND, ROLE_BIT(OPERATOR), handle_cancel_part},
        {"Parts", MODE_QUERY, ROLE_BIT(OPERATOR), handle_parts},
        {"OpenPart", MODE_COMMAND, ROLE_BIT(SERVICE), handle_open_part},
        {"PutPartRecords", MODE_COMMAND, ROLE_BIT(SERVICE), handle_put_part_records},
        {"PutPartDocument", MODE_COMMAND, ROLE_BIT(SERVICE), handle_put_part_document},
        {"TakePart", MODE_COMMAND, ROLE_BIT(SERVICE), handle_take_part},
        {"ClosePart", MODE_COMMAND, ROLE_BIT(SERVICE), handle_close_part},
        {"Imports", MODE_QUERY, WATCHERS | PARTNERS | ROLE_BIT(PRESCRIBER), handle_imports},
};

static const uint32_t from_contracts[] = {
        CONTRACTS__EVENT__BODY_CLAUSE_PUT,        CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED,
        CONTRACTS__EVENT__BODY_CONTRACT_OPENED,   CONTRACTS__EVENT__BODY_CONTRACT_AMENDED,
        CONTRACTS__EVENT__BODY_CONTRACT_IMPORTED, CONTRACTS__EVENT__BODY_CONTRACT_UPDATED,
        CONTRACTS__EVENT__BODY_CONTRACT_ENDED,    CONTRACTS__EVENT__BODY_OBLIGATION_ASSIGNED,
        CONTRACTS__EVENT__BODY_MEMBER_LEFT,       CONTRACTS__EVENT__BODY_NEED_DECLARED,
        CONTRACTS__EVENT__BODY_NEED_AMENDED,      CONTRACTS__EVENT__BODY_NEED_CLOSED,
        CONTRACTS__EVENT__BODY_ACT_WITHDRAWN,     0,
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
         .copy = tracking_copy_contracts,
         .react = tracking_react_contracts},
        {.service = "directory",
         .event = &directory__event__descriptor,
         .kinds = from_directory,
         .copy = tracking_copy_directory},
};

static const struct job_kind *const kinds[] = {&retention_job, &silence_job};
static const struct job_kinds jobs = {kinds, ARRAY_SIZE(kinds), &persons_retention};

const struct service_spec tracking_spec = {
        .name = "tracking",
        .store_version = TRACKING_STORE_VERSION,
        .versions = &tracking_versions,
        .tables = tracking_tables,
        .table_count = TRACKING_TABLE_COUNT,
        .dispatch = rows,
        .dispatch_count = ARRAY_SIZE(rows),
        .rights = &tracking_rights,
        .subscriptions = subscriptions,
        .subscription_count = ARRAY_SIZE(subscriptions),
        .event = &tracking__event__descriptor,
        .apply = tracking_apply_event,
        .seals = true,
        .shared_key = "persons",
        .jobs = &jobs,
        .blobs = &T_BLOB,
        .each_key = tracking_each_key,
        .each_erased = tracking_each_without_key,
        .is_here = tracking_is_here,
        .is_held = tracking_is_held,
        .is_elsewhere_too = tracking_is_elsewhere_too,
        .codes = tracking_codes,
        .config = tracking_config_rows,
        .config_count = TRACKING_CONFIG_COUNT,
        .config_size = sizeof(struct tracking_config),
        .start = tracking_start,
        .stop = tracking_stop,
        .serve = tracking_serve,
        .committed = tracking_committed,
        .quit = tracking_quit,
};
