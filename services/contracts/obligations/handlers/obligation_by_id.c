/* obligation_by_id: what a company owes, and the entries of its ledger, oldest first.
 * Caller: facilitator, coordinator, auditor; the contract's buyer; the company that owes. */
#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include "services/contracts/ledger/ledger.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/members.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/obligations/obligations_views.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

/* The newest of them: more would be more rows than a query may look at. Their numbers tell that there are others. */
enum { ENTRIES_MAX = 2000 };

static void add_entries(struct work *work, struct id obligation_id, Contracts__ObligationView *view)
{
        struct ledger ledger = contracts_ledger(work->txn, work->arena, obligation_id);
        uint32_t from = ledger.entries > ENTRIES_MAX ? ledger.entries - ENTRIES_MAX + 1 : 1;
        Contracts__LedgerEntry *entry;
        struct walk walk;

        contracts_walk_entries(work->txn, obligation_id, from, &walk);
        while ((entry = contracts_walk_next_entry(&walk, work->arena)) != NULL) {
                view->entries = pb_append(view->entries, &view->n_entries, sizeof(*view->entries), work->arena);
                view->entries[view->n_entries - 1] = entry;
        }
        walk_end(&walk);
}

/* Forecast against due: what the orders should have made by now, and the orders and invoices themselves. */
static void add_framework(struct work *work, struct id obligation_id, Contracts__ObligationView *view)
{
        Contracts__ContractOrder *order;
        struct refusal ignored;
        struct loaded_obligation loaded;
        struct walk walk;

        if (!view->by_invoices || !loaded_obligation_find(work, view->obligation_id, "", &loaded, &ignored))
                return;
        view->forecast_to_date = hours_to(work->arena, members_forecast_on(work, &loaded, work->today));
        contracts_about_walk(work->txn, id_of(view->contract_id), ABOUT_ORDER, &walk);
        while ((order = obligations_next_order(&walk, work->txn, work->arena, obligation_id)) != NULL) {
                view->orders = pb_append(view->orders, &view->n_orders, sizeof(*view->orders), work->arena);
                view->orders[view->n_orders - 1] = order;
        }
        walk_end(&walk);
}

struct reply handle_obligation_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ObligationById *query = (const Contracts__ObligationById *)message;
        struct id id = id_of(query->obligation_id);
        const Contracts__ObligationRecorded *obligation = contracts_obligation_find(work->txn, work->arena, id);

        if (obligation == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "obligation_id",
                                    "Cette obligation n'est pas connue : vérifiez son identifiant.");
        Contracts__ObligationView *view = view_of_obligation(work, obligation);
        add_entries(work, id, view);
        add_framework(work, id, view);
        return reply_ok(work, view);
}
