/* contract_by_id: a contract with its clauses and who owes their hours.
 * Caller: facilitator, coordinator, auditor; the buyer who published it; a company that owes hours of it. */
#include "services/contracts/handlers/handlers.h"

#include "services/contracts/access.h"
#include "services/contracts/contract.h"
#include "services/contracts/views.h"

static void add_clauses(struct work *work, struct id contract_id, Contracts__ContractView *view)
{
        struct walk walk;
        struct id id;

        contracts_walk_clauses_of_contract(work->txn, contract_id, &walk);
        while (contracts_walk_next(&walk, &id)) {
                Contracts__ClauseView *clause = view_clause(work, id);
                if (clause == NULL)
                        continue;
                view->clauses = pb_append(view->clauses, &view->n_clauses, sizeof(*view->clauses), work->arena);
                view->clauses[view->n_clauses - 1] = clause;
        }
        contracts_walk_end(&walk);
}

struct reply handle_contract_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ContractById *query = (const Contracts__ContractById *)message;
        struct id id = id_of(query->contract_id);
        Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);

        if (record == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                                    "Ce contrat n'est pas connu : vérifiez son identifiant ou importez-le.");
        /* Security: a buyer sees its own contracts, a company those of its obligations. */
        if (!access_contract(work, id, record))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "contract_id",
                                    "Ce contrat n'est pas le vôtre : seuls son acheteur, ses titulaires et les "
                                    "facilitateurs le consultent ici.");

        struct contract_current current = contract_current(record);
        Contracts__ContractView *view = pb_new(&contracts__contract_view__descriptor, work->arena);
        view->contract_id = id_to(work->arena, id);
        view->record = record;
        view->current_amount = (Types__Money *)(uintptr_t)current.amount;
        view->current_duration_months = current.duration_months;
        add_clauses(work, id, view);
        return reply_ok(work, view);
}
