/* draft_by_id: a draft that was handed over, word for word.
 * Caller: facilitator, coordinator, auditor; the buyer of the contract.  Refuses: NOT_FOUND, NOT_ALLOWED. */
#include "contracts/calls.h"
#include "services/contracts/drafting/drafting.h"

#include "services/contracts/drafting/draft.h"
#include "services/contracts/drafting/drafting_rows.h"

struct reply handle_draft_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DraftById *query = (const Contracts__DraftById *)message;
        const Contracts__DraftRow *row = draft_find(work->txn, work->arena, id_of(query->draft_id));
        struct loaded_contract loaded;
        struct refusal refusal;

        if (row == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "draft_id",
                                    "Cette version n'est pas connue : cherchez-la dans la liste des pièces remises.");
        /* Security: a buyer reads the documents of its own contracts. */
        if (!loaded_contract_find(work, row->kept->contract_id, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        Contracts__DraftView *view = draft_view(work, &loaded, row);
        view->text = row->text;
        return reply_ok(work, view);
}
