#include "services/contracts/reserved/reserved_entry.h"

#include <stdio.h>

#include "services/contracts/record/context.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/reserved/reserved.h"
#include "services/contracts/reserved/reserved_rows.h"

#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD

/* ---- what an entry must say */

static bool no(struct refusal *ret_refusal, const char *prefix, const char *field, const char *text)
{
        char path[64];
        (void)snprintf(path, sizeof(path), "%s%s", prefix, field);
        return refuse(ret_refusal, INVALID, path, "%s", text);
}

static bool grounds_valid(const Contracts__ReservedEntry *entry)
{
        if (entry->n_grounds == 0)
                return false;
        for (size_t i = 0; i < entry->n_grounds; i++) {
                if (entry->grounds[i] == CONTRACTS__RESERVATION_GROUND__RESERVATION_GROUND_UNKNOWN)
                        return false;
                for (size_t j = 0; j < i; j++)
                        if (entry->grounds[j] == entry->grounds[i])
                                return false;
        }
        return true;
}

bool reserved_entry_check(const Contracts__ReservedEntry *entry, const char *prefix, struct refusal *ret_refusal)
{
        if (!grounds_valid(entry))
                return no(
                        ret_refusal, prefix, entry->n_grounds == 1 || *prefix == '\0' ? "ground" : "grounds",
                        "Dites à quel titre le contrat est réservé, chacun une fois : RESERVED_HANDICAP, RESERVED_IAE, "
                        "RESERVED_PRISON ou RESERVED_ESS.");
        if (entry->follows_persons && entry->involvement != CONTRACTS__INVOLVEMENT__SOURCING_AND_FOLLOW_UP)
                return no(ret_refusal, prefix, "follows_persons",
                          "Les personnes ne sont suivies que si le facilitateur suit l'exécution : indiquez "
                          "SOURCING_AND_FOLLOW_UP, ou effacez cette case.");
        return true;
}

/* ---- the state of a contract */

Contracts__ReservedState *reserved_state_with(const Contracts__ReservedState *old, uint32_t lot,
                                              Contracts__ReservedEntry *entry, struct arena *arena)
{
        Contracts__ReservedState *state = pb_new(&contracts__reserved_state__descriptor, arena);
        size_t count = old == NULL ? 0 : old->n_entries;
        bool placed = entry == NULL;

        state->entries = arena_alloc(arena, (count + 1) * sizeof(*state->entries));
        for (size_t i = 0; i < count; i++) {
                if (!placed && old->entries[i]->lot > lot) {
                        state->entries[state->n_entries++] = entry;
                        placed = true;
                }
                if (old->entries[i]->lot != lot)
                        state->entries[state->n_entries++] = old->entries[i];
        }
        if (!placed)
                state->entries[state->n_entries++] = entry;
        return state;
}

/* ---- what follows from the award */

static Contracts__DraftReservation planned_of(const Contracts__ContractFile *file, uint32_t lot)
{
        Contracts__DraftReservation of_all = CONTRACTS__DRAFT_RESERVATION__DRAFT_RESERVATION_UNKNOWN;
        for (size_t i = 0; i < file->n_planned_reservations; i++) {
                const Contracts__PlannedReservation *planned = file->planned_reservations[i];
                if (planned->lot == lot)
                        return planned->reservation;
                if (planned->lot == 0)
                        of_all = planned->reservation;
        }
        return of_all;
}

static void add_ground(Contracts__ReservedEntry *entry, Contracts__ReservationGround ground)
{
        entry->grounds[entry->n_grounds++] = ground;
}

static void add_grounds(Contracts__ReservedEntry *entry, Contracts__DraftReservation reservation, struct arena *arena)
{
        entry->grounds = arena_alloc(arena, 2 * sizeof(*entry->grounds));
        if (reservation == CONTRACTS__DRAFT_RESERVATION__TO_DISABILITY ||
            reservation == CONTRACTS__DRAFT_RESERVATION__TO_DISABILITY_AND_INTEGRATION)
                add_ground(entry, CONTRACTS__RESERVATION_GROUND__RESERVED_HANDICAP);
        if (reservation == CONTRACTS__DRAFT_RESERVATION__TO_INTEGRATION ||
            reservation == CONTRACTS__DRAFT_RESERVATION__TO_DISABILITY_AND_INTEGRATION)
                add_ground(entry, CONTRACTS__RESERVATION_GROUND__RESERVED_IAE);
        if (reservation == CONTRACTS__DRAFT_RESERVATION__TO_PRISON)
                add_ground(entry, CONTRACTS__RESERVATION_GROUND__RESERVED_PRISON);
        if (reservation == CONTRACTS__DRAFT_RESERVATION__TO_SOCIAL_ECONOMY)
                add_ground(entry, CONTRACTS__RESERVATION_GROUND__RESERVED_ESS);
}

