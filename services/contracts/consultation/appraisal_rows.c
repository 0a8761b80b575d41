#include "services/contracts/consultation/appraisal_rows.h"

#include <stdlib.h>

#include "common/store/stored.h"
#include "services/contracts/clauses/clause.h"
#include "services/contracts/consultation/grid.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/contract.h"

static const struct slice from_the_first;

static struct key lot_key(struct id contract, uint32_t lot)
{
        struct key key = key_of_id(contract);
        key_u32(&key, lot);
        return key;
}

Contracts__AppraisalRow *appraisal_find(struct txn *txn, struct arena *arena, struct id contract, uint32_t lot)
{
        struct key key = lot_key(contract, lot);
        return contracts_row_find_key(txn, T_APPRAISAL, &key, &contracts__appraisal_row__descriptor, arena);
}

void appraisal_put(struct txn *txn, struct arena *arena, const Contracts__AppraisalRow *row)
{
        struct key key = lot_key(id_of(row->contract_id), row->lot);
        contracts_row_put_key(txn, T_APPRAISAL, &key, row, arena);
}

struct appraisals appraisals_of(struct txn *txn, struct arena *arena, struct id contract)
{
        struct appraisals appraisals = {0};
        struct key prefix = key_of_id(contract);
        struct walk walk;

        walk_up(txn, T_APPRAISAL, prefix, from_the_first, &walk);
        while (scan_next(&walk.scan)) {
                void *row = pb_decode(&contracts__appraisal_row__descriptor, walk.scan.value, arena);
                require_stored(row != NULL);
                appraisals.rows = pb_append(appraisals.rows, &appraisals.count, sizeof(*appraisals.rows), arena);
                appraisals.rows[appraisals.count - 1] = row;
        }
        walk_end(&walk);
        return appraisals;
}

Contracts__OfferRow *offer_find(struct txn *txn, struct arena *arena, struct id offer)
{
        return contracts_row_find(txn, T_OFFER, offer, &contracts__offer_row__descriptor, arena);
}

void offer_put(struct txn *txn, struct arena *arena, const Contracts__OfferRow *row)
{
        contracts_row_put(txn, T_OFFER, id_of(row->offer_id), row, arena);
        contracts_about_put(txn, id_of(row->contract_id), ABOUT_APPRAISAL, id_of(row->offer_id));
}

void offer_remove(struct txn *txn, const Contracts__OfferRow *row)
{
        contracts_row_remove(txn, T_OFFER, id_of(row->offer_id));
        contracts_about_remove(txn, id_of(row->contract_id), ABOUT_APPRAISAL, id_of(row->offer_id));
}

void appraisal_remove(struct txn *txn, const Contracts__AppraisalRow *row)
{
        struct key key = lot_key(id_of(row->contract_id), row->lot);
        txn_delete(txn, T_APPRAISAL, key_slice(&key));
}

/* Ids made within one millisecond are in no order; numbers are. */
static int by_number(const void *a, const void *b)
{
        const Contracts__OfferRow *const *left = a, *const *right = b;
        return ((*left)->number > (*right)->number) - ((*left)->number < (*right)->number);
}

struct offers offers_of(struct txn *txn, struct arena *arena, struct id contract, uint32_t lot)
{
        struct offers offers = {0};
        struct walk walk;
        struct id id;

        contracts_about_walk(txn, contract, ABOUT_APPRAISAL, &walk);
        while (walk_next(&walk, &id)) {
                Contracts__OfferRow *row = offer_find(txn, arena, id);
                if (row == NULL || row->lot != lot)
                        continue;
                offers.rows = pb_append(offers.rows, &offers.count, sizeof(*offers.rows), arena);
                offers.rows[offers.count - 1] = row;
        }
        walk_end(&walk);
        if (offers.count > 1)
                qsort(offers.rows, offers.count, sizeof(*offers.rows), by_number);
        return offers;
}

bool offers_are_read_by(const struct work *work, struct id contract, const Contracts__ContractRecord *record,
                        const Contracts__AppraisalRow *row)
{
        Types__Role role = work->actor->role;
        if (role == TYPES__ROLE__COORDINATOR)
                return true;
        if (role == TYPES__ROLE__BUYER)
                return access_leads(work, contract);
        return role == TYPES__ROLE__FACILITATOR && access_file(work, contract, record) && row != NULL &&
               grid_is_reader(row, passport_account(work->actor));
}

bool loaded_appraisal_of_lot(const struct work *work, const Types__Id *contract_id, uint32_t lot,
                             struct loaded_appraisal *ret, struct refusal *ret_refusal)
{
        struct loaded_appraisal loaded = {.lot = lot};

        if (!loaded_consultation_of_contract(work, contract_id, &loaded.consultation, ret_refusal))
                return false;
        if (!contract_check_lot(loaded.consultation.contract.file, lot, ret_refusal))
                return false;
        loaded.row = appraisal_find(work->txn, work->arena, loaded.consultation.contract.id, lot);
        *ret = loaded;
        return true;
}

bool loaded_appraisal_is_open(const struct work *work, const struct loaded_appraisal *loaded,
                              struct refusal *ret_refusal)
{
        if (loaded->row == NULL || loaded->row->n_criteria == 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "lot",
                              "Ce lot n'a pas de grille d'appréciation : posez-la d'abord (PutAppraisalGrid).");
        /* Security: the lot's readers, the coordinator, the contract's buyer. */
        if (!offers_are_read_by(work, loaded->consultation.contract.id, loaded->consultation.contract.record,
                                loaded->row))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "lot",
                              "Les offres de ce lot sont confidentielles : seuls ses deux lecteurs, la coordination et "
                              "l'acheteur les traitent.");
        if (loaded->row->awarded_on != NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "lot",
                              "Ce lot est attribué : son appréciation ne change plus.");
        return true;
}

bool loaded_appraisal_of_offer(const struct work *work, const Types__Id *offer_id, struct loaded_appraisal *ret,
                               struct refusal *ret_refusal)
{
        Contracts__OfferRow *offer = offer_find(work->txn, work->arena, id_of(offer_id));
        if (offer == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "offer_id",
                              "Cette offre n'est pas connue : vérifiez son identifiant.");
        if (!loaded_appraisal_of_lot(work, offer->contract_id, offer->lot, ret, ret_refusal) ||
            !loaded_appraisal_is_open(work, ret, ret_refusal))
                return false;
        ret->offer = offer;
        return true;
}
