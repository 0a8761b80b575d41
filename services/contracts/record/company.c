#include "services/contracts/record/company.h"

#include <string.h>

#include "services/contracts/record/record_rows.h"

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

bool company_is_one_each(const struct work *work, const Contracts__Offer *offer, const char *field,
                         struct refusal *ret_refusal)
{
        for (size_t i = 0; i < offer->n_members; i++)
                if (!company_is_one(work, offer->members[i]->organisation, offer->members[i]->siret, field,
                                    ret_refusal))
                        return false;
        return true;
}
