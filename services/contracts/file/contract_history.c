/* contract_history: the life of a contract, told from its events, oldest first.
 * Caller: facilitator, coordinator, auditor; the buyer of the contract, without what is not for buyers. */
#include "services/contracts/file/file.h"

#include "services/contracts/file/history.h"
#include "services/contracts/store/store.h"

static uint64_t number_of_cursor(const Types__Page *page)
{
        struct slice after = page_after(page);
        return after.size == sizeof(uint64_t) ? key_read_u64(after, 0) : 0;
}

static Contracts__ContractHistoryReply *page_of(struct work *work, struct history_walk *walk, uint32_t limit)
{
        Contracts__ContractHistoryReply *reply = pb_new(&contracts__contract_history_reply__descriptor, work->arena);
        struct slice last = {0};
        uint64_t number;

        while (contracts_history_next(walk, &number)) {
                if (page_ends(work, reply->n_lines, limit, last)) { /* there is more */
                        reply->next = pb_bytes(last);
                        break;
                }
                struct key cursor = key_of_u64(number);
                last = arena_copy_slice(work->arena, key_slice(&cursor));
                Contracts__HistoryLine *line = history_line(work, number);
                if (line == NULL)
                        continue;
                reply->lines = pb_append(reply->lines, &reply->n_lines, sizeof(*reply->lines), work->arena);
                reply->lines[reply->n_lines - 1] = line;
        }
        contracts_history_end(walk);
        return reply;
}

struct reply handle_contract_history(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ContractHistoryRequest *query = (const Contracts__ContractHistoryRequest *)message;
        struct id id = id_of(query->contract_id);
        struct history_walk walk;

        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
        if (record == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                                    "Ce contrat n'est pas connu : vérifiez son identifiant.");
        contracts_walk_history(work->txn, id, number_of_cursor(query->page), &walk);
        return reply_ok(work, page_of(work, &walk, page_limit(query->page)));
}
