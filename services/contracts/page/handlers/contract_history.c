/* contract_history: the life of a contract, told from its events, oldest first.
 * Caller: facilitator, coordinator, auditor; the buyer of the contract, without what is not for buyers. */
#include "contracts/calls.h"

#include "common/service/page.h"
#include "services/contracts/page/history.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

struct reply handle_contract_history(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ContractHistoryRequest *query = (const Contracts__ContractHistoryRequest *)message;
        struct id id = id_of(query->contract_id);
        Contracts__ContractHistoryReply *reply = pb_new(&contracts__contract_history_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;

        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
        if (record == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                                    "Ce contrat n'est pas connu : vérifiez son identifiant.");
        contracts_walk_history(work->txn, id, page.after, &walk);
        while (page_step(&page, &walk)) {
                Contracts__HistoryLine *line = history_line(work, walk_number(&walk));
                if (line != NULL)
                        page_add(&page, line);
        }
        return page_reply(&page);
}
