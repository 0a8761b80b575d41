/* draft_answer: the one answer for all, with the question in general words. Sealed until the buyer publishes it.
 * Drafted anew, it has to be sent to the buyer anew. Caller: facilitator (of one of the contract's territories),
 * coordinator.  Emits: AnswerDrafted. Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (published, set aside),
 * INVALID_FIELD (empty, or names who asked). */
#include "contracts/calls.h"
#include "services/contracts/consultation/consultation.h"

#include "services/contracts/consultation/answer.h"
#include "services/contracts/consultation/consultation_rows.h"

/* Whether the texts are fit for all: they name nobody who asked anything in this consultation. */
static bool may_draft(const struct work *work, const Contracts__DraftAnswer *command,
                      const struct loaded_consultation *loaded, struct refusal *ret_refusal)
{
        struct questions questions = questions_of(work->txn, work->arena, loaded->contract.id);
        Contracts__SealedQuestion *asked[QUESTIONS_MAX];
        size_t count = 0;
        for (size_t i = 0; i < questions.count && count < QUESTIONS_MAX; i++)
                asked[count++] = questions.rows[i]->asked;
        return answer_check(command, asked, count, ret_refusal);
}

struct reply handle_draft_answer(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DraftAnswer *command = (const Contracts__DraftAnswer *)message;
        struct loaded_consultation loaded;
        struct refusal refusal;

        if (!loaded_consultation_of_question(work, command->question_id, &loaded, &refusal) ||
            !question_may_become(loaded.question->state, CONTRACTS__QUESTION_STATE__ANSWER_DRAFTED, &refusal) ||
            !may_draft(work, command, &loaded, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__AnswerDrafted body = CONTRACTS__ANSWER_DRAFTED__INIT;
        Contracts__SealedAnswer sealed = CONTRACTS__SEALED_ANSWER__INIT;
        body.contract_id = loaded.question->contract_id;
        body.question_id = command->question_id;
        body.number = loaded.question->number;
        sealed.wording = command->wording;
        sealed.answer = command->answer;
        work_record_sealed(work, &body.base, pb_encode(&sealed, work->arena));

        Contracts__DraftAnswerReply *reply = pb_new(&contracts__draft_answer_reply__descriptor, work->arena);
        reply->question_id = command->question_id;
        return reply_ok(work, reply);
}
