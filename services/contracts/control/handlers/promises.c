/* promises.c: what is done of an offer's promises, and until when they are to be kept. */
#include "contracts/calls.h"

#include "services/contracts/control/promises.h"
#include "services/contracts/obligations/obligations_rows.h"

enum { STEPS_MAX = 200 }; /* of one obligation: its row is read and written whole */

static bool find_promise(const struct work *work, const Types__Id *obligation, Contracts__PromiseKind kind,
                         struct loaded_control *loaded, struct refusal *ret_refusal)
{
        return loaded_control_of_obligation(work, obligation, loaded, ret_refusal) &&
               (promise_view(work, loaded, kind) != NULL ||
                refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "kind",
                       "L'offre retenue de cette entreprise ne promet rien de tel : relisez ses engagements sur la "
                       "fiche du contrat."));
}

static bool has_room(const struct work *work, const Types__Id *obligation, struct refusal *ret_refusal)
{
        const Contracts__CommitmentRow *row = commitment_find(work->txn, work->arena, id_of(obligation));
        return row == NULL || row->n_steps + row->n_dates < STEPS_MAX ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                      "Déjà %d étapes sont notées pour ces engagements : regroupez les suivantes.", STEPS_MAX);
}

/* record_promise: something of a promise was done, on a day, as a paper shows: hours of training, or a step of the
 * others, which one of them fulfils.
 * Caller: facilitator (of one of the obligation's territories), coordinator.  Emits: PromiseDone.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (kind, done_on, hours, proof, whole), WRONG_STATE (too many). */
static bool check_quantity(const Contracts__RecordPromise *command, struct refusal *ret_refusal)
{
        bool is_training = command->kind == CONTRACTS__PROMISE_KIND__TRAINING_PROMISE;
        bool has_hours = hours_hundredths(hours_of(command->hours)) > 0;
        if (is_training != has_hours)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "hours",
                              is_training ? "Donnez les heures de formation réalisées ce jour-là."
                                          : "Seule la formation se compte en heures : laissez vide.");
        return !is_training || !command->whole ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "whole",
                      "Une formation est tenue par ses heures : laissez vide.");
}

struct reply handle_record_promise(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RecordPromise *command = (const Contracts__RecordPromise *)message;
        struct loaded_control loaded;
        struct refusal refusal;

        if (!find_promise(work, command->obligation_id, command->kind, &loaded, &refusal) ||
            !check_quantity(command, &refusal) || !has_room(work, command->obligation_id, &refusal))
                return reply_refusal(work, &refusal);
        Contracts__PromiseDone body = CONTRACTS__PROMISE_DONE__INIT;
        body.contract_id = loaded.obligation->contract_id;
        body.obligation_id = loaded.obligation->obligation_id;
        body.kind = command->kind;
        body.done_on = command->done_on;
        body.hours = command->hours;
        body.proof = command->proof;
        body.whole = command->whole;
        work_record(work, &body.base);

        Contracts__RecordPromiseReply *reply = pb_new(&contracts__record_promise_reply__descriptor, work->arena);
        reply->promise = promise_view(work, &loaded, command->kind);
        return reply_ok(work, reply);
}

/* date_promise: until when a promise is to be kept, where it is not the end of the execution. Of two days the one that
 * was agreed on last holds.
 * Caller: facilitator (of one of the obligation's territories), coordinator.  Emits: PromiseDated.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (kind, due_on, reason, agreed_on), WRONG_STATE (too many). */
struct reply handle_date_promise(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DatePromise *command = (const Contracts__DatePromise *)message;
        struct loaded_control loaded;
        struct refusal refusal;

        if (!find_promise(work, command->obligation_id, command->kind, &loaded, &refusal) ||
            !has_room(work, command->obligation_id, &refusal) ||
            (loaded.has_span && !day_follows(command->due_on, loaded.span.start, "due_on", &refusal)))
                return reply_refusal(work, &refusal);
        Contracts__PromiseDated body = CONTRACTS__PROMISE_DATED__INIT;
        body.contract_id = loaded.obligation->contract_id;
        body.obligation_id = loaded.obligation->obligation_id;
        body.kind = command->kind;
        body.due_on = command->due_on;
        body.reason = command->reason;
        body.agreed_on = command->agreed_on != NULL ? command->agreed_on : day_to(work->arena, work->today);
        work_record(work, &body.base);

        Contracts__DatePromiseReply *reply = pb_new(&contracts__date_promise_reply__descriptor, work->arena);
        reply->promise = promise_view(work, &loaded, command->kind);
        return reply_ok(work, reply);
}
