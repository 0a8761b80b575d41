/* put_clause: a clause on a lot of a contract, with the hours that the calculation gives.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: ClausePut.
 * Refuses: NOT_FOUND (contract), INVALID_FIELD (lot, calibration, territories), NOT_ALLOWED, WRONG_STATE (somebody owes
 * the hours already). The same clause put again answers the same and emits nothing. */
#include "contracts/calls.h"
#include "services/contracts/clauses/clauses.h"

#include "services/contracts/clauses/clause.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/clauses/putting.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

static struct reply answer(struct work *work, const Contracts__ClausePut *clause)
{
        Contracts__PutClauseReply *reply = pb_new(&contracts__put_clause_reply__descriptor, work->arena);
        reply->clause_id = clause->clause_id;
        reply->hours = clause->hours;
        return reply_ok(work, reply);
}

static bool is_owed(const struct work *work, struct id clause_id)
{
        struct walk walk;
        struct id id;
        contracts_walk_obligations_of_clause(work->txn, clause_id, &walk);
        bool owed = walk_next(&walk, &id);
        walk_end(&walk);
        return owed;
}

/* Where the persons are to be found, as the clause says it, else as its contract does. */
static void take_territories(Contracts__PutClause *asked, const Contracts__ContractFile *file)
{
        if (asked->n_territories > 0 || file == NULL)
                return;
        asked->territories = file->territories;
        asked->n_territories = file->n_territories;
}

struct reply handle_put_clause(struct work *work, const ProtobufCMessage *message)
{
        Contracts__PutClause command = *(const Contracts__PutClause *)message;
        Contracts__ClausePut *clause = pb_new(&contracts__clause_put__descriptor, work->arena);
        struct id contract_id = id_of(command.contract_id), clause_id;
        struct refusal refusal;

        const Contracts__ContractRecord *contract = contracts_record_find(work->txn, work->arena, contract_id);
        if (contract == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                                    "Ce contrat n'est pas connu : importez-le d'abord.");
        const Contracts__ContractFile *file = contracts_file_find(work->txn, work->arena, contract_id);
        take_territories(&command, file);
        if (!contract_admits(file, &refusal) || !contract_check_lot(file, command.lot, &refusal) ||
            !putting_decide(work, &command, contract, clause, &refusal))
                return reply_refusal(work, &refusal);

        bool is_known = contracts_clause_of_lot(work->txn, contract_id, command.lot, &clause_id);
        if (!is_known)
                clause_id = work_new_id(work);
        clause->clause_id = id_to(work->arena, clause_id);
        if (is_known) {
                const Contracts__ClausePut *known = contracts_clause_find(work->txn, work->arena, clause_id);
                if (known != NULL && clause_says_same(known, clause, work->arena))
                        return answer(work, known);
                if (!clause_may_change(is_owed(work, clause_id), &refusal))
                        return reply_refusal(work, &refusal);
        }
        work_record(work, &clause->base);
        return answer(work, clause);
}
