/* questions.c: a question of a candidate, from its coming to the answer that all read. */
#include "contracts/calls.h"
#include "services/contracts/consultation/consultation.h"

#include "common/base/text.h"
#include "services/contracts/consultation/answer.h"
#include "services/contracts/consultation/company_names.h"
#include "services/contracts/consultation/consultation_rows.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/record_rows.h"

/* record_question: what a company asks during the consultation. Its words and its name are sealed: they never leave the
 * store, and only the facilitators of the territory and the coordinator read them.
 * Caller: facilitator (of one of its territories), coordinator, the contract's buyer.  Emits: QuestionRecorded.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (no consultation, too many), INVALID_FIELD. */
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

/* Of the companies of the directory, none is told either: whoever reads its name thinks that it asked. */
static bool names_nobody(const struct work *work, const Contracts__DraftAnswer *command,
                         const struct answer_guard *guard, struct refusal *ret_refusal)
{
        const char *const texts[] = {command->wording, command->answer}, *const fields[] = {"wording", "answer"};
        for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
                const char *name = company_names_told(work, texts[i], guard);
                if (name != NULL)
                        return answer_refuse(ret_refusal, fields[i],
                                             arena_printf(work->arena, "une entreprise de l'annuaire (« %s »)", name));
        }
        return true;
}

/* draft_answer: the one answer for all, with the question in general words. Sealed until the buyer publishes it.
 * Drafted anew, it has to be sent to the buyer anew. Caller: facilitator (of one of the contract's territories),
 * coordinator.  Emits: AnswerDrafted. Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (published, set aside),
 * INVALID_FIELD (empty, names who asked, or a company of the directory). */
/* Whether the texts are fit for all: they name nobody who asked anything in this consultation. */
static bool may_draft(const struct work *work, const Contracts__DraftAnswer *command,
                      const struct loaded_consultation *loaded, struct refusal *ret_refusal)
{
        struct questions questions = questions_of(work->txn, work->arena, loaded->contract.id);
        Contracts__SealedQuestion *asked[QUESTIONS_MAX];
        size_t count = 0;
        for (size_t i = 0; i < questions.count && count < QUESTIONS_MAX; i++)
                asked[count++] = questions.rows[i]->asked;
        const Contracts__ConsultationVersion *rules = rules_on(work, DATED_CONSULTATION, work->today);
        const Contracts__ContractRecord *record = loaded->contract.record;
        struct answer_guard guard = {rules->identifying,
                                     arena_printf(work->arena, "%s %s", record->object, record->buyer_name)};
        return answer_check(command, asked, count, &guard, ret_refusal) &&
               names_nobody(work, command, &guard, ret_refusal);
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

/* send_answer: the drafted answer goes to the buyer, to nobody else. From now on the buyer reads it here.
 * Caller: facilitator (of one of the contract's territories), coordinator.  Emits: AnswerSent.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (nothing drafted). */
static bool comes_after(const Contracts__SendAnswer *command, const Contracts__QuestionRow *question,
                        struct refusal *ret_refusal)
{
        return command->sent_on == NULL || command->sent_on->days >= question->received_on->days ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "sent_on",
                      "La réponse ne peut être partie avant que la question arrive : vérifiez la date.");
}

struct reply handle_send_answer(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__SendAnswer *command = (const Contracts__SendAnswer *)message;
        struct loaded_consultation loaded;
        struct refusal refusal;

        work_as_of(work, command->sent_on);
        if (!loaded_consultation_of_question(work, command->question_id, &loaded, &refusal) ||
            !question_may_become(loaded.question->state, CONTRACTS__QUESTION_STATE__ANSWER_WITH_BUYER, &refusal) ||
            !comes_after(command, loaded.question, &refusal))
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

/* publish_answer: the buyer publishes the answer that was sent to it; from this moment on every company reads it, and
 * all read the same. Caller: the contract's buyer; or a facilitator (of one of its territories), the coordinator, who
 * record the buyer's publication with its day and reference.  Emits: AnswerPublished.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (not with the buyer), INVALID_FIELD (day, reference). */
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

/* set_question_aside: a question gets no answer here: it came too late, or is not about the social part of the
 * contract. Nobody is told. Caller: facilitator (of one of the contract's territories), coordinator. Emits:
 * QuestionSetAside (the reason is sealed).  Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE, INVALID_FIELD (reason).
 */
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

/* published_answers: what the buyer published to all, in the order of publication. It is the same for every company,
 * whoever asked, and holds nothing of what is not published.
 * Caller: any company or inclusive structure, for any public contract; facilitator, coordinator, auditor, buyer. The
 * answers of a private contract are read here by no company: its client gives them to those it consults. */
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
