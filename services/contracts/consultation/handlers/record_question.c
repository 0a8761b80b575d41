/* record_question: what a company asks during the consultation. Its words and its name are sealed: they never leave the
 * store, and only the facilitators of the territory and the coordinator read them.
 * Caller: facilitator (of one of its territories), coordinator, the contract's buyer.  Emits: QuestionRecorded.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (no consultation, too many), INVALID_FIELD. */
#include "contracts/calls.h"
#include "services/contracts/consultation/consultation.h"

#include "services/contracts/consultation/answer.h"
#include "services/contracts/consultation/consultation_rows.h"

struct reply handle_record_question(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RecordQuestion *command = (const Contracts__RecordQuestion *)message;
        struct loaded_consultation loaded;
        struct refusal refusal;

        if (!loaded_consultation_of_contract(work, command->contract_id, &loaded, &refusal) ||
            !question_check(command, loaded.row, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__QuestionRecorded body = CONTRACTS__QUESTION_RECORDED__INIT;
        Contracts__SealedQuestion sealed = CONTRACTS__SEALED_QUESTION__INIT;
        body.contract_id = command->contract_id;
        body.question_id = id_to(work->arena, work_new_id(work));
        body.number = loaded.row->questions + 1;
        body.received_on = command->received_on;
        body.channel = command->channel;
        body.asked_late = command->received_on->days > loaded.row->information_due_on->days;
        sealed.text = command->text;
        sealed.asker_name = command->asker_name;
        sealed.asker_siret = command->asker_siret;
        work_record_sealed(work, &body.base, pb_encode(&sealed, work->arena));

        Contracts__RecordQuestionReply *reply = pb_new(&contracts__record_question_reply__descriptor, work->arena);
        reply->question_id = body.question_id;
        reply->number = body.number;
        reply->asked_late = body.asked_late;
        return reply_ok(work, reply);
}
