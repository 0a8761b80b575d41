/* drafts.c: a clause drafted for a buyer, kept, and read again. */
#include "contracts/calls.h"
#include "services/contracts/drafting/drafting.h"

#include "services/contracts/clauses/clause.h"
#include "services/contracts/control/control_rows.h"
#include "services/contracts/control/kept_penalties.h"
#include "services/contracts/drafting/draft.h"
#include "services/contracts/drafting/drafting_rows.h"
#include "services/contracts/drafting/items.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

/* draft_clause: a piece of a lot's clause in words, as it reads now.
 * Caller: facilitator, coordinator, auditor; the buyer of the contract.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (lot, piece), WRONG_STATE (what is missing, all of it named). */
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

/* put_draft_items: what the documents of a lot, or of all lots, must say besides the hours.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: DraftItemsPut.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (lot, items), WRONG_STATE (declined). The same again emits nothing. */
/* The facilitator's contact names a person: it is kept beside the event, which is published without it. */
static void record_items(struct work *work, const Contracts__PutDraftItems *command)
{
        Contracts__DraftItemsPut body = CONTRACTS__DRAFT_ITEMS_PUT__INIT;
        Contracts__DraftItems published = *command->items;
        struct slice sealed = command->items->facilitator == NULL ? slice_of(NULL, 0)
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
            !contract_admits(loaded.file, &refusal) || !draft_items_check(command->items, &refusal))
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

/* keep_draft: a piece, as it reads now, was handed to the buyer; kept word for word, so that what changes afterwards is
 * seen. Unchanged since the last time, it stays that version and nothing is emitted.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: DraftKept.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (lot, piece), WRONG_STATE (something is missing; the text is not the
 * one that was printed; declined). */
/* How the plan of control differs from the penalties of a CCAP; NULL: it does not, or there is none. */
static char *differs_from_plan(const struct work *work, const Contracts__DraftKept *kept)
{
        struct id contract = id_of(kept->contract_id);
        const Contracts__ClausePut *clause = draft_clause_of(work, contract, kept->lot);
        const Contracts__ControlPlanPut *put =
                clause == NULL || kept->piece != CONTRACTS__DRAFT_PIECE__CCAP
                        ? NULL
                        : control_plan_find(work->txn, work->arena, id_of(clause->clause_id));
        if (put == NULL)
                return NULL;
        Contracts__KeptPenalties penalties = draft_penalties(kept);
        penalties.kept_on = day_to(work->arena, work->today);
        return kept_penalties_differ(&penalties, put->plan, work->arena);
}

static struct reply answer(struct work *work, const Contracts__DraftKept *kept)
{
        Contracts__KeepDraftReply *reply = pb_new(&contracts__keep_draft_reply__descriptor, work->arena);
        reply->draft_id = kept->draft_id;
        reply->number = kept->number;
        reply->hash = kept->hash;
        char *differ = differs_from_plan(work, kept);
        if (differ != NULL) {
                reply->to_confirm = pb_append(reply->to_confirm, &reply->n_to_confirm, sizeof(char *), work->arena);
                reply->to_confirm[0] = differ;
        }
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
        if (command->piece == CONTRACTS__DRAFT_PIECE__CCAP) {
                const Contracts__DraftItems *items = draft_items_of(work, loaded.id, lot);
                body.penalty_per_hour = items->penalty_per_hour;
                body.penalty_per_day = items->penalty_per_day;
        }
        work_record_sealed(work, &body.base, slice_of_text(draft.worded.text)); /* it names the facilitator */
        return answer(work, &body);
}

/* drafts: what was handed to the buyer of a contract, oldest first, and what would read otherwise today.
 * Caller: facilitator, coordinator, auditor; the buyer of the contract. */
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

/* draft_by_id: a draft that was handed over, word for word.
 * Caller: facilitator, coordinator, auditor; the buyer of the contract.  Refuses: NOT_FOUND, NOT_ALLOWED. */
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
