/* ladder_steps.c: the steps of the ladder before a penalty. */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "services/contracts/control/ground.h"
#include "services/contracts/control/ladder.h"
#include "services/contracts/control/letters.h"
#include "services/contracts/control/loaded_control.h"
#include "services/contracts/control/notice.h"

/* record_reminder: a reminder went to the company: one of the calendar's before or after the date of a statement, or
 * one in a case. Gives the letter. Caller: facilitator (of one of the obligation's territories), coordinator.  Emits:
 * ReminderSent. Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (period_end, sent_on), WRONG_STATE (no plan; the
 * statement is complete; the case is further), ALREADY_EXISTS (this one was sent). */
static bool was_sent(Contracts__SentReminder *const *reminders, size_t count, int32_t offset)
{
        for (size_t i = 0; i < count; i++)
                if (reminders[i]->offset_days == offset)
                        return true;
        return false;
}

static bool already(struct refusal *ret_refusal)
{
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "sent_on",
                      "Ce rappel est déjà enregistré : le suivant vient plus tard.");
}

static bool of_statement(const struct work *work, const Contracts__RecordReminder *command,
                         struct loaded_control *loaded, Contracts__ReminderSent *body, struct refusal *ret_refusal)
{
        struct period period;
        char **missing;

        if (!loaded_control_of_obligation(work, command->obligation_id, loaded, ret_refusal) ||
            !loaded_control_period(loaded, command->period_end, &period, ret_refusal))
                return false;
        const Contracts__StatementRow *row =
                control_statement_find(work->txn, work->arena, id_of(command->obligation_id), period.end);
        if (loaded_control_missing(loaded, &period, row, work->arena, &missing) == 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "period_end",
                              "Ce relevé est complet : il n'y a rien à rappeler.");
        if (!ladder_reminder(loaded->rules->reminders, period.due, day_of(command->sent_on), &body->offset_days))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "sent_on",
                              "C'est trop tôt : le premier rappel part %d jours avant l'échéance.",
                              -loaded->rules->reminders->offset_days[0]);
        if (row != NULL && was_sent(row->reminders, row->n_reminders, body->offset_days))
                return already(ret_refusal);
        body->period_end = command->period_end;
        return true;
}

static bool of_case(const struct work *work, const Contracts__RecordReminder *command, struct loaded_control *loaded,
                    Contracts__ReminderSent *body, struct refusal *ret_refusal)
{
        if (!loaded_control_of_case(work, command->case_id, loaded, ret_refusal) ||
            !ladder_allows(loaded->record, LADDER_REMIND, false, ret_refusal))
                return false;
        struct day opened_on = day_of(loaded->record->opened_on);
        if (!day_follows(command->sent_on, opened_on, "sent_on", ret_refusal))
                return false;
        struct period period = {.due = opened_on};
        if (loaded->record->period_end != NULL &&
            !loaded_control_period(loaded, loaded->record->period_end, &period, ret_refusal))
                return false;
        body->offset_days = day_number(day_of(command->sent_on)) - day_number(period.due);
        body->period_end = loaded->record->period_end;
        body->case_id = loaded->record->case_id;
        return !was_sent(loaded->record->reminders, loaded->record->n_reminders, body->offset_days) ||
               already(ret_refusal);
}

struct reply handle_record_reminder(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RecordReminder *command = (const Contracts__RecordReminder *)message;
        Contracts__ReminderSent body = CONTRACTS__REMINDER_SENT__INIT;
        struct refusal refusal;
        struct loaded_control loaded;

        work_as_of(work, command->sent_on); /* what the letter says is of its day */
        if (id_is_zero(id_of(command->case_id)) ? !of_statement(work, command, &loaded, &body, &refusal)
                                                : !of_case(work, command, &loaded, &body, &refusal))
                return reply_refusal(work, &refusal);
        Contracts__CaseGround ground =
                loaded.record != NULL ? loaded.record->ground : CONTRACTS__CASE_GROUND__LATE_STATEMENT;
        const struct reminder reminder = {ground, body.period_end, day_of(command->sent_on)};
        struct letter letter;
        if (!letter_reminder(work, &loaded, &reminder, &letter, &refusal))
                return reply_refusal(work, &refusal);

        body.obligation_id = loaded.obligation->obligation_id;
        body.contract_id = loaded.obligation->contract_id;
        body.sent_on = command->sent_on;
        work_record(work, &body.base);

        Contracts__RecordReminderReply *reply = pb_new(&contracts__record_reminder_reply__descriptor, work->arena);
        reply->offset_days = body.offset_days;
        reply->text = letter.text;
        reply->to_confirm = letter.to_confirm.texts;
        reply->n_to_confirm = letter.to_confirm.count;
        return reply_ok(work, reply);
}

