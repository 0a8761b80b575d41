#include "services/tracking/copies/copies_rows.h"

#include "common/base/siret.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/key.h"

static const struct slice NOTHING = {(const uint8_t *)"", 0};

static struct key pair(struct id a, struct id b)
{
        struct key key = key_of_id(a);
        key_id(&key, b);
        return key;
}

Tracking__ObligationCopy *tracking_obligation(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_OBLIGATION_COPY, id_slice(&id), &tracking__obligation_copy__descriptor, arena);
}

void tracking_put_obligation(struct txn *txn, struct id id, const Tracking__ObligationCopy *row, struct arena *arena)
{
        struct key by_contract = pair(id_of(row->contract_id), id);
        txn_put_message(txn, T_OBLIGATION_COPY, id_slice(&id), row, arena);
        txn_put(txn, T_OBLIGATION_BY_CONTRACT, key_slice(&by_contract), NOTHING);
}

bool tracking_obligation_stands(struct txn *txn, struct id id, struct arena *arena)
{
        const Tracking__ObligationCopy *row = tracking_obligation(txn, id, arena);
        return row == NULL || !row->withdrawn;
}

Tracking__ClauseCopy *tracking_clause(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_CLAUSE_COPY, id_slice(&id), &tracking__clause_copy__descriptor, arena);
}

void tracking_put_clause(struct txn *txn, struct id id, const Tracking__ClauseCopy *row, struct arena *arena)
{
        if (row->n_target_publics == 0)
                txn_delete(txn, T_CLAUSE_COPY, id_slice(&id));
        else
                txn_put_message(txn, T_CLAUSE_COPY, id_slice(&id), row, arena);
}

Tracking__ContractCopy *tracking_contract(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_CONTRACT_COPY, id_slice(&id), &tracking__contract_copy__descriptor, arena);
}

void tracking_put_contract(struct txn *txn, struct id id, const Tracking__ContractCopy *row, struct arena *arena)
{
        txn_put_message(txn, T_CONTRACT_COPY, id_slice(&id), row, arena);
}

Tracking__PrivateContract *tracking_private(struct txn *txn, struct id contract, struct arena *arena)
{
        return txn_get_message(txn, T_PRIVATE_CONTRACT, id_slice(&contract), &tracking__private_contract__descriptor,
                               arena);
}

Tracking__PrivateContract *tracking_private_of(struct txn *txn, struct id obligation, struct arena *arena)
{
        const Tracking__ObligationCopy *copy = tracking_obligation(txn, obligation, arena);
        return copy == NULL ? NULL : tracking_private(txn, id_of(copy->contract_id), arena);
}

void tracking_put_private(struct txn *txn, struct id contract, const Tracking__PrivateContract *row,
                          struct arena *arena)
{
        txn_put_message(txn, T_PRIVATE_CONTRACT, id_slice(&contract), row, arena);
}

const char *tracking_buyer_of(struct txn *txn, struct id obligation, struct arena *arena)
{
        const Tracking__ObligationCopy *copy = tracking_obligation(txn, obligation, arena);
        const Tracking__ContractCopy *contract =
                copy == NULL ? NULL : tracking_contract(txn, id_of(copy->contract_id), arena);
        return contract == NULL ? "" : contract->buyer_siret;
}

void tracking_delete_private(struct txn *txn, struct id contract)
{
        txn_delete(txn, T_PRIVATE_CONTRACT, id_slice(&contract));
}

Tracking__NeedCopy *tracking_need(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_NEED_COPY, id_slice(&id), &tracking__need_copy__descriptor, arena);
}

void tracking_put_need(struct txn *txn, struct id id, const Tracking__NeedCopy *row, struct arena *arena)
{
        txn_put_message(txn, T_NEED_COPY, id_slice(&id), row, arena);
}

Tracking__OrganisationCopy *tracking_organisation(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_ORGANISATION_COPY, id_slice(&id), &tracking__organisation_copy__descriptor,
                               arena);
}

static struct key siret_key(const char *siret, struct id organisation)
{
        struct key key = key_of_text(siret);
        key_id(&key, organisation);
        return key;
}

static void forget_siret(struct txn *txn, struct id id, struct arena *arena)
{
        const Tracking__OrganisationCopy *before = tracking_organisation(txn, id, arena);
        if (before == NULL || !siret_valid(before->siret))
                return;
        struct key key = siret_key(before->siret, id);
        txn_delete(txn, T_ORGANISATION_BY_SIRET, key_slice(&key));
}

void tracking_put_organisation(struct txn *txn, struct id id, const Tracking__OrganisationCopy *row,
                               struct arena *arena)
{
        forget_siret(txn, id, arena);
        txn_put_message(txn, T_ORGANISATION_COPY, id_slice(&id), row, arena);
        if (!siret_valid(row->siret))
                return;
        struct key key = siret_key(row->siret, id);
        txn_put(txn, T_ORGANISATION_BY_SIRET, key_slice(&key), NOTHING);
}

void tracking_delete_organisation(struct txn *txn, struct id id, struct arena *arena)
{
        forget_siret(txn, id, arena);
        txn_delete(txn, T_ORGANISATION_COPY, id_slice(&id));
}

struct id tracking_contractor(struct txn *txn, const Tracking__ObligationCopy *obligation)
{
        struct walk walk;
        struct id only, other;

        if (obligation->contractor != NULL || !siret_valid(obligation->contractor_siret))
                return id_of(obligation->contractor);
        walk_up(txn, T_ORGANISATION_BY_SIRET, key_of_text(obligation->contractor_siret), slice_of(NULL, 0), &walk);
        bool is_only = walk_next(&walk, &only) && !walk_next(&walk, &other);
        walk_end(&walk);
        return is_only ? only : (struct id){{0}};
}

void tracking_walk_obligations(struct txn *txn, struct id contract, struct slice after, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_OBLIGATION_BY_CONTRACT, WALK_UP, CURSOR_ID}, key_of_id(contract), after,
                   ret);
}

void tracking_walk_private(struct txn *txn, struct slice after, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_PRIVATE_CONTRACT, WALK_UP, CURSOR_ID}, key_empty(), after, ret);
}
