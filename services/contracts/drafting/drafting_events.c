#include "contracts/calls.h"
#include "services/contracts/drafting/drafting.h"

#include <string.h>

#include "services/contracts/drafting/draft.h"
#include "services/contracts/drafting/drafting_rows.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/telling.h"

/* Other rooms count reserved lots: what the documents say of each is in the file. */
static void keep_reservation(const struct change *change, const Contracts__DraftItemsPut *body)
{
        Contracts__ContractFile *file = contracts_file_of(change->txn, change->arena, body->contract_id);
        Contracts__PlannedReservation planned = CONTRACTS__PLANNED_RESERVATION__INIT;
        bool is_told = body->items->reservation != CONTRACTS__DRAFT_RESERVATION__DRAFT_RESERVATION_UNKNOWN ||
                       body->items->lever != CONTRACTS__DRAFT_LEVER__DRAFT_LEVER_UNKNOWN;
        size_t place = 0;

        while (place < file->n_planned_reservations && file->planned_reservations[place]->lot != body->lot)
                place++;
        if (place == file->n_planned_reservations && !is_told)
                return;
        planned.lot = body->lot;
        planned.reservation = body->items->reservation;
        if (place == file->n_planned_reservations)
                file->planned_reservations = pb_append(file->planned_reservations, &file->n_planned_reservations,
                                                       sizeof(*file->planned_reservations), change->arena);
        file->planned_reservations[place] = &planned;
        if (!is_told) /* said of all lots, or nowhere */
                file->planned_reservations[place] = file->planned_reservations[--file->n_planned_reservations];
        contracts_file_put(change->txn, change->arena, file);
}

void apply_draft_items_put(const struct change *change, const Contracts__DraftItemsPut *body)
{
        Contracts__DraftItems items = *body->items;
        if (change->event->sealed.size > 0)
                items.facilitator =
                        pb_decode(&contracts__draft_contact__descriptor, change->event->sealed, change->arena);
        draft_items_put(change->txn, change->arena, id_of(body->contract_id), body->lot, &items);
        keep_reservation(change, body);
}

/* Control rests on them: those of the last version of each lot are in the file. */
static void keep_penalties(const struct change *change, const Contracts__DraftKept *body)
{
        Contracts__ContractFile *file = contracts_file_of(change->txn, change->arena, body->contract_id);
        Contracts__KeptPenalties penalties = draft_penalties(body);
        size_t place = 0;

        penalties.kept_on = day_to(change->arena, day_of_instant_ms(change->event->at_ms));
        while (place < file->n_kept_penalties && file->kept_penalties[place]->lot != body->lot)
                place++;
        if (place == file->n_kept_penalties)
                file->kept_penalties = pb_append(file->kept_penalties, &file->n_kept_penalties,
                                                 sizeof(*file->kept_penalties), change->arena);
        file->kept_penalties[place] = &penalties;
        contracts_file_put(change->txn, change->arena, file);
}

void apply_draft_kept(const struct change *change, const Contracts__DraftKept *body)
{
        Contracts__DraftRow row = CONTRACTS__DRAFT_ROW__INIT;
        row.kept = (Contracts__DraftKept *)(uintptr_t)body;
        row.kept_at = instant_to(change->arena, change->event->at_ms);
        row.text = arena_printf(change->arena, "%.*s", (int)change->event->sealed.size,
                                (const char *)change->event->sealed.data);
        draft_put(change->txn, change->arena, &row);
        if (body->piece == CONTRACTS__DRAFT_PIECE__CCAP)
                keep_penalties(change, body);
}

/* ---- in words */

static const char *lever_name(Contracts__DraftLever lever)
{
        switch (lever) {
        case CONTRACTS__DRAFT_LEVER__CONDITION_LEVER: return "condition d'exécution";
        case CONTRACTS__DRAFT_LEVER__CRITERION_LEVER: return "critère d'attribution";
        case CONTRACTS__DRAFT_LEVER__BOTH_LEVERS: return "condition d'exécution et critère";
        case CONTRACTS__DRAFT_LEVER__RESERVED_LEVER: return "contrat réservé";
        default: return "levier non dit";
        }
}

static const char *lot_name(const struct telling *telling, uint32_t lot)
{
        return lot == 0 ? "tous les lots" : arena_printf(telling->arena, "le lot %u", lot);
}

void tell_draft_items_put(struct telling *telling, const Contracts__DraftItemsPut *body)
{
        const Contracts__DraftItems *items = body->items;
        tell(telling, "Éléments de rédaction donnés pour %s : %s%s%s, %s.", lot_name(telling, body->lot),
             items->perimeter[0] == '\0' ? "" : "périmètre, ",
             telling->sealed.size == 0 ? "" : "contact du facilitateur, ",
             french_count(telling->arena, (int64_t)items->n_publics, "public"), lever_name(items->lever));
}

static const char *handed_over(Contracts__DraftPiece piece)
{
        switch (piece) {
        case CONTRACTS__DRAFT_PIECE__RC: return "RC remis";
        case CONTRACTS__DRAFT_PIECE__CCAP: return "CCAP remis";
        case CONTRACTS__DRAFT_PIECE__AE: return "AE remis";
        case CONTRACTS__DRAFT_PIECE__NOTE: return "Note de calcul remise";
        default: return "Pièce remise";
        }
}

void tell_draft_kept(struct telling *telling, const Contracts__DraftKept *body)
{
        tell(telling, "%s à l'acheteur pour le lot %u, version %u : %s d'insertion (bibliothèque %s).",
             handed_over(body->piece), body->lot, body->number, told_hours(telling, body->hours),
             body->library_version);
}
