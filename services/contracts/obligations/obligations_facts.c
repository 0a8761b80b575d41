#include "services/contracts/obligations/obligations.h"

#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

/* Security: a contractor sees what concerns its own obligations, as in the rest of the page. */
static bool sees(const struct work *work, const Types__Id *obligation_id)
{
        if (work->actor->role != TYPES__ROLE__COMPANY)
                return true;
        const Contracts__ObligationRecorded *obligation =
                contracts_obligation_find(work->txn, work->arena, id_of(obligation_id));
        return obligation != NULL && access_obligation(work, obligation);
}

static void add_transfers(const struct work *work, struct id contract, Contracts__ContractFactsReply *reply)
{
        struct walk walk;
        struct id id;

        contracts_about_walk(work->txn, contract, ABOUT_TRANSFER, &walk);
        while (walk_next(&walk, &id)) {
                Contracts__TransferView *transfer = obligations_transfer_find(work->txn, work->arena, id);
                if (transfer == NULL ||
                    !(sees(work, transfer->from_obligation_id) || sees(work, transfer->to_obligation_id)))
                        continue;
                reply->transfers =
                        pb_append(reply->transfers, &reply->n_transfers, sizeof(*reply->transfers), work->arena);
                reply->transfers[reply->n_transfers - 1] = transfer;
        }
        walk_end(&walk);
}

/* The last ones: a framework agreement may have hundreds; all of them are on ObligationById. */
enum { ORDERS_SHOWN = 50 };

static void add_orders(const struct work *work, struct id contract, Contracts__ContractFactsReply *reply)
{
        struct walk walk;
        struct id id;

        contracts_about_walk_backwards(work->txn, contract, ABOUT_ORDER, slice_of(NULL, 0), &walk);
        while (reply->n_orders < ORDERS_SHOWN && walk_next(&walk, &id)) {
                Contracts__ContractOrder *order = obligations_order_find(work->txn, work->arena, id);
                if (order == NULL || !sees(work, order->obligation_id))
                        continue;
                reply->orders = pb_append(reply->orders, &reply->n_orders, sizeof(*reply->orders), work->arena);
                reply->orders[reply->n_orders - 1] = order;
        }
        walk_end(&walk);
}

void obligations_add_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply)
{
        add_transfers(work, of->contract, reply);
        add_orders(work, of->contract, reply);
}
