#include "services/tracking/placements/admission.h"

#include <string.h>

#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"

/* ---- what the file says */

static int open_sealed(const struct work *work, struct id id, struct slice sealed, Tracking__Sealed__ContentCase wanted,
                       Tracking__Sealed **ret)
{
        int err;
        *ret = work_unseal(work, id, sealed, &tracking__sealed__descriptor, &err);
        return err == 0 && (*ret)->content_case != wanted ? ERR_FORGED : err;
}

static bool holds(const Tracking__DecisionRow *decision, struct day at)
{
        return decision->state == TRACKING__DECISION_STATE__DECISION_STANDS && decision->eligible &&
               decision->valid_from->days <= day_number(at) && decision->valid_until->days >= day_number(at);
}

static int add_publics(const struct work *work, struct id file, struct day at, struct admitted *ret)
{
        const Tracking__BeneficiaryRow *person = tracking_beneficiary(work->txn, file, work->arena);
        const Tracking__EligibilityRow *row = tracking_eligibility(work->txn, file, work->arena);
        int err = 0;
        for (size_t i = 0; person != NULL && i < row->n_decisions && err == 0 && ret->count < DECISIONS_MAX; i++) {
                Tracking__Sealed *content;
                if (!holds(row->decisions[i], at))
                        continue;
                err = open_sealed(work, file, eligibility_sealed(person, row->decisions[i]),
                                  TRACKING__SEALED__CONTENT_ELIGIBILITY, &content);
                if (err == 0)
                        ret->publics[ret->count++] = content->eligibility->public_code;
        }
        return err;
}

/* By whichever of her files. */
int admission_load(const struct work *work, struct id beneficiary, struct day at, struct admitted *ret)
{
        const Tracking__BeneficiaryRow *person = tracking_beneficiary(work->txn, beneficiary, work->arena);
        struct files files = identity_files(work->txn, beneficiary);
        Tracking__Sealed *content;
        *ret = (struct admitted){0};
        if (person == NULL)
                return ERR_NOT_FOUND;
        int err = open_sealed(work, beneficiary, pb_slice(person->sealed_identity), TRACKING__SEALED__CONTENT_IDENTITY,
                              &content);
        if (err != 0)
                return err;
        ret->sex = content->identity->sex;
        ret->born_on = content->identity->born_on;
        for (size_t i = 0; i < files.count && err == 0; i++)
                err = add_publics(work, files.at[i], at, ret);
        return err;
}

/* ---- the rule */

static bool agency_is_right(const struct admission *admission, const struct admitted *person, struct refusal *ret)
{
        bool admits = person->count == 0; /* nothing to judge by */
        for (size_t i = 0; i < person->count && !admits; i++) {
                const struct public_rule *rule =
                        eligibility_public(admission->rules, person->publics[i], admission->at);
                admits = admission->by_agency
                                 ? eligibility_agency_admits(admission->rules, person->publics[i], admission->at)
                                 : rule == NULL || rule->family != FAMILY_AGENCY;
        }
        if (admits)
                return true;
        return admission->by_agency
                       ? refuse(ret, TYPES__REFUSAL_CODE__NOT_ELIGIBLE, "employer",
                                "Le travail temporaire a sa propre définition des personnes, et rien au dossier ne dit "
                                "qu'elle y répond : ajoutez une décision qui le dise, ou choisissez un autre "
                                "employeur.")
                       : refuse(ret, TYPES__REFUSAL_CODE__NOT_ELIGIBLE, "employer",
                                "La personne n'est éligible qu'avec une agence de travail temporaire : ajoutez une "
                                "décision, ou choisissez une agence.");
}

static bool policy_is_met(const struct admission *admission, const struct admitted *person, struct refusal *ret)
{
        bool admits = person->count == 0; /* nothing to judge by */
        for (size_t i = 0; i < person->count && !admits; i++)
                admits = policy_admits(admission->policy, person->publics[i]);
        if (admits)
                return true;
        return refuse(ret, TYPES__REFUSAL_CODE__NOT_ELIGIBLE, "obligation_id",
                      "L'acheteur de ce marché n'admet que certains publics (« %s »), et rien au dossier ne dit que la "
                      "personne est de l'un d'eux : ajoutez une décision qui le dise, ou choisissez une autre clause.",
                      admission->policy->label);
}

static bool is_of(const struct admission *admission, const struct admitted *person, const char *target)
{
        const struct public_rule *rule = eligibility_public(admission->rules, target, admission->at);
        for (size_t i = 0; i < person->count; i++)
                if (strcmp(person->publics[i], target) == 0)
                        return true;
        if (rule == NULL || rule->family != FAMILY_TARGET || (rule->sex != 0 && rule->sex != (int)person->sex))
                return false;
        if (rule->age_max_years < 0)
                return true;
        return person->born_on != NULL && age_years(day_of(person->born_on), admission->at) <= rule->age_max_years;
}

static const char *labels_of(const struct admission *admission, struct arena *arena)
{
        const char *text = "";
        for (size_t i = 0; i < admission->target_count; i++) {
                const struct public_rule *rule =
                        eligibility_public(admission->rules, admission->targets[i], admission->at);
                text = arena_printf(arena, "%s%s%s", text, i > 0 ? " ; " : "",
                                    rule != NULL ? rule->label : admission->targets[i]);
        }
        return text;
}

bool admission_holds(const struct admission *admission, const struct admitted *person, struct arena *arena,
                     struct refusal *ret)
{
        if (!agency_is_right(admission, person, ret) || !policy_is_met(admission, person, ret))
                return false;
        for (size_t i = 0; i < admission->target_count; i++)
                if (is_of(admission, person, admission->targets[i]))
                        return true;
        if (admission->target_count == 0)
                return true;
        return refuse(ret, TYPES__REFUSAL_CODE__NOT_ELIGIBLE, "obligation_id",
                      "Rien au dossier ne dit que la personne est d'un public à qui cette clause réserve ses heures "
                      "(%s) : ajoutez une décision qui le dise, ou choisissez une autre clause.",
                      labels_of(admission, arena));
}
