#include "services/notifications/deadlines/kinds.h"

#include "common/base/attr.h"
#include "services/notifications/deadlines/wanted.h"
#include "contracts/control.pb-c.h"
#include "tracking/outcomes.pb-c.h"
#include "tracking/proposals.pb-c.h"

#define PROPOSAL(STATE) TRACKING__PROPOSAL_STATE__PROPOSAL_##STATE
#define CASE(STEP)      CONTRACTS__CASE_STEP__##STEP

static const struct wait_face decision[] = {{0, "wait_decision", "tracking.DecideEligibility"}};
static const struct wait_face confirmation[] = {{0, "wait_confirmation", "tracking.ConfirmEligibility"}};
static const struct wait_face renewal[] = {{0, "wait_renewal", "tracking.ExtendEligibility"}};
static const struct wait_face proposal[] = {
        {PROPOSAL(PROPOSED), "wait_proposal_to_send", "tracking.SendProposal"},
        {PROPOSAL(SENT), "wait_proposal_to_answer", "tracking.AnswerProposal"},
        {PROPOSAL(MET), "wait_proposal_to_decide", "tracking.AnswerProposal"},
        {PROPOSAL(NO_SHOW), "wait_proposal_no_show", "tracking.ResumeProposal"},
        {PROPOSAL(TAKEN), "wait_proposal_taken", "tracking.OpenPlacement"},
        {PROPOSAL(POSTPONED), "wait_proposal_postponed", "tracking.ResumeProposal"},
};
static const struct wait_face contact[] = {{0, "wait_contact", "tracking.RecordContact"}};
static const struct wait_face outcome[] = {
        {TRACKING__OUTCOME_MOMENT__AT_EXIT, "wait_outcome_exit", "tracking.RecordOutcome"},
        {TRACKING__OUTCOME_MOMENT__AT_SIX_MONTHS, "wait_outcome_six_months", "tracking.RecordOutcome"},
        {TRACKING__OUTCOME_MOMENT__AT_TWELVE_MONTHS, "wait_outcome_twelve_months", "tracking.RecordOutcome"},
};
static const struct wait_face hours[] = {{0, "wait_hours", "tracking.SubmitHours"}};
static const struct wait_face hours_again[] = {{0, "wait_hours_again", "tracking.SubmitHours"}};
static const struct wait_face validation[] = {
        {0, "wait_validation", "tracking.ValidateHours"},
        {WAIT_IN_DOUBT, "wait_validation_in_doubt", "tracking.ValidateHours"},
};
static const struct wait_face placement_end[] = {{0, "wait_placement_end", "tracking.EndPlacement"}};
static const struct wait_face relocation[] = {{0, "wait_relocation", "tracking.AcceptRelocation"}};
static const struct wait_face statement[] = {
        {WAIT_OF_COMPANY, "wait_statement", ""},
        {WAIT_OF_FACILITATOR, "wait_statement_late", "contracts.RecordStatement"},
};
static const struct wait_face progress[] = {{0, "wait_progress", "contracts.OpenCase"}};
static const struct wait_face responsible[] = {{0, "wait_responsible", "contracts.NameResponsible"}};
static const struct wait_face agreement[] = {
        {WAIT_OF_TERM, "wait_agreement", "contracts.RenewAgreement"},
        {WAIT_OF_TACIT_TERM, "wait_agreement_tacit", "contracts.EndAgreement"},
};
static const struct wait_face answer[] = {
        {NOTIFICATIONS__QUESTION_WAIT__QUESTION_OPEN, "wait_answer", "contracts.SendAnswer"},
        {NOTIFICATIONS__QUESTION_WAIT__QUESTION_WITH_BUYER, "wait_answer_to_publish", "contracts.PublishAnswer"},
};
static const struct wait_face questions_end[] = {{0, "wait_questions_end", "contracts.Consultation"}};
static const struct wait_face control_case[] = {
        {CASE(CASE_OPEN), "wait_case_open", "contracts.RecordReminder"},
        {CASE(COMPANY_REMINDED), "wait_case_reminded", "contracts.WarnBuyer"},
        {CASE(BUYER_TOLD), "wait_case_told", "contracts.DraftFormalNotice"},
        {CASE(NOTICE_DRAFTED), "wait_case_drafted", "contracts.ServeFormalNotice"},
        {CASE(NOTICE_SERVED), "wait_case_observations", "contracts.RecordObservations"},
        {WAIT_AFTER_OBSERVATIONS, "wait_case_served", "contracts.ProposePenalty"},
        {CASE(DECISION_PROPOSED), "wait_case_proposed", "contracts.DecideCase"},
        {CASE(BUYER_DECIDED), "wait_case_decided", "contracts.CloseCase"},
        {CASE(CATCHING_UP), "wait_case_catching_up", "contracts.CloseCase"},
};
static const struct wait_face subcontract[] = {{0, "wait_subcontract", "contracts.DecideSubcontract"}};
static const struct wait_face gone[] = {{0, "wait_gone", "tracking.EndPlacement"}};
static const struct wait_face tutor[] = {{0, "wait_tutor", "tracking.NameTutor"}};
static const struct wait_face matter[] = {{0, "wait_matter", "contracts.CloseReferral"}};

