#include "contracts/calls.h"
#include "services/contracts/consultation/consultation.h"

#include "common/base/require.h"
#include "common/store/stored.h"
#include "services/contracts/consultation/consultation_rows.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/telling.h"

/* What was sealed with an event of ours; an empty one where nothing was. */
static void *unsealed(const struct change *change, const ProtobufCMessageDescriptor *type)
{
        void *sealed = pb_decode(type, change->event->sealed, change->arena);
        require_stored(sealed != NULL);
        return sealed;
}

void apply_consultation_opened(const struct change *change, const Contracts__ConsultationOpened *body)
{
        Contracts__ContractFile *file = contracts_file_of(change->txn, change->arena, body->contract_id);
        Contracts__ConsultationRow row = CONTRACTS__CONSULTATION_ROW__INIT;

        row.contract_id = body->contract_id;
        row.published_on = body->published_on;
        row.offers_due_on = body->offers_due_on;
        row.urgent = body->urgent;
        row.price_only = body->price_only;
        row.information_due_on = body->information_due_on;
        row.information_set = body->information_set;
        row.contact_id = body->contact_id;
        if (body->contact_id != NULL) {
                row.sealed_contact = pb_bytes(change->event->sealed);
        } else if (change->event->sealed.size > 0) { /* of before it was sealed */
                const Contracts__SealedContact *clear = unsealed(change, &contracts__sealed_contact__descriptor);
                row.buyer_contact = clear->buyer_contact;
        }
        consultation_put(change->txn, change->arena, &row);
        file->in_consultation = true;
        contracts_file_put(change->txn, change->arena, file);
}

/* NULL only where the transaction has failed: nothing of a consultation is ever deleted. */
static Contracts__ConsultationRow *row_of(const struct change *change, const Types__Id *contract_id)
{
        Contracts__ConsultationRow *row = consultation_find(change->txn, change->arena, id_of(contract_id));
        require(row != NULL || txn_error(change->txn) != 0);
        return row;
}

static Contracts__QuestionRow *question_of(const struct change *change, const Types__Id *question_id)
{
        Contracts__QuestionRow *row = question_find(change->txn, change->arena, id_of(question_id));
        require(row != NULL || txn_error(change->txn) != 0);
        return row;
}

void apply_offers_postponed(const struct change *change, const Contracts__OffersPostponed *body)
{
        Contracts__ConsultationRow *row = row_of(change, body->contract_id);
        if (row == NULL)
                return;
        row->offers_due_on = body->offers_due_on;
        row->information_due_on = body->information_due_on;
        row->information_set = body->information_set;
        consultation_put(change->txn, change->arena, row);
}

void apply_question_recorded(const struct change *change, const Contracts__QuestionRecorded *body)
{
        Contracts__ConsultationRow *consultation = row_of(change, body->contract_id);
        Contracts__QuestionRow row = CONTRACTS__QUESTION_ROW__INIT;
        if (consultation == NULL)
                return;
        consultation->questions = body->number;
        consultation_put(change->txn, change->arena, consultation);

        row.question_id = body->question_id;
        row.contract_id = body->contract_id;
        row.number = body->number;
        row.received_on = body->received_on;
        row.channel = body->channel;
        row.asked_late = body->asked_late;
        row.state = CONTRACTS__QUESTION_STATE__QUESTION_ASKED;
        row.asked = unsealed(change, &contracts__sealed_question__descriptor);
        question_put(change->txn, change->arena, &row);
}

void apply_answer_drafted(const struct change *change, const Contracts__AnswerDrafted *body)
{
        Contracts__QuestionRow *row = question_of(change, body->question_id);
        if (row == NULL)
                return;
        row->state = CONTRACTS__QUESTION_STATE__ANSWER_DRAFTED;
        row->draft = unsealed(change, &contracts__sealed_answer__descriptor);
        row->sent_on = NULL;
        question_put(change->txn, change->arena, row);
}

void apply_answer_sent(const struct change *change, const Contracts__AnswerSent *body)
{
        Contracts__QuestionRow *row = question_of(change, body->question_id);
        if (row == NULL)
                return;
        row->state = CONTRACTS__QUESTION_STATE__ANSWER_WITH_BUYER;
        row->sent_on = body->sent_on;
        row->sendings++;
        question_put(change->txn, change->arena, row);
}

void apply_answer_published(const struct change *change, const Contracts__AnswerPublished *body)
{
        Contracts__ConsultationRow *consultation = row_of(change, body->contract_id);
        Contracts__QuestionRow *row = question_of(change, body->question_id);
        if (consultation == NULL || row == NULL)
                return;
        consultation->published = body->number;
        consultation_put(change->txn, change->arena, consultation);
        row->state = CONTRACTS__QUESTION_STATE__ANSWER_PUBLISHED;
        row->published_on = body->published_on;
        row->reference = body->reference;
        row->publication = body->number;
        question_put(change->txn, change->arena, row);
}

void apply_question_set_aside(const struct change *change, const Contracts__QuestionSetAside *body)
{
        const Contracts__SealedReason *sealed = unsealed(change, &contracts__sealed_reason__descriptor);
        Contracts__QuestionRow *row = question_of(change, body->question_id);
        if (row == NULL)
                return;
        row->state = CONTRACTS__QUESTION_STATE__QUESTION_SET_ASIDE;
        row->set_aside_for = sealed->reason;
        question_put(change->txn, change->arena, row);
}

/* ---- told. Who asked and in which words is told by nothing but the query Consultation, to those who may read it. */

void tell_consultation_opened(struct telling *telling, const Contracts__ConsultationOpened *body)
{
        tell(telling, "Consultation ouverte%s%s, publiée le %s : offres à remettre le %s, renseignements jusqu'au %s.",
             body->urgent ? " en urgence" : "", body->price_only ? ", le prix pour seul critère" : "",
             told_day(telling, body->published_on), told_day(telling, body->offers_due_on),
             told_day(telling, body->information_due_on));
}

void tell_offers_postponed(struct telling *telling, const Contracts__OffersPostponed *body)
{
        tell(telling, "Remise des offres reportée au %s, renseignements jusqu'au %s : %s",
             told_day(telling, body->offers_due_on), told_day(telling, body->information_due_on), body->reason);
}

void tell_question_recorded(struct telling *telling, const Contracts__QuestionRecorded *body)
{
        tell(telling, "Question n° %u reçue d'une entreprise le %s%s.", body->number,
             told_day(telling, body->received_on), body->asked_late ? ", hors délai" : "");
}

void tell_answer_drafted(struct telling *telling, const Contracts__AnswerDrafted *body)
{
        tell(telling, "Réponse à la question n° %u rédigée pour tous.", body->number);
}

void tell_answer_sent(struct telling *telling, const Contracts__AnswerSent *body)
{
        tell(telling, "Réponse à la question n° %u transmise à l'acheteur.", body->number);
}

void tell_answer_published(struct telling *telling, const Contracts__AnswerPublished *body)
{
        tell(telling, "L'acheteur a publié à tous le %s%s%s%s la réponse : « %s »",
             told_day(telling, body->published_on), *body->reference == '\0' ? "" : " (", body->reference,
             *body->reference == '\0' ? "" : ")", body->answer);
}

void tell_question_set_aside(struct telling *telling, const Contracts__QuestionSetAside *body)
{
        tell(telling, "Question n° %u écartée sans réponse.", body->number);
}
