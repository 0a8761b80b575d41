#include "services/contracts/record/company.h"

#include <string.h>

#include "services/contracts/record/party_rows.h"

bool company_is_one(const struct work *work, const Types__Id *organisation, const char *siret, const char *field,
                    struct refusal *ret_refusal)
{
        char told[SIRET_TEXT_SIZE];
        if (!contracts_organisation_siret(work->txn, id_of(organisation), told) || strcmp(told, siret) == 0)
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                      "L'organisation et le SIRET sont de deux entreprises différentes : corrigez l'un des deux, ou "
                      "laissez l'organisation vide.");
}

bool company_is_unverified(const struct work *work, const Types__Id *organisation, const char *siret)
{
        char told[SIRET_TEXT_SIZE];
        return organisation != NULL &&
               (!contracts_organisation_siret(work->txn, id_of(organisation), told) || strcmp(told, siret) != 0);
}

struct id company_of(const struct work *work, const Types__Id *organisation, const char *siret)
{
        struct id only;
        if (!id_is_zero(id_of(organisation)))
                return id_of(organisation);
        return contracts_party_only(work->txn, siret, &only) ? only : (struct id){{0}};
}

void company_siret(const struct work *work, struct id organisation, char ret_siret[SIRET_TEXT_SIZE])
{
        struct id only;
        if (!contracts_organisation_siret(work->txn, organisation, ret_siret) ||
            !contracts_party_only(work->txn, ret_siret, &only))
                ret_siret[0] = '\0';
}

char *company_told(const struct work *work, const char *siret)
{
        const char *name = contracts_party_name(work->txn, work->arena, siret, "");
        return name == NULL ? arena_text(work->arena, siret) : arena_printf(work->arena, "%.100s (%s)", name, siret);
}

bool company_is_one_each(const struct work *work, const Contracts__Offer *offer, const char *field,
                         struct refusal *ret_refusal)
{
        for (size_t i = 0; i < offer->n_members; i++)
                if (!company_is_one(work, offer->members[i]->organisation, offer->members[i]->siret, field,
                                    ret_refusal))
                        return false;
        return true;
}
