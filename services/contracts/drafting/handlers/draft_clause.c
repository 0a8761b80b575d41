/* draft_clause: a piece of a lot's clause in words, as it reads now.
 * Caller: facilitator, coordinator, auditor; the buyer of the contract.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (lot, piece), WRONG_STATE (what is missing, all of it named). */
#include "contracts/calls.h"
#include "services/contracts/drafting/drafting.h"

#include "services/contracts/clauses/clause.h"
#include "services/contracts/drafting/draft.h"
#include "services/contracts/drafting/drafting_rows.h"

struct reply handle_draft_clause(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DraftClause *query = (const Contracts__DraftClause *)message;
        uint32_t lot = query->lot == 0 ? 1 : query->lot;
        struct loaded_contract loaded;
        struct refusal refusal;
        struct draft draft;

        /* Security: a buyer reads the documents of its own contracts. */
        if (!loaded_contract_find(work, query->contract_id, &loaded, &refusal) ||
            !draft_make(work, &loaded, (struct piece){lot, query->piece}, &draft, &refusal))
                return reply_refusal(work, &refusal);

        const Contracts__DraftRow *last = draft_last(work->txn, work->arena, loaded.id, lot, query->piece);
        Contracts__DraftClauseReply *reply = pb_new(&contracts__draft_clause_reply__descriptor, work->arena);
        reply->title = (char *)(uintptr_t)draft.worded.title;
        reply->text = draft.worded.text;
        reply->library_version = draft.library->version;
        reply->source = draft.library->source;
        reply->hash = pb_bytes(draft.hash);
        reply->kept_number = last == NULL ? 0 : last->kept->number;
        reply->changed = last != NULL && !slice_equal(draft.hash, pb_slice(last->kept->hash));
        reply->to_confirm = draft.worded.to_confirm;
        reply->n_to_confirm = draft.worded.to_confirm_count;
        return reply_ok(work, reply);
}