/* record_observations: what the company answers to the formal notice, before the decision.
 * Caller: the company; the contract's buyer; facilitator (of one of the obligation's territories), coordinator.
 * Emits: ObservationsReceived, its text sealed.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (received_on, text), WRONG_STATE (step missing). */
enum { OBSERVATIONS_MAX = 20 }; /* of one case: its row is read and written whole */

static bool may_observe(const Contracts__RecordObservations *command, const struct loaded_control *loaded,
                        struct refusal *ret_refusal)
{
        if (!ladder_allows(loaded->record, LADDER_OBSERVE, false, ret_refusal))
                return false;
        if (loaded->record->n_observations >= OBSERVATIONS_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "case_id",
                              "Ce dossier a déjà %d observations : joignez la suite au dossier de l'acheteur.",
                              OBSERVATIONS_MAX);
        struct day served_on = day_of(loaded->record->served_on);
        return day_follows(command->received_on, served_on, "received_on", ret_refusal);
}

struct reply handle_record_observations(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RecordObservations *command = (const Contracts__RecordObservations *)message;
        struct refusal refusal;
        struct loaded_control loaded;

        if (!loaded_control_of_case(work, command->case_id, &loaded, &refusal) ||
            !may_observe(command, &loaded, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__ObservationsReceived body = CONTRACTS__OBSERVATIONS_RECEIVED__INIT;
        Contracts__CompanyObservation sealed = CONTRACTS__COMPANY_OBSERVATION__INIT;
        body.case_id = loaded.record->case_id;
        body.obligation_id = loaded.record->obligation_id;
        body.contract_id = loaded.record->contract_id;
        body.received_on = sealed.received_on = command->received_on;
        body.in_time = sealed.in_time = command->received_on->days <= loaded.record->contradictory_until->days;
        sealed.text = command->text;
        work_record_sealed(work, &body.base, pb_encode(&sealed, work->arena));

        Contracts__RecordObservationsReply *reply =
                pb_new(&contracts__record_observations_reply__descriptor, work->arena);
        reply->in_time = body.in_time;
        return reply_ok(work, reply);
}

/* warn_buyer: the company was reminded without effect: the buyer is told, by a letter.
 * Caller: facilitator (of one of the obligation's territories), coordinator.  Emits: BuyerWarned.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (step missing, the company still has time to answer, or made good). */
static bool had_time_to_answer(const struct work *work, const struct loaded_control *loaded,
                               struct refusal *ret_refusal)
{
        const Contracts__ControlCase *record = loaded->record;
        struct day answer_by = case_answer_by(loaded);
        char text[DAY_TEXT_SIZE];

        if (record->n_reminders > 0 && day_number(work->today) > day_number(answer_by))
                return true;
        day_format(answer_by, text);
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "case_id",
                      "L'entreprise a jusqu'au %s inclus pour répondre au rappel : avertissez l'acheteur ensuite.",
                      text);
}

struct reply handle_warn_buyer(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__WarnBuyer *command = (const Contracts__WarnBuyer *)message;
        struct refusal refusal;
        struct loaded_control loaded;

        if (!case_step_on(work, command->case_id, command->warned_on, "warned_on", &refusal) ||
            !loaded_control_of_case(work, command->case_id, &loaded, &refusal) ||
            !ladder_allows(loaded.record, LADDER_WARN, false, &refusal) || !case_stands(work, &loaded, &refusal) ||
            !had_time_to_answer(work, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        struct letter letter;
        if (!letter_of_case(work, &loaded, "buyer_warning", &letter, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__BuyerWarned body = CONTRACTS__BUYER_WARNED__INIT;
        body.case_id = loaded.record->case_id;
        body.obligation_id = loaded.record->obligation_id;
        body.contract_id = loaded.record->contract_id;
        body.warned_on = day_to(work->arena, work->today);
        body.text = letter.text;
        work_record(work, &body.base);

        Contracts__WarnBuyerReply *reply = pb_new(&contracts__warn_buyer_reply__descriptor, work->arena);
        reply->text = letter.text;
        reply->to_confirm = letter.to_confirm.texts;
        reply->n_to_confirm = letter.to_confirm.count;
        return reply_ok(work, reply);
}

/* draft_formal_notice: a formal notice for the buyer to sign. It has no effect before the buyer has signed and sent it.
 * Caller: facilitator (of one of the obligation's territories), coordinator.  Emits: FormalNoticeDrafted.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (step missing, or the company made good). */
struct reply handle_draft_formal_notice(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DraftFormalNotice *command = (const Contracts__DraftFormalNotice *)message;
        struct refusal refusal;
        struct loaded_control loaded;
        Contracts__FormalNoticeDrafted body = CONTRACTS__FORMAL_NOTICE_DRAFTED__INIT;

        if (!case_step_on(work, command->case_id, command->drafted_on, "drafted_on", &refusal) ||
            !loaded_control_of_case(work, command->case_id, &loaded, &refusal) ||
            !ladder_allows(loaded.record, LADDER_DRAFT, false, &refusal) || !case_stands(work, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        struct letter letter;
        if (!letter_of_case(work, &loaded, "formal_notice", &letter, &refusal))
                return reply_refusal(work, &refusal);

        body.case_id = loaded.record->case_id;
        body.obligation_id = loaded.record->obligation_id;
        body.contract_id = loaded.record->contract_id;
        body.drafted_on = day_to(work->arena, work->today);
        body.text = letter.text;
        body.texts_version = letter.version;
        body.to_confirm = letter.to_confirm.texts;
        body.n_to_confirm = letter.to_confirm.count;
        work_record(work, &body.base);

        Contracts__DraftFormalNoticeReply *reply =
                pb_new(&contracts__draft_formal_notice_reply__descriptor, work->arena);
        reply->text = letter.text;
        reply->to_confirm = letter.to_confirm.texts;
        reply->n_to_confirm = letter.to_confirm.count;
        return reply_ok(work, reply);
}

/* serve_formal_notice: the buyer signed the formal notice and sent it: the contradictory period begins.
 * Caller: the contract's buyer; facilitator (of one of the obligation's territories) or coordinator for it, with the
 * reference of the signed letter and who signed.  Emits: FormalNoticeServed.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (served_on, reference, signatory), WRONG_STATE (step missing). */
static bool may_serve(const struct work *work, const Contracts__ServeFormalNotice *command,
                      const struct loaded_control *loaded, struct refusal *ret_refusal)
{
        if (!ladder_allows(loaded->record, LADDER_SERVE, acts_as_buyer(work), ret_refusal))
                return false;
        struct day drafted_on = day_of(loaded->record->drafted_on);
        return day_follows(command->served_on, drafted_on, "served_on", ret_refusal) &&
               signed_by_buyer(work, command->reference, command->signatory, ret_refusal);
}

struct reply handle_serve_formal_notice(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ServeFormalNotice *command = (const Contracts__ServeFormalNotice *)message;
        struct refusal refusal;
        struct loaded_control loaded;

        if (!loaded_control_of_case(work, command->case_id, &loaded, &refusal) ||
            !may_serve(work, command, &loaded, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__FormalNoticeServed body = CONTRACTS__FORMAL_NOTICE_SERVED__INIT;
        struct day served_on = day_of(command->served_on);
        struct day until = notice_observe_until(loaded.rules, served_on, loaded.plan->contradictory_days);
        body.case_id = loaded.record->case_id;
        body.obligation_id = loaded.record->obligation_id;
        body.contract_id = loaded.record->contract_id;
        body.served_on = command->served_on;
        body.reference = command->reference;
        body.contradictory_until = day_to(work->arena, until);
        body.recorded_for_buyer = !acts_as_buyer(work);
        work_record_sealed(work, &body.base, sealed_signature(work, command->signatory));

        Contracts__ServeFormalNoticeReply *reply =
                pb_new(&contracts__serve_formal_notice_reply__descriptor, work->arena);
        reply->contradictory_until = body.contradictory_until;
        reply->answer_by =
                day_to(work->arena, notice_answer_by(loaded.rules, served_on, loaded.plan->answer_working_days));
        return reply_ok(work, reply);
}
