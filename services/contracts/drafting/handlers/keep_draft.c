/* keep_draft: a piece, as it reads now, was handed to the buyer; kept word for word, so that what changes afterwards is
 * seen. Unchanged since the last time, it stays that version and nothing is emitted.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: DraftKept.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (lot, piece), WRONG_STATE (something is missing; the text is not the
 * one that was printed; declined). */
#include "contracts/calls.h"
#include "services/contracts/drafting/drafting.h"

#include "services/contracts/clauses/clause.h"
#include "services/contracts/drafting/draft.h"
#include "services/contracts/drafting/drafting_rows.h"
#include "services/contracts/record/contract.h"

static struct reply answer(struct work *work, const Contracts__DraftKept *kept)
{
        Contracts__KeepDraftReply *reply = pb_new(&contracts__keep_draft_reply__descriptor, work->arena);
        reply->draft_id = kept->draft_id;
        reply->number = kept->number;
        reply->hash = kept->hash;
        return reply_ok(work, reply);
}

static bool is_what_was_printed(const Contracts__KeepDraft *command, const struct draft *draft,
                                struct refusal *ret_refusal)
{
        if (command->hash.len == 0 || slice_equal(pb_slice(command->hash), draft->hash))
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "hash",
                      "Le texte a changé depuis qu'il a été imprimé : imprimez-le à nouveau avant de le remettre.");
}

struct reply handle_keep_draft(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__KeepDraft *command = (const Contracts__KeepDraft *)message;
        uint32_t lot = command->lot == 0 ? 1 : command->lot;
        struct loaded_contract loaded;
        struct refusal refusal;
        struct draft draft;

        if (!loaded_contract_find(work, command->contract_id, &loaded, &refusal) ||
            !contract_admits(loaded.file, &refusal) ||
            !draft_make(work, &loaded, (struct piece){lot, command->piece}, &draft, &refusal) ||
            !is_what_was_printed(command, &draft, &refusal))
                return reply_refusal(work, &refusal);

        const Contracts__DraftRow *last = draft_last(work->txn, work->arena, loaded.id, lot, command->piece);
        if (last != NULL && slice_equal(draft.hash, pb_slice(last->kept->hash)))
                return answer(work, last->kept);
        Contracts__DraftKept body = CONTRACTS__DRAFT_KEPT__INIT;
        body.draft_id = id_to(work->arena, work_new_id(work));
        body.contract_id = command->contract_id;
        body.lot = lot;
        body.piece = command->piece;
        body.number = last == NULL ? 1 : last->kept->number + 1;
        body.library_version = draft.library->version;
        body.hours = (Types__Hours *)(uintptr_t)draft.hours;
        body.hash = pb_bytes(draft.hash);
        work_record_sealed(work, &body.base, slice_of_text(draft.worded.text)); /* it names the facilitator */
        return answer(work, &body);
}
