/* published_answers: what the buyer published to all, in the order of publication. It is the same for every company,
 * whoever asked, and holds nothing of what is not published.
 * Caller: any company or inclusive structure, for any public contract; facilitator, coordinator, auditor, buyer. The
 * answers of a private contract are read here by no company: its client gives them to those it consults. */
#include "contracts/calls.h"
#include "services/contracts/consultation/consultation.h"

#include "services/contracts/consultation/consultation_rows.h"
#include "services/contracts/record/record_rows.h"

static Contracts__PublishedAnswer *answer_of(const struct work *work, const Contracts__QuestionRow *question)
{
        Contracts__PublishedAnswer *answer = pb_new(&contracts__published_answer__descriptor, work->arena);
        answer->number = question->publication;
        answer->question = question->draft->wording;
        answer->answer = question->draft->answer;
        answer->published_on = question->published_on;
        answer->reference = question->reference;
        return answer;
}

static void add_answers(const struct work *work, const struct questions *questions, uint32_t published,
                        Contracts__PublishedAnswersReply *reply)
{
        reply->answers = arena_zalloc(work->arena, (published + 1) * sizeof(*reply->answers));
        for (size_t i = 0; i < questions->count; i++)
                if (questions->rows[i]->state == CONTRACTS__QUESTION_STATE__ANSWER_PUBLISHED) {
                        reply->answers[questions->rows[i]->publication - 1] = answer_of(work, questions->rows[i]);
                        reply->n_answers++;
                }
}

struct reply handle_published_answers(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__PublishedAnswersRequest *query = (const Contracts__PublishedAnswersRequest *)message;
        struct id id = id_of(query->contract_id);
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
        const Contracts__ConsultationRow *row = consultation_find(work->txn, work->arena, id);

        if (record == NULL || row == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                                    "Aucune consultation n'est publiée sous cet identifiant : vérifiez-le auprès de "
                                    "l'acheteur.");

        Contracts__PublishedAnswersReply *reply = pb_new(&contracts__published_answers_reply__descriptor, work->arena);
        struct questions questions = questions_of(work->txn, work->arena, id);
        reply->buyer_name = record->buyer_name;
        reply->object = record->object;
        reply->offers_due_on = row->offers_due_on;
        add_answers(work, &questions, row->published, reply);
        return reply_ok(work, reply);
}
