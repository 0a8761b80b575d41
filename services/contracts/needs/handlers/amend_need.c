/* amend_need: a need changes while people are looked for: dates, number, conditions, the partner chosen.
 * Caller: company (its own), facilitator (the department where the work is), coordinator.
 * Emits: NeedAmended, or nothing where nothing changes.  Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (need, its
 * fields, reason), WRONG_STATE (closed). */
#include "contracts/calls.h"
#include "services/contracts/needs/needs.h"

#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/needs/need.h"
#include "services/contracts/needs/need_content.h"

static bool may_amend(const Contracts__AmendNeed *command, const Contracts__NeedRow *row, struct refusal *ret_refusal)
{
        if (row->state != CONTRACTS__NEED_STATE__NEED_OPEN)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "need_id",
                              "Ce besoin est clos : déclarez-en un nouveau.");
        if (command->need->obligation_id != NULL &&
            !id_equal(id_of(command->need->obligation_id), id_of(row->need->obligation_id)))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "need.obligation_id",
                              "Un besoin reste celui de la même obligation : clôturez-le et déclarez-en un pour "
                              "l'autre.");
        return true;
}

static void record_amendment(struct work *work, const Contracts__AmendNeed *command, const Contracts__NeedDeclared *old,
                             Contracts__NeedDeclared *need)
{
        Contracts__NeedAmended body = CONTRACTS__NEED_AMENDED__INIT;
        body.contract_id = need->contract_id;
        body.need_id = need->need_id;
        body.need = need;
        body.reason = command->reason;
        body.former_positions = old->positions;
        body.former_territory = old->territory;
        work_record(work, &body.base);
}

struct reply handle_amend_need(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AmendNeed *command = (const Contracts__AmendNeed *)message;
        const Contracts__NeedRow *row = needs_find(work->txn, work->arena, id_of(command->need_id));
        const Contracts__ObligationRecorded *obligation =
                row == NULL ? NULL : contracts_obligation_find(work->txn, work->arena, id_of(row->need->obligation_id));
        Contracts__NeedDeclared *need;
        struct refusal refusal;

        if (obligation == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "need_id",
                                    "Ce besoin n'est pas connu : vérifiez son identifiant.");
        struct need_said said = {command->need, obligation, row->need};
        if (!may_amend(command, row, &refusal) || !need_content(work, &said, &need, &refusal))
                return reply_refusal(work, &refusal);
        need->need_id = row->need->need_id;
        if (!slice_equal(pb_encode(need, work->arena), pb_encode(row->need, work->arena)))
                record_amendment(work, command, row->need, need);

        Contracts__AmendNeedReply *reply = pb_new(&contracts__amend_need_reply__descriptor, work->arena);
        reply->need_id = need->need_id;
        reply->territory = need->territory;
        reply->next_step = need_next_step(command->need, work->arena);
        return reply_ok(work, reply);
}
