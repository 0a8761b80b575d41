/* put_draft_items: what the documents of a lot, or of all lots, must say besides the hours.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: DraftItemsPut.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (lot, items), WRONG_STATE (declined). The same again emits nothing. */
#include "contracts/calls.h"
#include "services/contracts/drafting/drafting.h"

#include "services/contracts/clauses/clause.h"
#include "services/contracts/drafting/draft.h"
#include "services/contracts/drafting/drafting_rows.h"
#include "services/contracts/drafting/items.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/contract.h"

/* The facilitator's contact names a person: it is kept beside the event, which is published without it. */
static void record_items(struct work *work, const Contracts__PutDraftItems *command)
{
        Contracts__DraftItemsPut body = CONTRACTS__DRAFT_ITEMS_PUT__INIT;
        Contracts__DraftItems published = *command->items;
        struct slice sealed = command->items->facilitator == NULL
                                      ? slice_of(NULL, 0)
                                      : pb_encode(command->items->facilitator, work->arena);

        published.facilitator = NULL;
        body.contract_id = command->contract_id;
        body.lot = command->lot;
        body.items = &published;
        work_record_sealed(work, &body.base, sealed);
}

static bool says_same(struct work *work, const struct loaded_contract *loaded, const Contracts__PutDraftItems *command)
{
        const Contracts__DraftItems *known = draft_items_find(work->txn, work->arena, loaded->id, command->lot);
        return known != NULL && slice_equal(pb_encode(known, work->arena), pb_encode(command->items, work->arena));
}

struct reply handle_put_draft_items(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__PutDraftItems *command = (const Contracts__PutDraftItems *)message;
        struct loaded_contract loaded;
        struct refusal refusal;

        if (!loaded_contract_find(work, command->contract_id, &loaded, &refusal) ||
            !contract_admits(loaded.file, &refusal) ||
            !draft_items_check(command->items, &context_of(work)->publics, &refusal))
                return reply_refusal(work, &refusal);
        if (!says_same(work, &loaded, command))
                record_items(work, command);

        uint32_t lot = command->lot == 0 ? 1 : command->lot;
        bool has_hours = draft_clause_of(work, loaded.id, lot) != NULL;
        struct missing missing = draft_missing(draft_items_of(work, loaded.id, lot), has_hours, work->arena);
        Contracts__PutDraftItemsReply *reply = pb_new(&contracts__put_draft_items_reply__descriptor, work->arena);
        reply->missing = missing.texts;
        reply->n_missing = missing.count;
        return reply_ok(work, reply);
}
