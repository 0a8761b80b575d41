#include "contracts/calls.h"
#include "services/contracts/record/party_rows.h"
#include "services/contracts/reserved/reserved.h"

#include "common/base/text.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/telling.h"
#include "services/contracts/reserved/reserved_entry.h"

void apply_reserved_recorded(const struct change *change, const Contracts__ReservedRecorded *body)
{
        Contracts__ContractFile *file = contracts_file_of(change->txn, change->arena, body->contract_id);
        file->reserved = reserved_state_with(file->reserved, body->entry->lot, body->entry, change->arena);
        if (body->opened)
                file->only_counted = true;
        contracts_file_put(change->txn, change->arena, file);
}

void apply_reserved_withdrawn(const struct change *change, const Contracts__ReservedWithdrawn *body)
{
        Contracts__ContractFile *file = contracts_file_of(change->txn, change->arena, body->contract_id);
        file->reserved = reserved_state_with(file->reserved, body->lot, NULL, change->arena);
        contracts_file_put(change->txn, change->arena, file);
}

static const char *ground_name(Contracts__ReservationGround ground)
{
        switch (ground) {
        case CONTRACTS__RESERVATION_GROUND__RESERVED_HANDICAP: return "handicap";
        case CONTRACTS__RESERVATION_GROUND__RESERVED_IAE: return "insertion par l'activité économique";
        case CONTRACTS__RESERVATION_GROUND__RESERVED_PRISON: return "travail en détention";
        case CONTRACTS__RESERVATION_GROUND__RESERVED_ESS: return "économie sociale et solidaire";
        default: return "titre inconnu";
        }
}

static const char *involvement_name(const Contracts__ReservedEntry *entry)
{
        switch (entry->involvement) {
        case CONTRACTS__INVOLVEMENT__NOT_INVOLVED: return "le facilitateur n'est pas mobilisé";
        case CONTRACTS__INVOLVEMENT__SOURCING: return "le facilitateur repère et source";
        case CONTRACTS__INVOLVEMENT__SOURCING_AND_FOLLOW_UP:
                return entry->follows_persons ? "le facilitateur source et suit l'exécution et les personnes"
                                              : "le facilitateur source et suit l'exécution, sans suivi des personnes";
        default: return "part du facilitateur non dite";
        }
}

static const char *what_name(struct telling *telling, uint32_t lot)
{
        return lot == 0 ? "Contrat réservé" : arena_printf(telling->arena, "Lot %u réservé", lot);
}

void tell_reserved_recorded(struct telling *telling, const Contracts__ReservedRecorded *body)
{
        const Contracts__ReservedEntry *entry = body->entry;
        const char *holder =
                text_is_empty(entry->holder_name) && text_is_empty(entry->holder_siret)
                        ? "non dit"
                        : contracts_party_told(telling->txn, telling->arena, entry->holder_siret, entry->holder_name);
        char *grounds = arena_text(telling->arena, "");
        for (size_t i = 0; i < entry->n_grounds; i++)
                grounds = arena_printf(telling->arena, "%s%s%s", grounds, i == 0 ? "" : " et ",
                                       ground_name(entry->grounds[i]));
        tell(telling, "%s (%s), titulaire %s, notifié le %s : %s.", what_name(telling, entry->lot), grounds, holder,
             told_day(telling, entry->notified_on), involvement_name(entry));
}

void tell_reserved_withdrawn(struct telling *telling, const Contracts__ReservedWithdrawn *body)
{
        tell(telling, "%s : saisie retirée : %s", what_name(telling, body->lot), body->reason);
}
