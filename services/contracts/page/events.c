#include "services/contracts/page/events.h"

#include "common/base/require.h"
#include "common/service/spec.h"
#include "contracts/calls.h"
#include "services/contracts/agreements/agreements.h"
#include "services/contracts/association/association.h"
#include "services/contracts/clauses/clauses.h"
#include "services/contracts/consultation/appraisal.h"
#include "services/contracts/consultation/consultation.h"
#include "services/contracts/control/control.h"
#include "services/contracts/drafting/drafting.h"
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
        {EVENT(CONTRACT_OPENED), BUYERS},
        {EVENT(CONTRACT_AMENDED), BUYERS},
        /* agreements */
        {EVENT(AGREEMENT_PUT), BUYERS},
        {EVENT(AGREEMENT_SIGNED), BUYERS},
        {EVENT(AGREEMENT_RENEWED), BUYERS},
        {EVENT(AGREEMENT_ENDED), BUYERS},
        /* programming */
        {EVENT(PROGRAMME_IMPORTED), BUYERS},
        {EVENT(PROGRAMME_LINE_PUT), BUYERS},
        {EVENT(PROGRAMME_LINE_TAKEN_BACK), BUYERS},
        {EVENT(LINE_DECIDED), BUYERS},
        {EVENT(DEROGATION_RECORDED), BUYERS},
        /* clauses */
        {EVENT(CLAUSE_PUT), BUYERS},
        /* drafting */
        {EVENT(DRAFT_ITEMS_PUT), BUYERS},
        {EVENT(DRAFT_KEPT), BUYERS},
        /* association */
        {EVENT(ASSOCIATION_RECORDED), BUYERS},
        {EVENT(CONTRACT_DECLINED), BUYERS},
        {EVENT(CONTRACT_RESUMED), BUYERS},
        /* consultation */
        {EVENT(CONSULTATION_OPENED), BUYERS},
        {EVENT(OFFERS_POSTPONED), BUYERS},
        {EVENT(QUESTION_RECORDED), BUYERS},
        {EVENT(ANSWER_DRAFTED), HOUSE},
        {EVENT(ANSWER_SENT), BUYERS},
        {EVENT(ANSWER_PUBLISHED), BUYERS},
        {EVENT(QUESTION_SET_ASIDE), BUYERS},
        {EVENT(APPRAISAL_GRID_PUT), BUYERS},
        {EVENT(OFFER_RECORDED), APPRAISERS},
        {EVENT(OFFER_MARKED), APPRAISERS},
        {EVENT(MARKS_AGREED), APPRAISERS},
        {EVENT(CONTRACT_AWARDED), BUYERS},
        {EVENT(COMMITMENT_RECORDED), BUYERS},
        /* reserved */
        {EVENT(RESERVED_RECORDED), BUYERS},
        {EVENT(RESERVED_WITHDRAWN), BUYERS},
        /* obligations */
        {EVENT(OBLIGATION_RECORDED), BUYERS},
        {EVENT(LEDGER_POSTED), BUYERS},
        {EVENT(TRANSFER_PROPOSED), BUYERS},
        {EVENT(TRANSFER_AGREED), BUYERS},
        {EVENT(TRANSFER_REFUSED), BUYERS},
        {EVENT(HOURS_WAIVED), BUYERS},
        {EVENT(OBLIGATION_AMENDED), BUYERS},
        {EVENT(OBLIGATION_ASSIGNED), BUYERS},
        {EVENT(ORDER_RECORDED), BUYERS},
        {EVENT(CONTRACT_INVOICE_RECORDED), BUYERS},
        /* needs */
        {EVENT(NEED_DECLARED), BUYERS},
        {EVENT(NEED_AMENDED), BUYERS},
        {EVENT(NEED_CLOSED), BUYERS},
        /* control */
        {EVENT(CONTROL_PLAN_PUT), BUYERS},
        {EVENT(RESPONSIBLE_NAMED), BUYERS},
        {EVENT(STATEMENT_RECEIVED), BUYERS},
        {EVENT(REMINDER_SENT), BUYERS},
        {EVENT(CASE_OPENED), BUYERS},
        {EVENT(BUYER_WARNED), BUYERS},
        {EVENT(FORMAL_NOTICE_DRAFTED), BUYERS},
        {EVENT(FORMAL_NOTICE_SERVED), BUYERS},
        {EVENT(OBSERVATIONS_RECEIVED), BUYERS},
        {EVENT(PENALTY_PROPOSED), BUYERS},
        {EVENT(CASE_DECIDED), BUYERS},
        {EVENT(CASE_CLOSED), BUYERS},
        {EVENT(DIFFICULTY_DECLARED), BUYERS},
        {EVENT(RELIEF_DECIDED), BUYERS},
        {EVENT(EXECUTION_RESUMED), BUYERS},
        {EVENT(CONTRACT_ENDED), BUYERS},
        {EVENT(ATTESTATION_ISSUED), BUYERS},
        /* publication */
        {EVENT(CONTRACT_IMPORTED), BUYERS},
        {EVENT(CONTRACT_UPDATED), BUYERS},
        {EVENT(PUBLICATION_LINKED), BUYERS},
        {EVENT(PUBLICATION_UNLINKED), BUYERS},
        /* referrals */
        {EVENT(MATTER_REFERRED), BUYERS},
        {EVENT(REFERRAL_CLOSED), BUYERS},
        /* of all rooms: for the accounts that it names, and no history */
        {EVENT(CHANGED_BY_ANOTHER), 0},
        /* of all kinds of lists */
        {EVENT(BATCH_IMPORTED), 0},
        {EVENT(BATCH_UNDONE), 0},
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
        contracts_apply_event(txn, arena, event);
        versions_note(txn, &contracts_versions, event);
        put_histories(txn, arena, event);
}
