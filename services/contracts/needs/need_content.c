#include "services/contracts/needs/need_content.h"

#include "common/base/text.h"
#include "services/contracts/needs/need.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/company.h"

/* What is to be checked: a start that was told before may have passed meanwhile, which is no fault. */
static Contracts__DeclareNeed to_check(const struct work *work, const struct need_said *what)
{
        Contracts__DeclareNeed need = *what->need;
        if (what->former != NULL && need.starts_on != NULL &&
            need.starts_on->days == what->former->starts_on->days && need.starts_on->days < day_number(work->today))
                need.starts_on = day_to(work->arena, work->today);
        return need;
}

/* The structure chosen goes by two names, its place in the directory and its SIRET: one gives the other, or they agree.
 */
static bool partner_is_one(const struct work *work, Contracts__NeedPartner *partner, struct refusal *ret_refusal)
{
        char told[SIRET_TEXT_SIZE];
        if (partner == NULL || !contracts_organisation_siret(work->txn, id_of(partner->organisation_id), told))
                return true;
        if (text_is_empty(partner->siret))
                partner->siret = arena_text(work->arena, told);
        return company_is_one(work, partner->organisation_id, partner->siret, "partner.siret", ret_refusal);
}

bool need_content(const struct work *work, const struct need_said *what, Contracts__NeedDeclared **ret,
                  struct refusal *ret_refusal)
{
        const Contracts__DeclareNeed *said = what->need, checked = to_check(work, what);
        const Contracts__ObligationRecorded *obligation = what->obligation;
        char territory[TERRITORY_TEXT_SIZE];
        if (!need_check(&checked, work->today, territory, ret_refusal))
                return false;
        char *kept = arena_text(work->arena, territory);
        /* Security: a facilitator calls the prescribers of its own territories only. */
        if (!access_territories(work, &kept, 1))
                return refuse(
                    ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "commune",
                    "Cette commune est dans le département %s, hors de votre territoire : adressez-vous "
                    "au facilitateur qui le suit.",
                    territory);

        if (!partner_is_one(work, said->partner, ret_refusal))
                return false;
        Contracts__NeedDeclared *need = pb_new(&contracts__need_declared__descriptor, work->arena);
        need->obligation_id = obligation->obligation_id;
        need->contract_id = obligation->contract_id;
        need->rome_code = said->rome_code;
        need->title = said->title;
        need->positions = said->positions;
        need->starts_on = said->starts_on;
        need->ends_on = said->ends_on;
        need->commune = said->commune;
        need->place = said->place;
        need->territory = kept;
        need->modality = said->modality;
        need->conditions = said->conditions;
        need->partner = said->partner;
        /* Security: prescribers are called by this event; who works for a private client is not told to all of them. */
        need->is_private = access_is_private(work, id_of(obligation->contract_id));
        if (!need->is_private)
                need->contractor_name = obligation->contractor_name;
        *ret = need;
        return true;
}
