#include "services/contracts/drafting/draft.h"

#include <string.h>

#include "common/base/text.h"
#include "services/contracts/clauses/basis.h"
#include "services/contracts/clauses/calibration_rules.h"
#include "services/contracts/clauses/clauses.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/drafting/drafting.h"
#include "services/contracts/drafting/drafting_rows.h"
#include "services/contracts/drafting/items.h"
#include "services/contracts/programming/programming_rows.h"
#include "services/contracts/record/context.h"

const Contracts__ClausePut *draft_clause_of(const struct work *work, struct id contract, uint32_t lot)
{
        struct id clause;
        return contracts_clause_of_lot(work->txn, contract, lot, &clause)
                       ? contracts_clause_find(work->txn, work->arena, clause)
                       : NULL;
}

/* What the facilitator chose when the contract was a line of the annual programme. */
static Contracts__DraftLever lever_chosen(const struct work *work, struct id contract)
{
        const Contracts__ContractFile *file = contracts_file_find(work->txn, work->arena, contract);
        const Contracts__ProgrammeLineRow *line =
                file == NULL || file->programme_line_id == NULL
                        ? NULL
                        : programme_line_find(work->txn, work->arena, id_of(file->programme_line_id));
        if (line == NULL || line->decision == NULL)
                return CONTRACTS__DRAFT_LEVER__DRAFT_LEVER_UNKNOWN;
        switch (line->decision->lever) {
        case CONTRACTS__LEVER__LEVER_CONDITION: return CONTRACTS__DRAFT_LEVER__CONDITION_LEVER;
        case CONTRACTS__LEVER__LEVER_CRITERION: return CONTRACTS__DRAFT_LEVER__CRITERION_LEVER;
        case CONTRACTS__LEVER__LEVER_RESERVED: return CONTRACTS__DRAFT_LEVER__RESERVED_LEVER;
        default: return CONTRACTS__DRAFT_LEVER__DRAFT_LEVER_UNKNOWN;
        }
}

Contracts__DraftItems *draft_items_of(const struct work *work, struct id contract, uint32_t lot)
{
        Contracts__DraftItems *items =
                draft_items_merge(draft_items_find(work->txn, work->arena, contract, lot),
                                  draft_items_find(work->txn, work->arena, contract, 0), work->arena);
        if (items->lever == CONTRACTS__DRAFT_LEVER__DRAFT_LEVER_UNKNOWN)
                items->lever = lever_chosen(work, contract);
        return items;
}

/* By the rules that the clause was calculated with, as long as they are known. */
static bool estimate_of(const struct work *work, const struct loaded_contract *loaded,
                        const Contracts__ClausePut *clause, const Contracts__CalibrateReply **ret,
                        struct refusal *ret_refusal)
{
        struct calibration_basis basis = basis_of_lot(work, loaded->id, loaded->record, clause->lot);
        Contracts__CalibrateReply *result;
        basis.rules = calibration_rules_named(&context_of(work)->dated[DATED_CALIBRATION], clause->rules_version,
                                              work->today);
        if (!basis_calculate(work, clause->calibration, &basis, &result, ret_refusal))
                return false;
        result->hours = clause->hours;
        *ret = result;
        return true;
}

bool draft_make(const struct work *work, const struct loaded_contract *loaded, struct piece of, struct draft *ret,
                struct refusal *ret_refusal)
{
        const Contracts__DraftItems *items = draft_items_of(work, loaded->id, of.lot);
        const Contracts__ClausePut *clause = draft_clause_of(work, loaded->id, of.lot);
        struct missing missing = draft_missing(items, clause != NULL, work->arena);
        struct draft draft = {.library = rules_on(work, DATED_CLAUSE_TEXTS, work->today)};

        if (!draft_is_complete(&missing, work->arena, ret_refusal))
                return false;
        struct wording wording = {
                .library = draft.library,
                .publics = &context_of(work)->publics,
                .items = items,
                .calibration = clause->calibration,
                .hours = clause->hours,
                .kind = loaded->record->kind,
                .piece = of.piece,
                .buyer = loaded_contract_buyer(work, loaded),
                .object = loaded->record->object,
                .lot = loaded_contract_lot(loaded, of.lot, work->arena),
        };
        bool is_internal = wording_is_internal(draft.library, of.piece);
        if ((is_internal && !estimate_of(work, loaded, clause, &wording.estimate, ret_refusal)) ||
            !wording_make(&wording, work->arena, &draft.worded, ret_refusal))
                return false;
        uint8_t *hash = arena_alloc(work->arena, EVENT_HASH_SIZE);
        log_hash(slice_of_text(draft.worded.text), hash);
        draft.hash = slice_of(hash, EVENT_HASH_SIZE);
        draft.hours = clause->hours;
        *ret = draft;
        return true;
}

Contracts__KeptPenalties draft_penalties(const Contracts__DraftKept *kept)
{
        Contracts__KeptPenalties penalties = CONTRACTS__KEPT_PENALTIES__INIT;
        penalties.lot = kept->lot;
        penalties.number = kept->number;
        penalties.per_hour = kept->penalty_per_hour;
        penalties.per_day = kept->penalty_per_day;
        return penalties;
}

/* Or could not be made at all. */
static bool has_changed(const struct work *work, const struct loaded_contract *loaded, const Contracts__DraftKept *kept)
{
        struct draft draft;
        struct refusal refusal;
        return !draft_make(work, loaded, (struct piece){kept->lot, kept->piece}, &draft, &refusal) ||
               !slice_equal(draft.hash, pb_slice(kept->hash));
}

/* Only the last version of a piece can have changed since: the ones before it have been replaced. */
Contracts__DraftView *draft_view(const struct work *work, const struct loaded_contract *loaded,
                                 const Contracts__DraftRow *row)
{
        const Contracts__DraftKept *kept = row->kept;
        const Contracts__DraftRow *last = draft_last(work->txn, work->arena, loaded->id, kept->lot, kept->piece);
        Contracts__DraftView *view = pb_new(&contracts__draft_view__descriptor, work->arena);

        view->draft_id = kept->draft_id;
        view->lot = kept->lot;
        view->piece = kept->piece;
        view->number = kept->number;
        view->kept_at = row->kept_at;
        view->library_version = kept->library_version;
        view->hours = kept->hours;
        view->hash = kept->hash;
        view->changed = last != NULL && last->kept->number == kept->number && has_changed(work, loaded, kept);
        return view;
}
