#include "services/contracts/record/access.h"

#include <string.h>

#include "common/base/text.h"
#include "common/codec/place.h"

bool access_acts_as(const struct work *work, Types__Role role)
{
        return work->actor->role == role;
}

bool access_territories(const struct work *work, char *const *territories, size_t count)
{
        if (!access_acts_as(work, TYPES__ROLE__FACILITATOR))
                return true;
        for (size_t i = 0; i < count; i++)
                if (passport_covers(work->actor, territories[i]))
                        return true;
        return false;
}

bool access_own_siret(const struct work *work, char ret_siret[SIRET_TEXT_SIZE])
{
        struct id organisation = id_of(work->actor->organisation);
        return !id_is_zero(organisation) && contracts_organisation_siret(work->txn, organisation, ret_siret);
}

bool access_buyer_asked(const struct work *work, const char *asked, char ret_siret[SIRET_TEXT_SIZE],
                        struct refusal *ret_refusal)
{
        ret_siret[0] = '\0';
        if (work->actor->role != TYPES__ROLE__BUYER) {
                memcpy(ret_siret, asked, strlen(asked) + 1);
                return true;
        }
        /* Security: a buyer lists its own contracts, whatever it asks. */
        if (!access_own_siret(work, ret_siret))
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                        "Le SIRET de votre organisation n'est pas connu : demandez au facilitateur de compléter sa "
                        "fiche dans l'annuaire.");
        if (asked[0] != '\0' && strcmp(asked, ret_siret) != 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "buyer_siret",
                              "Ces contrats sont ceux d'un autre acheteur : laissez le SIRET vide pour lister les "
                              "vôtres.");
        return true;
}

bool access_file(const struct work *work, struct id contract_id, const Contracts__ContractRecord *contract)
{
        char territory[TERRITORY_TEXT_SIZE];
        char *of_place = territory;
        const Contracts__ContractFile *file = contracts_file_find(work->txn, work->arena, contract_id);

        if (file != NULL && file->n_territories > 0)
                return access_territories(work, file->territories, file->n_territories);
        return !access_acts_as(work, TYPES__ROLE__FACILITATOR) ||
               (place_territory(contract->place, territory) && access_territories(work, &of_place, 1));
}

/* ---- the same from what short rows keep: "" of all, else "-" and the territories, as "- 31 65" */

char *access_eyes_of(struct arena *arena, const Contracts__ContractRecord *contract,
                     const Contracts__ContractFile *file)
{
        char territory[TERRITORY_TEXT_SIZE];
        if (contract->kind != CONTRACTS__CONTRACT_KIND__PRIVATE)
                return arena_text(arena, "");
        if (file == NULL || file->n_territories == 0)
                return place_territory(contract->place, territory) ? arena_printf(arena, "- %s", territory)
                                                                   : arena_text(arena, "-");
        char *eyes = arena_text(arena, "-");
        for (size_t i = 0; i < file->n_territories; i++)
                eyes = arena_printf(arena, "%s %s", eyes, file->territories[i]);
        return eyes;
}

static bool covers_one(const struct work *work, const char *eyes)
{
        for (const char *at = strchr(eyes, ' '); at != NULL; at = strchr(at, ' ')) {
                char territory[TERRITORY_TEXT_SIZE];
                size_t size = strcspn(++at, " ");
                if (size >= sizeof(territory))
                        continue;
                memcpy(territory, at, size);
                territory[size] = '\0';
                if (passport_covers(work->actor, territory))
                        return true;
        }
        return false;
}

bool access_eyes(const struct work *work, const char *eyes)
{
        if (*eyes == '\0' || access_acts_as(work, TYPES__ROLE__COORDINATOR) || access_acts_as(work, TYPES__ROLE__BUYER))
                return true;
        return access_acts_as(work, TYPES__ROLE__FACILITATOR) && covers_one(work, eyes);
}

bool access_is_private(const struct work *work, struct id contract_id)
{
        const Contracts__ContractRecord *contract = contracts_record_find(work->txn, work->arena, contract_id);
        return contract != NULL && contract->kind == CONTRACTS__CONTRACT_KIND__PRIVATE;
}

bool access_reads_all(const struct work *work)
{
        return access_acts_as(work, TYPES__ROLE__FACILITATOR) || access_acts_as(work, TYPES__ROLE__COORDINATOR) ||
               access_acts_as(work, TYPES__ROLE__AUDITOR);
}
