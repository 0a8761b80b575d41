/* Whose the things are that questions to reporting name. */
#include "services/reporting/rights.h"

#include "services/reporting/store.h"

#define FILTER "a filter: the sums are of what may be read"

/* A private contract: the coordinator, and the facilitators of its territories. */
static bool may_see_private(const struct work *work, const Reporting__ContractRow *contract)
{
        if (work->actor->role == TYPES__ROLE__COORDINATOR)
                return true;
        if (work->actor->role != TYPES__ROLE__FACILITATOR)
                return false;
        for (size_t i = 0; i < contract->n_territories; i++)
                if (passport_covers(work->actor, contract->territories[i]))
                        return true;
        return contract->n_territories == 0 && passport_covers(work->actor, contract->territory);
}

/* A buyer sees its own contracts only, known by the SIRET of its organisation; private ones are for theirs.
 */
static bool may_see(const struct work *work, const Reporting__ContractRow *contract)
{
        struct slice siret;
        if (work->actor->role != TYPES__ROLE__BUYER)
                return !contract->is_private || may_see_private(work, contract);
        struct id organisation = id_of(work->actor->organisation);
        return txn_get(work->txn, T_ORGANISATION, id_slice(&organisation), &siret) && siret.size > 0 &&
               slice_equal(siret, slice_of_text(contract->buyer_siret));
}

static enum standing contract_standing(const struct work *work, const struct named *named)
{
        const Reporting__ContractRow *row = contract_get(work->txn, named->id, work->arena);
        return row != NULL && may_see(work, row) ? STANDING_READ : STANDING_UNKNOWN;
}

static const struct named_thing contract = {
        .standing = contract_standing,
        .unknown = "Ce contrat n'est pas connu ici, ou n'est pas de votre ressort : vérifiez son identifiant.",
};

static const struct right_row rows[] = {
        {"ContractStatement", "contract_id", RIGHT_READ, &contract, NULL},
        {"Consolidation", "territory", RIGHT_NONE, NULL, FILTER},
};

const struct rights reporting_rights = {rows, ARRAY_SIZE(rows)};
