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

/* The last column: how it is corrected, where not by being withdrawn (WithdrawAct). */
static const struct event_row rows[] = {
        /* file */
        {EVENT(CONTRACT_OPENED), BUYERS,
         "Corrigez la fiche (AmendContract) ; un contrat ouvert par erreur se décline (DeclineContract)."},
        {EVENT(CONTRACT_AMENDED), BUYERS, "Modifiez la fiche de nouveau (AmendContract), avec ce qui est juste."},
        /* agreements */
        {EVENT(AGREEMENT_PUT), BUYERS,
         "Modifiez le projet de nouveau (PutAgreement) ; une convention signée s'annule d'abord par sa signature."},
        {EVENT(AGREEMENT_SIGNED), BUYERS, NULL},
        {EVENT(AGREEMENT_RENEWED), BUYERS, NULL},
        {EVENT(AGREEMENT_ENDED), BUYERS, NULL},
        /* programming */
        {EVENT(PROGRAMME_IMPORTED), BUYERS, "Annulez l'import (UndoProgrammeImport)."},
        {EVENT(PROGRAMME_LINE_PUT), BUYERS, "Annulez l'import (UndoProgrammeImport), ou importez la liste juste."},
        {EVENT(PROGRAMME_LINE_TAKEN_BACK), BUYERS, "Importez la liste de nouveau (ImportProgramme)."},
        {EVENT(LINE_DECIDED), BUYERS, "Décidez de nouveau (DecideLine)."},
        {EVENT(DEROGATION_RECORDED), BUYERS, NULL},
        /* clauses */
        {EVENT(CLAUSE_PUT), BUYERS,
         "Posez la clause de nouveau (PutClause) ; dès que des heures sont dues, c'est un avenant (AmendObligation)."},
        /* drafting */
        {EVENT(DRAFT_ITEMS_PUT), BUYERS, "Donnez les éléments de nouveau (PutDraftItems)."},
        {EVENT(DRAFT_KEPT), BUYERS, NULL},
        /* association */
        {EVENT(ASSOCIATION_RECORDED), BUYERS, "Dites-le de nouveau (RecordAssociation)."},
        {EVENT(CONTRACT_DECLINED), BUYERS, NULL},
        {EVENT(CONTRACT_RESUMED), BUYERS, NULL},
        /* consultation */
        {EVENT(CONSULTATION_OPENED), BUYERS, NULL},
        {EVENT(OFFERS_POSTPONED), BUYERS, NULL},
        {EVENT(QUESTION_RECORDED), BUYERS, NULL},
        {EVENT(ANSWER_DRAFTED), HOUSE, "Rédigez la réponse de nouveau (DraftAnswer)."},
        {EVENT(ANSWER_SENT), BUYERS, NULL},
        {EVENT(ANSWER_PUBLISHED), BUYERS,
         "Les entreprises l'ont lue : publiez un rectificatif (RecordQuestion, puis PublishAnswer)."},
        {EVENT(QUESTION_SET_ASIDE), BUYERS, NULL},
        {EVENT(APPRAISAL_GRID_PUT), BUYERS, "Posez la grille de nouveau (PutAppraisalGrid)."},
        {EVENT(OFFER_RECORDED), APPRAISERS, NULL},
        {EVENT(OFFER_MARKED), APPRAISERS, "Le lecteur note de nouveau (MarkOffer)."},
        {EVENT(MARKS_AGREED), APPRAISERS, "Convenez des notes de nouveau (AgreeMarks)."},
        {EVENT(CONTRACT_AWARDED), BUYERS, NULL},
        {EVENT(COMMITMENT_RECORDED), BUYERS, "Elle suit l'attribution : annulez celle-ci."},
        /* reserved */
        {EVENT(RESERVED_RECORDED), BUYERS,
         "Enregistrez la réservation de nouveau (RecordReserved), ou retirez-la (WithdrawReserved)."},
        {EVENT(RESERVED_WITHDRAWN), BUYERS, "Enregistrez la réservation de nouveau (RecordReserved)."},
        /* obligations */
        {EVENT(OBLIGATION_RECORDED), BUYERS, NULL},
        {EVENT(LEDGER_POSTED), BUYERS, "Corrigez le relevé ou la facture dont ces heures viennent : le compte suit."},
        {EVENT(TRANSFER_PROPOSED), BUYERS, NULL},
        {EVENT(TRANSFER_AGREED), BUYERS, NULL},
        {EVENT(TRANSFER_REFUSED), BUYERS, NULL},
        {EVENT(HOURS_WAIVED), BUYERS, NULL},
        {EVENT(OBLIGATION_AMENDED), BUYERS, NULL},
        {EVENT(OBLIGATION_ASSIGNED), BUYERS, NULL},
        {EVENT(ORDER_RECORDED), BUYERS, NULL},
        {EVENT(CONTRACT_INVOICE_RECORDED), BUYERS, NULL},
        {EVENT(CONTRACT_PART_PUT), BUYERS, NULL},
        {EVENT(CONTRACT_PART_DECIDED), BUYERS, NULL},
        {EVENT(GROUP_BUYERS_PUT), BUYERS, "Dites de nouveau qui achète par ce contrat (PutGroupBuyers)."},
        {EVENT(CONTRACT_PARTS_BEGAN), BUYERS,
         "Cela suit du contrat : annulez la tranche, la reconduction ou la décision de l'acheteur ; le compte suit."},
        {EVENT(HOURS_TAKEN_OVER), BUYERS, NULL},
        {EVENT(TAKEN_OVER_REPLACED), BUYERS, "Corrigez le relevé ou la facture qui fait foi pour ce mois."},
        /* groups */
        {EVENT(MEMBER_LEFT), BUYERS, NULL},
        /* needs */
        {EVENT(NEED_DECLARED), BUYERS, "Modifiez le besoin (AmendNeed), ou clôturez-le comme retiré (CloseNeed)."},
        {EVENT(NEED_AMENDED), BUYERS, "Modifiez le besoin de nouveau (AmendNeed)."},
        {EVENT(NEED_CLOSED), BUYERS, NULL},
        /* control */
        {EVENT(CONTROL_PLAN_PUT), BUYERS, "Réglez le contrôle de nouveau (PutControlPlan)."},
        {EVENT(RESPONSIBLE_NAMED), BUYERS, "Nommez la personne de nouveau (NameResponsible)."},
        {EVENT(STATEMENT_RECEIVED), BUYERS, NULL},
        {EVENT(REMINDER_SENT), BUYERS, NULL},
        {EVENT(CASE_OPENED), BUYERS, NULL},
        {EVENT(BUYER_WARNED), BUYERS, NULL},
        {EVENT(FORMAL_NOTICE_DRAFTED), BUYERS, NULL},
        {EVENT(FORMAL_NOTICE_SERVED), BUYERS, NULL},
        {EVENT(OBSERVATIONS_RECEIVED), BUYERS, NULL},
        {EVENT(PENALTY_PROPOSED), BUYERS, NULL},
        {EVENT(CASE_DECIDED), BUYERS, NULL},
        {EVENT(CASE_CLOSED), BUYERS, NULL},
        {EVENT(DIFFICULTY_DECLARED), BUYERS, NULL},
        {EVENT(RELIEF_DECIDED), BUYERS, NULL},
        {EVENT(PROMISE_DONE), BUYERS, NULL},
        {EVENT(PROMISE_DATED), BUYERS, NULL},
        {EVENT(EXECUTION_SUSPENDED), BUYERS, NULL},
        {EVENT(EXECUTION_RESUMED), BUYERS, NULL},
        {EVENT(CONTRACT_ENDED), BUYERS, NULL},
        {EVENT(ATTESTATION_ISSUED), BUYERS, NULL},
        /* publication */
        {EVENT(CONTRACT_IMPORTED), BUYERS,
         "L'acheteur publie de nouveau ; en attendant, dites ce que vous savez (AmendContract)."},
        {EVENT(CONTRACT_UPDATED), BUYERS,
         "L'acheteur publie de nouveau ; en attendant, dites ce que vous savez (AmendContract)."},
        {EVENT(PUBLICATION_LINKED), BUYERS, "Défaites le lien (UnlinkPublication)."},
        {EVENT(PUBLICATION_UNLINKED), BUYERS, "Faites le lien de nouveau (LinkPublication)."},
        {EVENT(PUBLICATIONS_JOINED), BUYERS, "Séparez les publications (SeparatePublications)."},
        {EVENT(PUBLICATIONS_SEPARATED), BUYERS, "Réunissez-les de nouveau (JoinPublications)."},
        {EVENT(TWINS_DISMISSED), BUYERS, NULL},
        /* referrals */
        {EVENT(MATTER_REFERRED), BUYERS, NULL},
        {EVENT(REFERRAL_CLOSED), BUYERS, NULL},
        /* corrections */
        {EVENT(ACT_WITHDRAWN), BUYERS, "Enregistrez l'acte de nouveau, avec ce qui est juste."},
        /* of all rooms: for the accounts that it names, and no history */
        {EVENT(CHANGED_BY_ANOTHER), 0, "C'est un avis : il suit ce qui a changé."},
        /* of all kinds of lists */
        {EVENT(BATCH_IMPORTED), 0, "Annulez l'import (UndoProgrammeImport, UndoRunningImport)."},
        {EVENT(BATCH_UNDONE), 0, "Importez la liste de nouveau (ImportProgramme, ImportRunning)."},
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

Types__Id *event_id_named(const ProtobufCMessage *body, const char *name)
{
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(body->descriptor, name);
        if (field == NULL || field->descriptor != &types__id__descriptor || field->label == PROTOBUF_C_LABEL_REPEATED)
                return NULL;
        return *(Types__Id *const *)(const void *)((const uint8_t *)body + field->offset);
}

/* The contract that the event concerns: its field contract_id, or that of the obligation it names. False: none. */
static bool contract_of(struct txn *txn, struct arena *arena, const ProtobufCMessage *body, struct id *ret_contract)
{
        struct id contract = id_of(event_id_named(body, "contract_id"));
        if (id_is_zero(contract)) {
                struct id obligation = id_of(event_id_named(body, "obligation_id"));
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

char *event_told_in_public(const struct work *work, const Contracts__Event *event, uint64_t number)
{
        Wire__Passport auditor = WIRE__PASSPORT__INIT;
        auditor.role = TYPES__ROLE__AUDITOR;
        struct telling telling = {work->txn, work->arena, slice_of(NULL, 0), &auditor, NULL, number};
        contracts_tell_event(&telling, event);
        return telling.text;
}

/* The contract's history, and that of other things under their own id. */
static void put_histories(struct txn *txn, struct arena *arena, const struct event *event)
{
        static const char *const others[] = {
                "agreement_id", /* a buyer's, not a contract's */
                "line_id",      /* of the programme, until a contract is opened from it and takes its history over */
                "other_contract_id", /* hours that pass between two contracts, publications that look alike */
                "twin_id",           /* a publication that was joined to another, or parted from it */
        };
        const ProtobufCMessage *body = event_body(event->body);
        struct id contract;

        if (contract_of(txn, arena, body, &contract))
                contracts_history_put(txn, contract, event->number);
        for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
                struct id other = id_of(event_id_named(body, others[i]));
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
