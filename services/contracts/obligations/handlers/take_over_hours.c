/* take_over_hours: hours done before we followed the contract, month by month. They are in the ledger as validated ones
 * are (DUE -> DONE, CONVERTED), until tracking tells of their month. A line told again replaces what it said; the same
 * again records nothing. Caller: facilitator (of one of the obligation's departments), coordinator. Emits:
 * HoursTakenOver.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (hours: month outside the contract, a reference that is a name or a
 * number of a person, more than a month holds, a structure that is missing, a line twice), WRONG_STATE (tracking told
 * of the month). */
#include "contracts/calls.h"

#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/taking_over.h"

/* "hours.month" of the third: "hours[2].month". */
static const char *field_at(const struct work *work, const struct refusal *refusal, size_t at)
{
        static const char list[] = "hours";
        return arena_printf(work->arena, "%s[%zu]%s", list, at, refusal->field + sizeof(list) - 1);
}

struct reply handle_take_over_hours(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__TakeOverHours *command = (const Contracts__TakeOverHours *)message;
        struct loaded_obligation loaded;
        const struct hours_told told = {command->hours, command->n_hours};
        struct taking_over taken;
        struct refusal refusal;

        if (!loaded_obligation_find(work, command->obligation_id, "obligation_id", &loaded, &refusal))
                return reply_refusal(work, &refusal);
        if (!taking_over(work, &loaded, &told, &taken, &refusal))
                return reply_refuse(work, refusal.code, field_at(work, &refusal, taken.at), "%s", refusal.text);
        if (taken.body->n_lines > 0) {
                taken.body->taken_over_on =
                        command->taken_over_on != NULL ? command->taken_over_on : day_to(work->arena, work->today);
                work_record(work, &taken.body->base);
        }
        struct ledger ledger = contracts_ledger(work->txn, work->arena, loaded.id);
        Contracts__TakeOverHoursReply *reply = pb_new(&contracts__take_over_hours_reply__descriptor, work->arena);
        reply->remaining = hours_to(work->arena, ledger.balance[ACCOUNT_DUE]);
        reply->warnings = taken.warnings;
        reply->n_warnings = taken.warning_count;
        return reply_ok(work, reply);
}
