/* Of contracts: which are private, whenever their kind was set right, and which contract a need is of. */
#include "contracts/events.pb-c.h"
#include "services/notifications/copies/copies.h"
#include "services/notifications/store.h"

static void copy_kind(struct txn *txn, const Types__Id *contract, const Contracts__ContractRecord *record)
{
        store_set_private_contract(txn, id_of(contract), record->kind == CONTRACTS__CONTRACT_KIND__PRIVATE);
}

void copy_from_contracts(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Contracts__Event *body = event->body;
        (void)arena;
        if (body->body_case == CONTRACTS__EVENT__BODY_CONTRACT_OPENED)
                copy_kind(txn, body->contract_opened->contract_id, body->contract_opened->record);
        else if (body->body_case == CONTRACTS__EVENT__BODY_CONTRACT_AMENDED)
                copy_kind(txn, body->contract_amended->contract_id, body->contract_amended->record);
        else if (body->body_case == CONTRACTS__EVENT__BODY_NEED_DECLARED)
                store_put_need(txn, id_of(body->need_declared->need_id), id_of(body->need_declared->contract_id));
}
