/* record_reminder: a reminder went to the company: one of the calendar's before or after the date of a statement, or
 * one in a case. Gives the letter. Caller: facilitator (of one of the obligation's territories), coordinator.  Emits:
 * ReminderSent. Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (period_end, sent_on), WRONG_STATE (no plan; the
 * statement is complete; the case is further), ALREADY_EXISTS (this one was sent). */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "services/contracts/control/ladder.h"
#include "services/contracts/control/letters.h"

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
        if (loaded_control_missing(loaded, row, work->arena, &missing) == 0)
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

        if (id_is_zero(id_of(command->case_id)) ? !of_statement(work, command, &loaded, &body, &refusal)
                                                : !of_case(work, command, &loaded, &body, &refusal))
                return reply_refusal(work, &refusal);
        Contracts__CaseGround ground =
                loaded.record != NULL ? loaded.record->ground : CONTRACTS__CASE_GROUND__LATE_STATEMENT;
        char *text = letter_reminder(work, &loaded, ground, body.period_end, &refusal);
        if (text == NULL)
                return reply_refusal(work, &refusal);

        body.obligation_id = loaded.obligation->obligation_id;
        body.contract_id = loaded.obligation->contract_id;
        body.sent_on = command->sent_on;
        work_record(work, &body.base);

        Contracts__RecordReminderReply *reply = pb_new(&contracts__record_reminder_reply__descriptor, work->arena);
        reply->offset_days = body.offset_days;
        reply->text = text;
        return reply_ok(work, reply);
}
