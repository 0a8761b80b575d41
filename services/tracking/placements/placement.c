#include "services/tracking/placements/placement.h"

#include "common/base/text.h"
#include "common/codec/field_rules.h"
#include "common/codec/types.h"
#include "directory/commands.pb-c.h"
#include "services/tracking/rules/wording.h"

bool kind_is_inclusive(int32_t kind)
{
        return kind >= DIRECTORY__ORGANISATION_KIND__ACI && kind <= DIRECTORY__ORGANISATION_KIND__REGIE_DE_QUARTIER;
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

static bool dates_are_sound(const struct opening *o, struct refusal *ret)
{
        const Types__Day *starts = o->command->starts_on, *ends = o->command->ends_on;
        if (ends != NULL && (ends->days < starts->days || ends->days > starts->days + DAYS_BACK_MAX))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "ends_on",
                              "La fin prévue doit suivre le début, de dix ans au plus ; laissez-la vide pour un "
                              "CDI.");
        return true;
}

static bool employer_is_sound(const struct opening *o, struct opened *opened, struct refusal *ret)
{
        const Tracking__OrganisationCopy *known = o->employer;
        opened->employer = id_of(o->command->employer);
        /* One thing, one name: that of the directory, where it has one. */
        opened->employer_name = known != NULL && !text_is_empty(known->name) ? known->name : o->command->employer_name;
        if (text_is_empty(opened->employer_name))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "employer_name",
                              "Indiquez le nom de l'employeur : il n'est pas dans l'annuaire.");
        if (known != NULL && known->closed_on != NULL && known->closed_on->days <= o->command->starts_on->days) {
                char closed[DAY_WORDING_SIZE];
                day_wording(day_of(known->closed_on), closed);
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "employer",
                              "Cet employeur est fermé depuis le %s : choisissez-en un autre.", closed);
        }
        return true;
}

static bool direct_hire_is_sound(const struct opening *o, struct opened *opened, struct refusal *ret)
{
        if (text_is_empty(o->command->tutor))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "tutor",
                              "Indiquez le tuteur dans l'entreprise : une embauche directe en demande un.");
        if (id_is_zero(opened->host))
                opened->host = opened->employer;
        if (!id_equal(opened->host, opened->employer))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "host_company",
                              "En embauche directe l'employeur accueille la personne : laissez l'entreprise d'accueil "
                              "vide, ou choisissez la mise à disposition.");
        return true;
}

static bool staff_provided_is_sound(const struct opening *o, struct opened *opened, struct refusal *ret)
{
        if (id_is_zero(opened->employer))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "employer",
                              "Indiquez la structure qui met la personne à disposition.");
        if (text_is_empty(o->command->referent))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "referent",
                              "Indiquez le référent dans la structure : une mise à disposition en demande un.");
        if (id_is_zero(opened->host))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "host_company",
                              "Indiquez l'entreprise d'accueil de la mise à disposition.");
        if (id_equal(opened->host, opened->employer))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "host_company",
                              "En mise à disposition l'entreprise d'accueil n'est pas l'employeur : changez l'une ou "
                              "l'autre, ou choisissez l'embauche directe.");
        return true;
}

static bool subcontracting_is_sound(const struct opening *o, struct opened *opened, struct refusal *ret)
{
        if (id_is_zero(opened->employer))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "employer",
                              "Indiquez la structure inclusive qui sous-traite.");
        if (o->employer == NULL || !kind_is_inclusive(o->employer->kind))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "employer",
                              "En sous-traitance l'employeur doit être une structure inclusive de l'annuaire (EI, "
                              "ACI, "
                              "EA, ESAT…) : choisissez-en une, ou une autre modalité.");
        if (id_is_zero(opened->host))
                opened->host = opened->employer;
        return true;
}

