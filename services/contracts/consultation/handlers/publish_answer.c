/* publish_answer: the buyer publishes the answer that was sent to it; from this moment on every company reads it, and
 * all read the same. Caller: the contract's buyer; or a facilitator (of one of its territories), the coordinator, who
 * record the buyer's publication with its day and reference.  Emits: AnswerPublished.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (not with the buyer), INVALID_FIELD (day, reference). */
#include "contracts/calls.h"
#include "services/contracts/consultation/consultation.h"

#include "common/base/text.h"
#include "services/contracts/consultation/answer.h"
#include "services/contracts/consultation/consultation_rows.h"

static bool may_publish(const struct work *work, const Contracts__PublishAnswer *command,
                        const Contracts__QuestionRow *question, struct refusal *ret_refusal)
{
        bool by_buyer = work->actor->role == TYPES__ROLE__BUYER;

        if (!question_may_become(question->state, CONTRACTS__QUESTION_STATE__ANSWER_PUBLISHED, ret_refusal))
                return false;
        if (command->sending != 0 && command->sending != question->sendings)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "sending",
                              "Une autre réponse a été transmise depuis celle que vous avez lue : relisez-la avant de "
                              "la publier.");
        if ((command->published_on == NULL && !by_buyer) ||
            (command->published_on != NULL && command->published_on->days < question->sent_on->days))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "published_on",
                              "Donnez le jour où l'acheteur a publié la réponse : pas avant celui où elle lui a été "
                              "transmise.");
        if (text_is_empty(command->reference) && !by_buyer)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "reference",
                              "Donnez la référence de la publication par l'acheteur (profil d'acheteur, avis) : c'est "
                              "lui qui publie.");
        return true;
}

struct reply handle_publish_answer(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__PublishAnswer *command = (const Contracts__PublishAnswer *)message;
        struct loaded_consultation loaded;
        struct refusal refusal;

        if (!loaded_consultation_of_question(work, command->question_id, &loaded, &refusal) ||
            !may_publish(work, command, loaded.question, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__AnswerPublished body = CONTRACTS__ANSWER_PUBLISHED__INIT;
        body.contract_id = loaded.question->contract_id;
        body.question_id = command->question_id;
        body.number = loaded.row->published + 1;
        body.wording = loaded.question->draft->wording;
        body.answer = loaded.question->draft->answer;
        body.published_on = command->published_on != NULL ? command->published_on : day_to(work->arena, work->today);
        body.reference = command->reference;
        body.by_buyer = work->actor->role == TYPES__ROLE__BUYER;
        work_record(work, &body.base);

        Contracts__PublishAnswerReply *reply = pb_new(&contracts__publish_answer_reply__descriptor, work->arena);
        reply->question_id = command->question_id;
        reply->number = body.number;
        return reply_ok(work, reply);
}
