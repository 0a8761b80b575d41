#include "services/contracts/page/events.h"

#include "common/base/require.h"
#include "common/service/spec.h"
#include "services/contracts/agreements/agreements.h"
#include "services/contracts/association/association.h"
#include "services/contracts/clauses/clauses.h"
#include "services/contracts/consultation/appraisal.h"
#include "services/contracts/consultation/consultation.h"
#include "services/contracts/control/control.h"
#include "services/contracts/drafting/drafting.h"
#include "services/contracts/file/file.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/needs/needs.h"
#include "services/contracts/obligations/obligations.h"
#include "services/contracts/page/others.h"
#include "services/contracts/page/replaced.h"
#include "services/contracts/programming/programming.h"
#include "services/contracts/publication/publication.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/telling.h"
#include "services/contracts/record/versions.h"
#include "services/contracts/referrals/referrals.h"
#include "services/contracts/reserved/reserved.h"

#define HOUSE  (ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR) | ROLE_BIT(AUDITOR))
#define BUYERS (HOUSE | ROLE_BIT(BUYER))
/* Offers and marks: who of them reads what in them, tell_…() decides. */
#define APPRAISERS (ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR) | ROLE_BIT(BUYER))

#define EVENT(NAME) CONTRACTS__EVENT__BODY_##NAME

