/* close_need: nobody is looked for any more: the positions are filled, or the company withdraws the need.
 * Caller: company (its own), facilitator (the need's department), coordinator.  Emits: NeedClosed.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (state, reason, filled), WRONG_STATE (closed already). */
#include "contracts/calls.h"
#include "services/contracts/needs/needs.h"

#include "services/contracts/needs/need.h"
#include "services/contracts/needs/needs_rows.h"

static bool may_close(const Contracts__CloseNeed *command, const Contracts__NeedRow *row, struct refusal *ret_refusal)
{
        bool is_filled = command->state == CONTRACTS__NEED_STATE__NEED_FILLED;
        if (row->state != CONTRACTS__NEED_STATE__NEED_OPEN)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "need_id",
                              "Ce besoin est déjà clos : déclarez-en un nouveau s'il le faut.");
        if (!is_filled && command->state != CONTRACTS__NEED_STATE__NEED_WITHDRAWN)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "state",
                              "Dites s'il est pourvu (NEED_FILLED) ou retiré (NEED_WITHDRAWN).");
        if (command->filled > row->need->positions)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "filled",
                              "Le besoin ne compte que %u postes : corrigez le nombre de personnes trouvées.",
                              row->need->positions);
        return is_filled || !text_is_empty(command->reason) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason",
                      "Dites pourquoi le besoin est retiré : ceux qui cherchent des personnes le liront.");
}

struct reply handle_close_need(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__CloseNeed *command = (const Contracts__CloseNeed *)message;
        const Contracts__NeedRow *row = needs_find(work->txn, work->arena, id_of(command->need_id));
        struct refusal refusal;

        if (row == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "need_id",
                                    "Ce besoin n'est pas connu : vérifiez son identifiant.");
        if (!may_close(command, row, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__NeedClosed body = CONTRACTS__NEED_CLOSED__INIT;
        bool all = command->state == CONTRACTS__NEED_STATE__NEED_FILLED && command->filled == 0;
        body.contract_id = row->need->contract_id;
        body.need_id = row->need->need_id;
        body.state = command->state;
        body.reason = command->reason;
        body.filled = all ? row->need->positions : command->filled;
        body.closed_on = day_to(work->arena, work->today);
        work_record(work, &body.base);

        Contracts__CloseNeedReply *reply = pb_new(&contracts__close_need_reply__descriptor, work->arena);
        reply->need_id = body.need_id;
        return reply_ok(work, reply);
}
