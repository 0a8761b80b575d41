/* put_group_buyers: who buys by the contract besides its buyer: the members of a grouping of orders, or those for whom
 * a central purchasing body buys. Each member reads the contract, records its own orders and invoices, reads its part.
 * Caller: facilitator (of one of the contract's departments), coordinator.  Emits: GroupBuyersPut.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (form, buyers, agreed_on), WRONG_STATE (declined; a member that has
 * ordered or was invoiced is left out). */
#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include <string.h>

#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/record/buyers.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/loaded_contract.h"

static bool is_named(const Contracts__PutGroupBuyers *command, const char *siret, size_t until)
{
        for (size_t i = 0; i < until; i++)
                if (strcmp(command->buyers[i]->siret, siret) == 0)
                        return true;
        return false;
}

static bool are_others(const Contracts__PutGroupBuyers *command, const Contracts__ContractRecord *record,
                       struct refusal *ret_refusal)
{
        for (size_t i = 0; i < command->n_buyers; i++)
                if (strcmp(command->buyers[i]->siret, record->buyer_siret) == 0 ||
                    is_named(command, command->buyers[i]->siret, i))
                        return refuse(
                                ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "buyers.siret",
                                "Le SIRET %s est celui de l'acheteur du contrat, ou s'y trouve deux fois : donnez "
                                "les autres acheteurs, chacun une fois.",
                                command->buyers[i]->siret);
        return true;
}

/* What somebody ordered stays somebody's. */
static bool leaves_nobody(const struct work *work, const Contracts__PutGroupBuyers *command,
                          struct refusal *ret_refusal)
{
        struct walk walk;
        struct id id;
        bool stays = true;

        contracts_about_walk(work->txn, id_of(command->contract_id), ABOUT_ORDER, &walk);
        while (stays && walk_next(&walk, &id)) {
                const Contracts__ContractOrder *order = obligations_order_find(work->txn, work->arena, id);
                stays = order == NULL || *order->buyer_siret == '\0' ||
                        is_named(command, order->buyer_siret, command->n_buyers) ||
                        refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "buyers",
                               "L'acheteur de SIRET %s a la pièce « %.60s » sur ce contrat : gardez-le parmi les "
                               "membres, ou annulez d'abord ses commandes et factures (WithdrawAct).",
                               order->buyer_siret, order->number);
        }
        walk_end(&walk);
        return stays;
}

struct reply handle_put_group_buyers(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__PutGroupBuyers *command = (const Contracts__PutGroupBuyers *)message;
        Contracts__GroupBuyersPut body = CONTRACTS__GROUP_BUYERS_PUT__INIT;
        struct loaded_contract contract;
        struct refusal refusal;

        if (!loaded_contract_find(work, command->contract_id, &contract, &refusal) ||
            !contract_admits(contract.file, &refusal) || !are_others(command, contract.record, &refusal) ||
            !leaves_nobody(work, command, &refusal))
                return reply_refusal(work, &refusal);

        body.contract_id = command->contract_id;
        body.former = contract.file == NULL ? NULL : contract.file->group_buyers;
        body.group = pb_new(&contracts__group_buyers__descriptor, work->arena);
        body.group->form = command->form;
        body.group->buyers = command->buyers;
        body.group->n_buyers = command->n_buyers;
        body.group->reference = command->reference;
        body.group->agreed_on = command->agreed_on;
        work_record(work, &body.base);

        Contracts__PutGroupBuyersReply *reply = pb_new(&contracts__put_group_buyers_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        return reply_ok(work, reply);
}
