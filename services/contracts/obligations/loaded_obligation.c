#include "services/contracts/obligations/loaded_obligation.h"

#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/company.h"

bool loaded_obligation_find(const struct work *work, const Types__Id *id, const char *field,
                            struct loaded_obligation *ret, struct refusal *ret_refusal)
{
        struct loaded_obligation loaded = {.id = id_of(id)};
        loaded.obligation = contracts_obligation_find(work->txn, work->arena, loaded.id);
        if (loaded.obligation != NULL)
                loaded.contract = contracts_record_find(work->txn, work->arena, id_of(loaded.obligation->contract_id));
        if (loaded.contract == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, field,
                              "Cette obligation n'est pas connue : vérifiez son identifiant.");
        const Contracts__ContractFile *file =
                contracts_file_find(work->txn, work->arena, id_of(loaded.obligation->contract_id));
        loaded.ledger = contracts_ledger(work->txn, work->arena, loaded.id);
        loaded.file = file;
        loaded.ended_on = file != NULL ? file->ended_on : NULL;
        *ret = loaded;
        return true;
}

bool loaded_obligation_going_on(const struct loaded_obligation *loaded, const Types__Day *day,
                                struct refusal *ret_refusal)
{
        char text[DAY_TEXT_SIZE];
        if (loaded->ended_on == NULL || (day != NULL && day->days <= loaded->ended_on->days))
                return true;
        day_format(day_of(loaded->ended_on), text);
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "",
                      "Le contrat de %.100s est terminé depuis le %s : donnez un jour d'avant, ou annulez sa fin "
                      "(WithdrawAct).",
                      loaded->obligation->contractor_name, text);
}

struct decider decider_acting(const struct work *work, char *const *buyers, size_t count, char siret[SIRET_TEXT_SIZE])
{
        char **told = arena_alloc(work->arena, (count + 1) * sizeof(*told));
        struct decider decider = {
                .is_buyer = work->actor->role == TYPES__ROLE__BUYER,
                .siret = siret,
                .today = work->today,
                .buyers = buyers,
                .told = told,
                .buyer_count = count,
        };
        for (size_t i = 0; i < count; i++)
                told[i] = company_told(work, buyers[i]);
        siret[0] = '\0';
        if (decider.is_buyer)
                (void)access_own_siret(work, siret); /* not known: "", which is no buyer's */
        return decider;
}

void loaded_obligation_post(const struct work *work, const struct loaded_obligation *loaded,
                            const struct posting *posting, const char *cause, struct postings *postings)
{
        Contracts__Posting *row = pb_new(&contracts__posting__descriptor, work->arena);
        row->obligation_id = loaded->obligation->obligation_id;
        row->contract_id = loaded->obligation->contract_id;
        row->from = account_to(posting->from);
        row->to = account_to(posting->to);
        row->hours = hours_to(work->arena, posting->hours);
        row->cause = (char *)(uintptr_t)cause;
        if (loaded->obligation->n_territories > 0)
                row->territory = loaded->obligation->territories[0];
        postings->list = pb_append(postings->list, &postings->count, sizeof(*postings->list), work->arena);
        postings->list[postings->count - 1] = row;
}

struct demand loaded_obligation_demand(const struct work *work, const struct loaded_obligation *loaded)
{
        return (struct demand){.terms = obligations_terms(work->txn, work->arena, loaded->obligation->obligation_id),
                               .file = loaded->file,
                               .opening = hours_of(loaded->obligation->hours),
                               .today = work->today};
}

void loaded_obligation_post_demand(const struct work *work, const struct loaded_obligation *loaded,
                                   struct hours demanded, const char *cause, struct postings *postings)
{
        struct posting posting = {.from = ACCOUNT_CLAUSE, .to = ACCOUNT_DUE};
        if (!loaded->obligation->by_invoices &&
            hours_subtract(demanded, ledger_demanded(&loaded->ledger), &posting.hours) == 0 &&
            hours_hundredths(posting.hours) != 0)
                loaded_obligation_post(work, loaded, &posting, cause, postings);
}
