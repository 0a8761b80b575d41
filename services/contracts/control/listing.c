#include "services/contracts/control/listing.h"

#include <stdio.h>
#include <string.h>

#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/buyers.h"
#include "services/contracts/record/company.h"

static bool scope_of_company(const struct work *work, struct listing *listing, struct refusal *ret_refusal)
{
        struct id own = id_of(work->actor->organisation);
        if (id_is_zero(own))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                              "Votre compte n'est rattaché à aucune entreprise : demandez au facilitateur de le "
                              "compléter.");
        listing->organisation = own;
        return true;
}

static bool scope_of_buyer(const struct work *work, struct listing *listing, struct refusal *ret_refusal)
{
        return access_own_siret(work, listing->buyer_siret) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                      "Le SIRET de votre organisation n'est pas connu : demandez au facilitateur de compléter sa fiche "
                      "dans l'annuaire.");
}

bool listing_scope(const struct work *work, const struct listing_query *query, struct listing *ret,
                   struct refusal *ret_refusal)
{
        const char *territory = query->territory, *buyer_siret = query->buyer_siret;
        struct listing listing = {.territory = territory, .organisation = id_of(query->organisation)};

        (void)snprintf(listing.buyer_siret, sizeof(listing.buyer_siret), "%s", buyer_siret);
        /* Security: a company lists its own obligations, a buyer those of its contracts, whatever they ask. */
        if (work->actor->role == TYPES__ROLE__COMPANY && !scope_of_company(work, &listing, ret_refusal))
                return false;
        if (work->actor->role == TYPES__ROLE__BUYER && !scope_of_buyer(work, &listing, ret_refusal))
                return false;
        *ret = listing;
        return true;
}

void listing_walk(const struct work *work, const struct listing *listing, struct slice after, struct walk *ret)
{
        char siret[SIRET_TEXT_SIZE];
        if (listing->buyer_siret[0] != '\0')
                contracts_walk_obligations_of_buyer(work->txn, listing->buyer_siret, after, ret);
        else if (!id_is_zero(listing->organisation)) {
                company_siret(work, listing->organisation, siret);
                contracts_walk_obligations_of_organisation(work->txn, listing->organisation, siret, after, ret);
        } else if (*listing->territory != '\0')
                contracts_walk_obligations_of_territory(work->txn, listing->territory, after, ret);
        else
                contracts_walk_obligations(work->txn, after, ret);
}

static bool is_of_territory(const struct listing *listing, const Contracts__ObligationRecorded *obligation)
{
        if (*listing->territory == '\0')
                return true;
        for (size_t i = 0; i < obligation->n_territories; i++)
                if (strcmp(obligation->territories[i], listing->territory) == 0)
                        return true;
        return false;
}

static bool is_of_buyer(const struct work *work, const struct listing *listing,
                        const Contracts__ObligationRecorded *obligation)
{
        if (listing->buyer_siret[0] == '\0')
                return true;
        const Contracts__ContractRecord *contract =
                contracts_record_find(work->txn, work->arena, id_of(obligation->contract_id));
        return contract != NULL &&
               buyers_has(contract, contracts_file_find(work->txn, work->arena, id_of(obligation->contract_id)),
                          listing->buyer_siret);
}

bool listing_holds(const struct work *work, const struct listing *listing,
                   const Contracts__ObligationRecorded *obligation)
{
        return (id_is_zero(listing->organisation) ||
                id_equal(listing->organisation, obligation_company(work, obligation))) &&
               is_of_territory(listing, obligation) && is_of_buyer(work, listing, obligation) &&
               access_obligation(work, obligation);
}
