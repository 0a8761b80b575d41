/* contract_by_id: a contract with its clauses and who owes their hours.
 * Caller: facilitator, coordinator, auditor; the buyer who published it; a company that owes hours of it. */
#include "contracts/calls.h"

#include "services/contracts/page/contract_views.h"
#include "services/contracts/record/record_rows.h"

struct reply handle_contract_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ContractById *query = (const Contracts__ContractById *)message;
        struct id id = id_of(query->contract_id);
        Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);

        if (record == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                                    "Ce contrat n'est pas connu : vérifiez son identifiant ou importez-le.");

        return reply_ok(work, view_contract(work, id, record));
}
