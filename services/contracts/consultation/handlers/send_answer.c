/* send_answer: the drafted answer goes to the buyer, to nobody else. From now on the buyer reads it here.
 * Caller: facilitator (of one of the contract's territories), coordinator.  Emits: AnswerSent.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (nothing drafted). */
#include "contracts/calls.h"
#include "services/contracts/consultation/consultation.h"

#include "services/contracts/consultation/answer.h"
#include "services/contracts/consultation/consultation_rows.h"

struct reply handle_send_answer(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__SendAnswer *command = (const Contracts__SendAnswer *)message;
        struct loaded_consultation loaded;
        struct refusal refusal;

        if (!loaded_consultation_of_question(work, command->question_id, &loaded, &refusal) ||
            !question_may_become(loaded.question->state, CONTRACTS__QUESTION_STATE__ANSWER_WITH_BUYER, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__AnswerSent body = CONTRACTS__ANSWER_SENT__INIT;
        body.contract_id = loaded.question->contract_id;
        body.question_id = command->question_id;
        body.number = loaded.question->number;
        body.sent_on = day_to(work->arena, work->today);
        work_record(work, &body.base);

        Contracts__SendAnswerReply *reply = pb_new(&contracts__send_answer_reply__descriptor, work->arena);
        reply->question_id = command->question_id;
        return reply_ok(work, reply);
}
