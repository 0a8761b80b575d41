/* contracts: a page of contracts, newest first; of one buyer, by number.
 * Caller: facilitator, coordinator, auditor: all; buyer: its own. */
#include "contracts/calls.h"

#include <string.h>

#include "common/service/page.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/page/contract_views.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

struct reply handle_contracts(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ContractsRequest *query = (const Contracts__ContractsRequest *)message;
        char siret[SIRET_TEXT_SIZE];
        Contracts__ContractsReply *reply = pb_new(&contracts__contracts_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct refusal refusal;
        struct walk walk;
        struct id id;

        if (!access_buyer_asked(work, query->buyer_siret, siret, &refusal))
                return reply_refusal(work, &refusal);
        if (siret[0] == '\0' && query->number[0] != '\0')
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "number",
                                    "Un numéro ne désigne un contrat que chez son acheteur : donnez aussi le SIRET de "
                                    "l'acheteur.");
        if (siret[0] == '\0')
                contracts_walk_records(work->txn, page.after, &walk);
        else
                contracts_walk_records_of_buyer(work->txn, siret, query->number, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
                if (record != NULL && access_contract(work, id, record)) /* Security: private ones are for their own */
                        page_add(&page, view_contract_line(work, id, record));
        }
        return page_reply(&page);
}
