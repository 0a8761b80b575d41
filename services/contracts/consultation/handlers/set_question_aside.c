/* set_question_aside: a question gets no answer here: it came too late, or is not about the social part of the
 * contract. Nobody is told. Caller: facilitator (of one of the contract's territories), coordinator. Emits:
 * QuestionSetAside (the reason is sealed).  Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE, INVALID_FIELD (reason).
 */
#include "contracts/calls.h"
#include "services/contracts/consultation/consultation.h"

#include "services/contracts/consultation/answer.h"
#include "services/contracts/consultation/consultation_rows.h"

struct reply handle_set_question_aside(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__SetQuestionAside *command = (const Contracts__SetQuestionAside *)message;
        struct loaded_consultation loaded;
        struct refusal refusal;

        if (!loaded_consultation_of_question(work, command->question_id, &loaded, &refusal) ||
            !question_may_become(loaded.question->state, CONTRACTS__QUESTION_STATE__QUESTION_SET_ASIDE, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__QuestionSetAside body = CONTRACTS__QUESTION_SET_ASIDE__INIT;
        Contracts__SealedReason sealed = CONTRACTS__SEALED_REASON__INIT;
        body.contract_id = loaded.question->contract_id;
        body.question_id = command->question_id;
        body.number = loaded.question->number;
        sealed.reason = command->reason;
        work_record_sealed(work, &body.base, pb_encode(&sealed, work->arena));

        Contracts__SetQuestionAsideReply *reply = pb_new(&contracts__set_question_aside_reply__descriptor, work->arena);
        reply->question_id = command->question_id;
        return reply_ok(work, reply);
}