static const struct event_row rows[] = {
        /* file */
        {EVENT(CONTRACT_OPENED), apply_contract_opened, tell_contract_opened, BUYERS},
        {EVENT(CONTRACT_AMENDED), apply_contract_amended, tell_contract_amended, BUYERS},
        /* agreements */
        {EVENT(AGREEMENT_PUT), apply_agreement_put, tell_agreement_put, BUYERS},
        {EVENT(AGREEMENT_SIGNED), apply_agreement_signed, tell_agreement_signed, BUYERS},
        {EVENT(AGREEMENT_RENEWED), apply_agreement_renewed, tell_agreement_renewed, BUYERS},
        {EVENT(AGREEMENT_ENDED), apply_agreement_ended, tell_agreement_ended, BUYERS},
        /* programming */
        {EVENT(PROGRAMME_IMPORTED), apply_programme_imported, tell_programme_imported, BUYERS},
        {EVENT(PROGRAMME_LINE_PUT), apply_programme_line_put, tell_programme_line_put, BUYERS},
        {EVENT(LINE_DECIDED), apply_line_decided, tell_line_decided, BUYERS},
        {EVENT(DEROGATION_RECORDED), apply_derogation_recorded, tell_derogation_recorded, BUYERS},
        /* clauses */
        {EVENT(CLAUSE_PUT), apply_clause_put, tell_clause_put, BUYERS},
        /* drafting */
        {EVENT(DRAFT_ITEMS_PUT), apply_draft_items_put, tell_draft_items_put, BUYERS},
        {EVENT(DRAFT_KEPT), apply_draft_kept, tell_draft_kept, BUYERS},
        /* association */
        {EVENT(ASSOCIATION_RECORDED), apply_association_recorded, tell_association_recorded, BUYERS},
        {EVENT(CONTRACT_DECLINED), apply_contract_declined, tell_contract_declined, BUYERS},
        {EVENT(CONTRACT_RESUMED), apply_contract_resumed, tell_contract_resumed, BUYERS},
        /* consultation */
        {EVENT(CONSULTATION_OPENED), apply_consultation_opened, tell_consultation_opened, BUYERS},
        {EVENT(OFFERS_POSTPONED), apply_offers_postponed, tell_offers_postponed, BUYERS},
        {EVENT(QUESTION_RECORDED), apply_question_recorded, tell_question_recorded, BUYERS},
        {EVENT(ANSWER_DRAFTED), apply_answer_drafted, tell_answer_drafted, HOUSE},
        {EVENT(ANSWER_SENT), apply_answer_sent, tell_answer_sent, BUYERS},
        {EVENT(ANSWER_PUBLISHED), apply_answer_published, tell_answer_published, BUYERS},
        {EVENT(QUESTION_SET_ASIDE), apply_question_set_aside, tell_question_set_aside, BUYERS},
        {EVENT(APPRAISAL_GRID_PUT), apply_appraisal_grid_put, tell_appraisal_grid_put, BUYERS},
        {EVENT(OFFER_RECORDED), apply_offer_recorded, tell_offer_recorded, APPRAISERS},
        {EVENT(OFFER_MARKED), apply_offer_marked, tell_offer_marked, APPRAISERS},
        {EVENT(MARKS_AGREED), apply_marks_agreed, tell_marks_agreed, APPRAISERS},
        {EVENT(CONTRACT_AWARDED), apply_contract_awarded, tell_contract_awarded, BUYERS},
        {EVENT(COMMITMENT_RECORDED), apply_commitment_recorded, tell_commitment_recorded, BUYERS},
        /* reserved */
        {EVENT(RESERVED_RECORDED), apply_reserved_recorded, tell_reserved_recorded, BUYERS},
        {EVENT(RESERVED_WITHDRAWN), apply_reserved_withdrawn, tell_reserved_withdrawn, BUYERS},
        /* obligations */
        {EVENT(OBLIGATION_RECORDED), apply_obligation_recorded, tell_obligation_recorded, BUYERS},
        {EVENT(LEDGER_POSTED), apply_ledger_posted, tell_ledger_posted, BUYERS},
        {EVENT(TRANSFER_PROPOSED), apply_transfer_proposed, tell_transfer_proposed, BUYERS},
        {EVENT(TRANSFER_AGREED), apply_transfer_agreed, tell_transfer_agreed, BUYERS},
        {EVENT(TRANSFER_REFUSED), apply_transfer_refused, tell_transfer_refused, BUYERS},
        {EVENT(HOURS_WAIVED), apply_hours_waived, tell_hours_waived, BUYERS},
        {EVENT(OBLIGATION_AMENDED), apply_obligation_amended, tell_obligation_amended, BUYERS},
        {EVENT(OBLIGATION_ASSIGNED), apply_obligation_assigned, tell_obligation_assigned, BUYERS},
        {EVENT(ORDER_RECORDED), apply_order_recorded, tell_order_recorded, BUYERS},
        {EVENT(CONTRACT_INVOICE_RECORDED), apply_contract_invoice_recorded, tell_contract_invoice_recorded, BUYERS},
        /* needs */
        {EVENT(NEED_DECLARED), apply_need_declared, tell_need_declared, BUYERS},
        {EVENT(NEED_AMENDED), apply_need_amended, tell_need_amended, BUYERS},
        {EVENT(NEED_CLOSED), apply_need_closed, tell_need_closed, BUYERS},
        /* control */
        {EVENT(CONTROL_PLAN_PUT), apply_control_plan_put, tell_control_plan_put, BUYERS},
        {EVENT(RESPONSIBLE_NAMED), apply_responsible_named, tell_responsible_named, BUYERS},
        {EVENT(STATEMENT_RECEIVED), apply_statement_received, tell_statement_received, BUYERS},
        {EVENT(REMINDER_SENT), apply_reminder_sent, tell_reminder_sent, BUYERS},
        {EVENT(CASE_OPENED), apply_case_opened, tell_case_opened, BUYERS},
        {EVENT(BUYER_WARNED), apply_buyer_warned, tell_buyer_warned, BUYERS},
        {EVENT(FORMAL_NOTICE_DRAFTED), apply_formal_notice_drafted, tell_formal_notice_drafted, BUYERS},
        {EVENT(FORMAL_NOTICE_SERVED), apply_formal_notice_served, tell_formal_notice_served, BUYERS},
        {EVENT(OBSERVATIONS_RECEIVED), apply_observations_received, tell_observations_received, BUYERS},
        {EVENT(PENALTY_PROPOSED), apply_penalty_proposed, tell_penalty_proposed, BUYERS},
        {EVENT(CASE_DECIDED), apply_case_decided, tell_case_decided, BUYERS},
        {EVENT(CASE_CLOSED), apply_case_closed, tell_case_closed, BUYERS},
        {EVENT(DIFFICULTY_DECLARED), apply_difficulty_declared, tell_difficulty_declared, BUYERS},
        {EVENT(RELIEF_DECIDED), apply_relief_decided, tell_relief_decided, BUYERS},
        {EVENT(EXECUTION_RESUMED), apply_execution_resumed, tell_execution_resumed, BUYERS},
        {EVENT(CONTRACT_ENDED), apply_contract_ended, tell_contract_ended, BUYERS},
        {EVENT(ATTESTATION_ISSUED), apply_attestation_issued, tell_attestation_issued, BUYERS},
        /* publication */
        {EVENT(CONTRACT_IMPORTED), apply_contract_imported, tell_contract_imported, BUYERS},
        {EVENT(CONTRACT_UPDATED), apply_contract_updated, tell_contract_updated, BUYERS},
        {EVENT(PUBLICATION_LINKED), apply_publication_linked, tell_publication_linked, BUYERS},
        {EVENT(PUBLICATION_UNLINKED), apply_publication_unlinked, tell_publication_unlinked, BUYERS},
        /* referrals */
        {EVENT(MATTER_REFERRED), apply_matter_referred, tell_matter_referred, BUYERS},
        {EVENT(REFERRAL_CLOSED), apply_referral_closed, tell_referral_closed, BUYERS},
        /* of all rooms: for the accounts that it names, and no history */
        {EVENT(CHANGED_BY_ANOTHER), apply_changed_by_another, tell_changed_by_another, 0},
};

