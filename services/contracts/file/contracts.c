/* contracts: a page of contracts, newest first; of one buyer, by number.
 * Caller: facilitator, coordinator, auditor: all; buyer: its own. */
#include "services/contracts/file/file.h"

#include <string.h>

#include "services/contracts/access.h"
#include "services/contracts/file/contract.h"
#include "services/contracts/views.h"

/* Objects may be long: a page ends before it could outgrow a frame, however many lines were asked for. */
enum { PAGE_BYTES_MAX = 1024 * 1024 };

static Contracts__ContractsReply *page_of(struct work *work, struct walk *walk, uint32_t limit)
{
        Contracts__ContractsReply *reply = pb_new(&contracts__contracts_reply__descriptor, work->arena);
        struct slice last = {0};
        size_t bytes = 0;
        struct id id;

        while (contracts_walk_next(walk, &id)) {
                if (page_ends(work, bytes < PAGE_BYTES_MAX ? reply->n_contracts : limit, limit, last)) {
                        reply->next = pb_bytes(last); /* there is more */
                        break;
                }
                last = contracts_walk_cursor(walk, work->arena);
                const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
                if (record == NULL || !access_contract(work, id, record)) /* Security: private ones are for their own */
                        continue;
                reply->contracts =
                        pb_append(reply->contracts, &reply->n_contracts, sizeof(*reply->contracts), work->arena);
                reply->contracts[reply->n_contracts - 1] = view_contract_line(work, id, record);
                bytes += strlen(record->object) + strlen(record->buyer_name);
        }
        contracts_walk_end(walk);
        return reply;
}

struct reply handle_contracts(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ContractsRequest *query = (const Contracts__ContractsRequest *)message;
        char siret[SIRET_TEXT_SIZE];
        struct refusal refusal;
        struct walk walk;

        if (!access_buyer_asked(work, query->buyer_siret, siret, &refusal))
                return reply_refusal(work, &refusal);
        if (siret[0] == '\0' && query->number[0] != '\0')
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "number",
                                    "Un numéro ne désigne un contrat que chez son acheteur : donnez aussi le SIRET de "
                                    "l'acheteur.");
        if (siret[0] == '\0')
                contracts_walk_records(work->txn, page_after(query->page), &walk);
        else
                contracts_walk_records_of_buyer(work->txn, siret, query->number, page_after(query->page), &walk);
        return reply_ok(work, page_of(work, &walk, page_limit(query->page)));
}
