/* consultation.c: a consultation, its dates, and how it is read. */
#include "contracts/calls.h"
#include "services/contracts/consultation/consultation.h"
#include "services/contracts/ledger/stage.h"

#include "common/base/text.h"
#include "services/contracts/consultation/consultation_rows.h"
#include "services/contracts/consultation/consultation_views.h"
#include "services/contracts/consultation/criteria.h"
#include "services/contracts/consultation/deadline.h"
#include "services/contracts/record/contact.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/contract.h"

/* open_consultation: a contract in preparation is put out to tender; the dates of its questions follow.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: ConsultationOpened (the contact is sealed).
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (dates, contact), ALREADY_EXISTS, WRONG_STATE (declined, or past the
 * preparation). */
static bool may_open(const struct work *work, const struct loaded_contract *loaded, struct refusal *ret_refusal)
{
        if (!contract_admits(loaded->file, ret_refusal))
                return false;
        if (consultation_find(work->txn, work->arena, loaded->id) != NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "contract_id",
                              "La consultation de ce contrat est déjà ouverte : reportez la remise des offres si ses "
                              "dates changent (PostponeOffers).");
        if (contract_stage(work->txn, loaded->id, loaded->file, work->today) !=
            CONTRACTS__CONTRACT_STAGE__IN_PREPARATION)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                              "Une consultation s'ouvre sur un contrat en préparation : ouvrez-le d'abord "
                              "(OpenContract).");
        return true;
}

struct reply handle_open_consultation(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__OpenConsultation *command = (const Contracts__OpenConsultation *)message;
        const Contracts__ConsultationVersion *rules = rules_on(work, DATED_CONSULTATION, work->today);
        struct loaded_contract loaded;
        struct refusal refusal;
        struct day due;

        if (!loaded_contract_find(work, command->contract_id, &loaded, &refusal) || !may_open(work, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        struct consultation_dates dates = {loaded.record->kind, command->published_on, command->offers_due_on,
                                           command->information_due_on, command->urgent};
        if (!deadline_information(&dates, rules, &due, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__ConsultationOpened body = CONTRACTS__CONSULTATION_OPENED__INIT;
        Contracts__SealedPerson person = CONTRACTS__SEALED_PERSON__INIT;
        struct slice sealed = slice_of(NULL, 0);
        body.contract_id = command->contract_id;
        body.published_on = command->published_on;
        body.offers_due_on = command->offers_due_on;
        body.urgent = command->urgent;
        body.information_due_on = day_to(work->arena, due);
        body.information_set = command->information_due_on != NULL;
        body.rules_version = rules->version;
        body.price_only = command->price_only;
        person.person_case = CONTRACTS__SEALED_PERSON__PERSON_BUYER_CONTACT;
        person.buyer_contact = command->buyer_contact;
        if (!text_is_empty(command->buyer_contact) && !contact_seal(work, &person, &body.contact_id, &sealed, &refusal))
                return reply_refusal(work, &refusal);
        work_record_sealed(work, &body.base, sealed);

        Contracts__OpenConsultationReply *reply = pb_new(&contracts__open_consultation_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        reply->information_due_on = body.information_due_on;
        const struct criteria_of criteria = {loaded.record->kind, day_of(command->published_on)};
        pb_append_text(&reply->warnings, &reply->n_warnings,
                       command->price_only ? criteria_warning(rules, &criteria, work->arena) : NULL, work->arena);
        return reply_ok(work, reply);
}

/* postpone_offers: the offers are due later; so is the additional information.
 * Caller: the contract's buyer; facilitator (of one of its territories), coordinator.  Emits: OffersPostponed.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (no consultation), INVALID_FIELD (dates, reason). */
static bool may_postpone(const Contracts__PostponeOffers *command, const Contracts__ConsultationRow *row,
                         struct refusal *ret_refusal)
{
        if (command->offers_due_on->days <= row->offers_due_on->days)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "offers_due_on",
                              "La remise des offres ne peut être que reportée : donnez un jour plus tardif.");
        return true;
}

struct reply handle_postpone_offers(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__PostponeOffers *command = (const Contracts__PostponeOffers *)message;
        const Contracts__ConsultationVersion *rules = rules_on(work, DATED_CONSULTATION, work->today);
        struct loaded_consultation loaded;
        struct refusal refusal;
        struct day due;

        if (!loaded_consultation_of_contract(work, command->contract_id, &loaded, &refusal) ||
            !may_postpone(command, loaded.row, &refusal))
                return reply_refusal(work, &refusal);
        struct consultation_dates dates = {loaded.contract.record->kind, loaded.row->published_on,
                                           command->offers_due_on, command->information_due_on, loaded.row->urgent};
        if (!deadline_information(&dates, rules, &due, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__OffersPostponed body = CONTRACTS__OFFERS_POSTPONED__INIT;
        body.contract_id = command->contract_id;
        body.offers_due_on = command->offers_due_on;
        body.information_due_on = day_to(work->arena, due);
        body.information_set = command->information_due_on != NULL;
        body.reason = command->reason;
        body.rules_version = rules->version;
        work_record(work, &body.base);

        Contracts__PostponeOffersReply *reply = pb_new(&contracts__postpone_offers_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        reply->information_due_on = body.information_due_on;
        return reply_ok(work, reply);
}

/* consultation: the dates of a consultation, what they warn of, and the register of its questions.
 * Caller: facilitator, coordinator, auditor; the contract's buyer; who sees what of it: consultation_views.h. */
struct reply handle_consultation(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ConsultationRequest *query = (const Contracts__ConsultationRequest *)message;
        struct loaded_contract loaded;
        struct refusal refusal;

        if (!loaded_contract_find(work, query->contract_id, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        const Contracts__ConsultationRow *row = consultation_find(work->txn, work->arena, loaded.id);
        if (row == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                                    "Ce contrat n'a pas de consultation ouverte ici.");
        struct questions questions = questions_of(work->txn, work->arena, loaded.id);
        Contracts__ConsultationView *view = view_of_consultation(work, &loaded, row, &questions);
        for (size_t i = 0; i < questions.count; i++) {
                view->questions = pb_append(view->questions, &view->n_questions, sizeof(*view->questions), work->arena);
                view->questions[i] = view_of_question(work, &loaded, row, questions.rows[i]);
        }
        return reply_ok(work, view);
}
