#include "services/contracts/obligations/owed.h"

#include <string.h>

#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/record/access.h"

bool owed_find(const struct work *work, const Types__Id *id, const char *field, struct owed *ret,
               struct refusal *ret_refusal)
{
        struct owed owed = {.id = id_of(id)};
        owed.obligation = contracts_obligation_find(work->txn, work->arena, owed.id);
        if (owed.obligation != NULL)
                owed.contract =
                        contracts_record_find(work->txn, work->arena, id_of(owed.obligation->contract_id));
        if (owed.contract == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, field,
                              "Cette obligation n'est pas connue : vérifiez son identifiant.");
        const Contracts__ContractFile *file =
                contracts_file_find(work->txn, work->arena, id_of(owed.obligation->contract_id));
        owed.ledger = contracts_ledger(work->txn, work->arena, owed.id);
        owed.ended = file != NULL && file->stage == CONTRACTS__CONTRACT_STAGE__ENDED;
        *ret = owed;
        return true;
}

bool owed_by_one(const struct work *work, const Types__Id *organisation, const char *siret, const char *field,
                 struct refusal *ret_refusal)
{
        char told[SIRET_TEXT_SIZE];
        if (!contracts_organisation_siret(work->txn, id_of(organisation), told) || strcmp(told, siret) == 0)
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                      "L'organisation et le SIRET sont de deux entreprises différentes : corrigez l'un des deux, ou "
                      "laissez l'organisation vide.");
}

bool owed_is_unverified(const struct work *work, const Types__Id *organisation, const char *siret)
{
        char told[SIRET_TEXT_SIZE];
        return organisation != NULL &&
               (!contracts_organisation_siret(work->txn, id_of(organisation), told) || strcmp(told, siret) != 0);
}

bool owed_by_one_each(const struct work *work, const Contracts__Offer *offer, const char *field,
                      struct refusal *ret_refusal)
{
        for (size_t i = 0; i < offer->n_members; i++)
                if (!owed_by_one(work, offer->members[i]->organisation, offer->members[i]->siret, field, ret_refusal))
                        return false;
        return true;
}

bool owed_going_on(const struct owed *owed, struct refusal *ret_refusal)
{
        if (!owed->ended)
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "",
                      "Le contrat de %.100s est terminé : ses heures sont arrêtées et ne changent plus.",
                      owed->obligation->contractor_name);
}

struct decider owed_decider(const struct work *work, char siret[SIRET_TEXT_SIZE])
{
        struct decider decider = {.is_buyer = work->actor->role == TYPES__ROLE__BUYER,
                                  .siret = siret,
                                  .today = work->today};
        siret[0] = '\0';
        if (decider.is_buyer)
                (void)access_own_siret(work, siret); /* not known: "", which is no buyer's */
        return decider;
}

void owed_post(const struct work *work, const struct owed *owed, const struct posting *posting, const char *cause,
               struct postings *postings)
{
        Contracts__Posting *row = pb_new(&contracts__posting__descriptor, work->arena);
        row->obligation_id = owed->obligation->obligation_id;
        row->contract_id = owed->obligation->contract_id;
        row->from = account_to(posting->from);
        row->to = account_to(posting->to);
        row->hours = hours_to(work->arena, posting->hours);
        row->cause = (char *)(uintptr_t)cause;
        if (owed->obligation->n_territories > 0)
                row->territory = owed->obligation->territories[0];
        postings->list = pb_append(postings->list, &postings->count, sizeof(*postings->list), work->arena);
        postings->list[postings->count - 1] = row;
}