static Contracts__ReservedEntry *entry_of_award(const Contracts__ContractFile *file, const Contracts__LotAward *award,
                                                struct arena *arena)
{
        Contracts__ReservedEntry *entry = pb_new(&contracts__reserved_entry__descriptor, arena);
        add_grounds(entry, planned_of(file, award->lot), arena);
        entry->lot = award->lot;
        entry->notified_on = award->awarded_on;
        entry->holder_siret = award->holder_siret;
        entry->holder_name = award->holder_name;
        return entry;
}

static bool is_recorded(const Contracts__ReservedState *state, uint32_t lot)
{
        for (size_t i = 0; state != NULL && i < state->n_entries; i++)
                if (state->entries[i]->lot == lot || state->entries[i]->lot == 0)
                        return true;
        return false;
}

Contracts__ReservedState *reserved_state_known(const Contracts__ContractFile *file, struct arena *arena)
{
        Contracts__ReservedState *state = file == NULL ? NULL : file->reserved;
        for (size_t i = 0; file != NULL && i < file->n_awards; i++) {
                Contracts__ReservedEntry *entry = entry_of_award(file, file->awards[i], arena);
                if (entry->n_grounds > 0 && !is_recorded(file->reserved, entry->lot))
                        state = reserved_state_with(state, entry->lot, entry, arena);
        }
        return state == NULL ? pb_new(&contracts__reserved_state__descriptor, arena) : state;
}

/* ---- its check */

bool reserved_entry_is_ess(const Contracts__ReservedEntry *entry)
{
        for (size_t i = 0; i < entry->n_grounds; i++)
                if (entry->grounds[i] == CONTRACTS__RESERVATION_GROUND__RESERVED_ESS)
                        return true;
        return false;
}

static const Contracts__Lot *lot_of(const Contracts__ContractFile *file, uint32_t number)
{
        for (size_t i = 0; file != NULL && i < file->n_lots; i++)
                if (file->lots[i]->number == number)
                        return file->lots[i];
        return NULL;
}

Contracts__Reservation reserved_entry_reservation(const Contracts__ContractRecord *record,
                                                  const Contracts__ContractFile *file,
                                                  const Contracts__ReservedEntry *entry)
{
        Contracts__Reservation reservation = CONTRACTS__RESERVATION__INIT;
        const Contracts__Lot *lot = lot_of(file, entry->lot);

        reservation.kind = record->kind;
        reservation.grounds = entry->grounds;
        reservation.n_grounds = entry->n_grounds;
        reservation.meets_all_conditions = entry->meets_all_conditions;
        reservation.minimum_share = entry->minimum_share;
        reservation.told_in_notice = entry->told_in_notice;
        reservation.contracting_authority = entry->contracting_authority;
        reservation.cpv = lot != NULL && lot->cpv[0] != '\0' ? lot->cpv : record->cpv;
        reservation.duration_months = lot != NULL && lot->duration_months > 0
                                              ? lot->duration_months
                                              : contract_current(record).duration_months;
        return reservation;
}

Contracts__ReservationCheckReply *reserved_entry_findings(const struct work *work, const struct loaded_contract *loaded,
                                                          const Contracts__ReservedEntry *entry)
{
        struct day on = entry->notified_on == NULL ? work->today : day_of(entry->notified_on), previous;
        const Contracts__ReservationRulesVersion *rules = rules_on(work, DATED_RESERVATIONS, on);
        Contracts__Reservation reservation = reserved_entry_reservation(loaded->record, loaded->file, entry);
        struct award_before asked = {loaded->record->buyer_siret, entry->holder_siret, loaded->id, on,
                                     rules->ess->years_between};

        if (entry->notified_on != NULL && entry->holder_siret[0] != '\0' && reserved_entry_is_ess(entry) &&
            reserved_award_before(work->txn, &asked, &previous))
                reservation.previous_award_on = day_to(work->arena, previous);
        return reservation_check(&reservation, rules, on, work->arena);
}