typedef bool (*modality_rule_f)(const struct opening *o, struct opened *opened, struct refusal *ret);
static const modality_rule_f modality_rules[] = {
        [TYPES__MODALITY__DIRECT_HIRE] = direct_hire_is_sound,
        [TYPES__MODALITY__STAFF_PROVIDED] = staff_provided_is_sound,
        [TYPES__MODALITY__SUBCONTRACTING] = subcontracting_is_sound,
};

static bool modality_is_sound(const struct opening *o, struct opened *opened, struct refusal *ret)
{
        opened->host = id_of(o->command->host_company);
        return modality_rules[o->command->modality](o, opened, ret);
}

struct day placement_granted(const struct eligibility_rules *rules, const struct period *period,
                             const char *work_contract, const Types__Day *ends_on)
{
        const struct contract_rule *contract = eligibility_contract(rules, work_contract);
        struct day ends = ends_on != NULL ? day_of(ends_on) : period->until;
        if (period->cut || contract == NULL)
                return period->until;
        return eligibility_granted_until(contract, period->from, period->until, ends_on != NULL ? &ends : NULL);
}

static bool person_is_eligible(const struct opening *o, struct opened *opened, struct refusal *ret)
{
        struct day starts = day_of(o->command->starts_on);
        const struct period *period = periods_meeting(o->periods, o->period_count, starts, starts);
        if (period == NULL) {
                char day[DAY_WORDING_SIZE];
                day_wording(starts, day);
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ELIGIBLE, "beneficiary_id",
                              "La personne n'est pas éligible au %s : validez d'abord son éligibilité à cette "
                              "date.",
                              day);
        }
        opened->granted_until = placement_granted(o->rules, period, o->command->work_contract, o->command->ends_on);
        return true;
}

static bool names_are_sound(const struct opening *o, struct refusal *ret)
{
        const struct {
                const char *field;
                const char *text;
        } names[] = {{"tutor", o->command->tutor}, {"referent", o->command->referent}};
        for (size_t i = 0; i < ARRAY_SIZE(names); i++)
                if (text_holds_nir(names[i].text))
                        return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, names[i].field,
                                      "Écrivez seulement le nom.");
        return true;
}

bool placement_may_open(const struct opening *opening, struct opened *ret_opened, struct refusal *ret)
{
        struct opened opened = {0};
        if (!dates_are_sound(opening, ret) || !names_are_sound(opening, ret) ||
            !employer_is_sound(opening, &opened, ret) || !modality_is_sound(opening, &opened, ret) ||
            !person_is_eligible(opening, &opened, ret))
                return false;
        *ret_opened = opened;
        return true;
}

/* --- afterwards ------------------------------------------------------------------------------------------------- */

struct day placement_last_day(const struct placement *placement)
{
        return placement->ended ? placement->ended_on : placement->ends_on;
}

struct month placement_last_month(const struct placement *placement, struct day today)
{
        struct day last = placement_last_day(placement);
        return month_of_day(day_number(last) < day_number(today) ? last : today);
}

bool placement_overlaps(const struct placement *placement, struct id obligation, struct day starts_on,
                        const Types__Day *ends_on)
{
        int32_t end = ends_on != NULL ? ends_on->days : DAY_OPEN_NUMBER;
        return !placement->ended && id_equal(placement->obligation, obligation) &&
               day_number(placement->starts_on) <= end && day_number(placement->ends_on) >= day_number(starts_on);
}

bool placement_may_end(const struct placement *placement, const Tracking__EndPlacement *command, struct refusal *ret)
{
        char day[DAY_WORDING_SIZE];
        if (placement->ended) {
                day_wording(placement->ended_on, day);
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "placement_id",
                              "Ce parcours est terminé depuis le %s : il n'y a plus rien à faire.", day);
        }
        if (command->ended_on->days < day_number(placement->starts_on)) {
                day_wording(placement->starts_on, day);
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "ended_on",
                              "Le parcours commence le %s : indiquez une fin à partir de ce jour.", day);
        }
        return reason_is_sound(command->reason, ret);
}
