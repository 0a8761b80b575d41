/* consultation: the dates of a consultation, what they warn of, and the register of its questions.
 * Caller: facilitator, coordinator, auditor; the contract's buyer; who sees what of it: consultation_views.h. */
#include "contracts/calls.h"
#include "services/contracts/consultation/consultation.h"

#include "services/contracts/consultation/consultation_views.h"

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
