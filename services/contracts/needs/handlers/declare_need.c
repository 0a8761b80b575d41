/* declare_need: a company looks for people to do the hours it owes. The event wakes the prescribers of the territory.
 * Caller: company (its own obligations), facilitator (the department where the work is), coordinator.
 * Emits: NeedDeclared.  Refuses: NOT_FOUND (obligation), NOT_ALLOWED, INVALID_FIELD (trade, title, positions, dates,
 * commune, modality, conditions, partner), WRONG_STATE (the contract has ended). */
#include "contracts/calls.h"
#include "services/contracts/needs/needs.h"

#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/needs/need.h"
#include "services/contracts/needs/need_content.h"
#include "services/contracts/record/record_rows.h"

static bool has_ended(const struct work *work, const Contracts__ObligationRecorded *obligation)
{
        const Contracts__ContractFile *file =
                contracts_file_find(work->txn, work->arena, id_of(obligation->contract_id));
        return file != NULL && file->stage == CONTRACTS__CONTRACT_STAGE__ENDED;
}

struct reply handle_declare_need(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DeclareNeed *command = (const Contracts__DeclareNeed *)message;
        Contracts__NeedDeclared *need;
        struct refusal refusal;

        const Contracts__ObligationRecorded *obligation =
                contracts_obligation_find(work->txn, work->arena, id_of(command->obligation_id));
        if (obligation == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "obligation_id",
                                    "Cette obligation n'est pas connue : choisissez-la dans la liste de vos marchés.");
        if (has_ended(work, obligation))
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                                    "Le contrat est terminé : ses heures sont arrêtées, il n'y a plus de besoin à "
                                    "déclarer.");
        struct need_said said = {command, obligation, NULL};
        if (!need_content(work, &said, &need, &refusal))
                return reply_refusal(work, &refusal);

        need->need_id = id_to(work->arena, work_new_id(work));
        work_record(work, &need->base);

        Contracts__DeclareNeedReply *reply = pb_new(&contracts__declare_need_reply__descriptor, work->arena);
        reply->need_id = need->need_id;
        reply->territory = need->territory;
        reply->next_step = need_next_step(command, work->arena);
        return reply_ok(work, reply);
}
