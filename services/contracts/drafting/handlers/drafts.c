/* drafts: what was handed to the buyer of a contract, oldest first, and what would read otherwise today.
 * Caller: facilitator, coordinator, auditor; the buyer of the contract. */
#include "contracts/calls.h"
#include "services/contracts/drafting/drafting.h"

#include "services/contracts/drafting/draft.h"
#include "services/contracts/drafting/drafting_rows.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

struct reply handle_drafts(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DraftsRequest *query = (const Contracts__DraftsRequest *)message;
        struct loaded_contract loaded;
        struct refusal refusal;
        struct walk walk;
        struct id id;

        /* Security: a buyer reads the documents of its own contracts. */
        if (!loaded_contract_find(work, query->contract_id, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        Contracts__DraftsReply *reply = pb_new(&contracts__drafts_reply__descriptor, work->arena);
        contracts_about_walk(work->txn, loaded.id, ABOUT_DRAFT, &walk);
        while (walk_next(&walk, &id)) {
                const Contracts__DraftRow *row = draft_find(work->txn, work->arena, id);
                if (row == NULL)
                        continue;
                reply->drafts = pb_append(reply->drafts, &reply->n_drafts, sizeof(*reply->drafts), work->arena);
                reply->drafts[reply->n_drafts - 1] = draft_view(work, &loaded, row);
        }
        walk_end(&walk);
        return reply_ok(work, reply);
}