#define KIND(NAME)  NOTIFICATIONS__WAIT_KIND__WAIT_##NAME, "WAIT_" #NAME
#define OF(NAME)    NOTIFICATIONS__FOLLOWED_THING__THING_##NAME
#define FACES(NAME) NAME, ARRAY_SIZE(NAME)

/* Told at once, though late: what somebody can still mend today; not what another notice or a list of its own tells. */
const struct wait_kind wait_kinds[] = {
        {KIND(DECISION), OF(PERSON), want_decision, false, "tracking", "beneficiary", FACES(decision)},
        {KIND(CONFIRMATION), OF(PERSON), want_confirmation, false, "tracking", "beneficiary", FACES(confirmation)},
        {KIND(RENEWAL), OF(PERSON), want_renewal, true, "tracking", "beneficiary", FACES(renewal)},
        {KIND(PROPOSAL), OF(STEP), want_step, false, "tracking", "proposal", FACES(proposal)},
        {KIND(CONTACT), OF(PLACEMENT), want_contact, false, "tracking", "placement", FACES(contact)},
        {KIND(OUTCOME), OF(PLACEMENT), want_outcomes, false, "tracking", "placement", FACES(outcome)},
        {KIND(HOURS), OF(PLACEMENT), want_hours, false, "tracking", "placement", FACES(hours)},
        {KIND(HOURS_AGAIN), OF(PLACEMENT), want_hours_again, false, "tracking", "placement", FACES(hours_again)},
        {KIND(VALIDATION), OF(PLACEMENT), want_validation, false, "tracking", "placement", FACES(validation)},
        {KIND(PLACEMENT_END), OF(PLACEMENT), want_placement_end, false, "tracking", "placement", FACES(placement_end)},
        {KIND(RELOCATION), OF(STEP), want_step, false, "tracking", "relocation", FACES(relocation)},
        {KIND(STATEMENT), OF(OBLIGATION), want_statement, true, "contracts", "obligation", FACES(statement)},
        {KIND(PROGRESS), OF(OBLIGATION), want_progress, true, "contracts", "obligation", FACES(progress)},
        {KIND(RESPONSIBLE), OF(OBLIGATION), want_responsible, false, "contracts", "obligation", FACES(responsible)},
        {KIND(AGREEMENT), OF(AGREEMENT), want_agreement, true, "contracts", "agreement", FACES(agreement)},
        {KIND(ANSWER), OF(QUESTION), want_answer, true, "contracts", "question", FACES(answer)},
        {KIND(QUESTIONS_END), OF(CONTRACT), want_questions_end, true, "contracts", "contract", FACES(questions_end)},
        {KIND(CASE), OF(CONTROL_CASE), want_case, false, "contracts", "case", FACES(control_case)},
        {KIND(SUBCONTRACT), OF(STEP), want_step, true, "contracts", "subcontract", FACES(subcontract)},
        {KIND(GONE), OF(PLACEMENT), want_gone, false, "tracking", "placement", FACES(gone)},
        {KIND(TUTOR), OF(PLACEMENT), want_tutor, false, "tracking", "placement", FACES(tutor)},
        {KIND(MATTER), OF(STEP), want_step, false, "contracts", "referral", FACES(matter)},
};
const size_t wait_kind_count = ARRAY_SIZE(wait_kinds);

const struct wait_kind *wait_kind_of(Notifications__WaitKind number)
{
        for (size_t i = 0; i < wait_kind_count; i++)
                if (wait_kinds[i].number == number)
                        return &wait_kinds[i];
        return NULL;
}

const struct wait_face *wait_face_of(const struct wait_kind *kind, uint32_t detail)
{
        for (size_t i = 0; i < kind->face_count; i++)
                if (kind->faces[i].detail == detail)
                        return &kind->faces[i];
        return &kind->faces[0];
}