const struct event_row *event_row_of(Contracts__Event__BodyCase what)
{
        size_t i = 0;
        while (i < ARRAY_SIZE(rows) && rows[i].what != what)
                i++;
        require(i < ARRAY_SIZE(rows)); /* our own log: an older daemon does not open a newer store */
        return &rows[i];
}

/* ---- what an event is about, by reflection: a room that adds an event has nothing to say here */

const ProtobufCMessage *event_body(const Contracts__Event *event)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field(event->base.descriptor, (unsigned)event->body_case);
        require(field != NULL);
        return *(const ProtobufCMessage *const *)((const char *)event + field->offset);
}

static struct id id_field(const ProtobufCMessage *body, const char *name)
{
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(body->descriptor, name);
        if (field == NULL || field->descriptor != &types__id__descriptor || field->label == PROTOBUF_C_LABEL_REPEATED)
                return (struct id){0};
        return id_of(*(const Types__Id *const *)((const char *)body + field->offset));
}

/* The contract that the event concerns: its field contract_id, or that of the obligation it names. False: none. */
static bool contract_of(struct txn *txn, struct arena *arena, const ProtobufCMessage *body, struct id *ret_contract)
{
        struct id contract = id_field(body, "contract_id");
        if (id_is_zero(contract)) {
                struct id obligation = id_field(body, "obligation_id");
                const Contracts__ObligationRecorded *row =
                        id_is_zero(obligation) ? NULL : contracts_obligation_find(txn, arena, obligation);
                if (row == NULL)
                        return false;
                contract = id_of(row->contract_id);
        }
        *ret_contract = contract;
        return true;
}

bool event_contract(struct txn *txn, struct arena *arena, const Contracts__Event *event, struct id *ret_contract)
{
        return contract_of(txn, arena, event_body(event), ret_contract);
}

const char *event_name(const Contracts__Event *event)
{
        return event_body(event)->descriptor->short_name;
}

/* The contract's history, and that of other things under their own id. */
static void put_histories(struct txn *txn, struct arena *arena, const struct event *event)
{
        static const char *const others[] = {
                "agreement_id", /* a buyer's, not a contract's */
                "line_id",      /* of the programme, until a contract is opened from it and takes its history over */
                "other_contract_id", /* hours that pass between two contracts */
        };
        const ProtobufCMessage *body = event_body(event->body);
        struct id contract;

        if (contract_of(txn, arena, body, &contract))
                contracts_history_put(txn, contract, event->number);
        for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
                struct id other = id_field(body, others[i]);
                if (!id_is_zero(other))
                        contracts_history_put(txn, other, event->number);
        }
}

void contracts_apply(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Contracts__Event *body = event->body;
        struct change change = {txn, arena, event};

        event_row_of(body->body_case)->apply(&change, body);
        versions_note(txn, &contracts_versions, event);
        put_histories(txn, arena, event);
}
