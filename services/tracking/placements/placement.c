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

/* Lending staff is for those whom the law names (L8241-1 of the labour code): inclusive structures and groups of
 * employers, temporary-work agencies. */
static bool may_lend(int32_t kind)
{
        return kind_is_inclusive(kind) || kind == DIRECTORY__ORGANISATION_KIND__ETT;
}

static bool staff_provided_is_sound(const struct opening *o, struct opened *opened, struct refusal *ret)
{
        if (id_is_zero(opened->employer))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "employer",
                              "Indiquez la structure qui met la personne à disposition.");
        if (o->employer != NULL && !may_lend(o->employer->kind))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "employer",
                              "Cette organisation ne peut mettre du personnel à disposition : seules le peuvent les "
                              "structures inclusives, les GEIQ et les entreprises de travail temporaire. Choisissez-en "
                              "une, ou l'embauche directe.");
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

Types__Day *day_unless_open(struct arena *arena, struct day day)
{
        return day_number(day) == DAY_OPEN_NUMBER ? NULL : day_to(arena, day);
}

struct day day_or_open(const Types__Day *day)
{
        return day == NULL ? day_of_number(DAY_OPEN_NUMBER) : day_of(day);
}

static struct day the_earlier(struct day a, struct day b)
{
        return day_number(a) < day_number(b) ? a : b;
}

static struct day the_later(struct day a, struct day b)
{
        return day_number(a) < day_number(b) ? b : a;
}

struct grant placement_granted_within(const struct vouched *vouched, struct day starts_on, struct day until,
                                      struct day counts_until)
{
        struct day open = day_of_number(DAY_OPEN_NUMBER);
        struct grant grant = {day_of_number(day_number(starts_on) - 1), open, open, counts_until, ""};
        struct period parts[PERSON_PERIODS_MAX] = {{starts_on, the_earlier(until, counts_until), false}};
        size_t count = day_number(parts[0].until) >= day_number(starts_on);
        for (size_t i = 0; i < vouched->suspended_count; i++)
                count = day_number(vouched->suspended[i].until) == DAY_OPEN_NUMBER
                                ? periods_refuse(parts, count, vouched->suspended[i].from)
                                : periods_suspend(parts, count, vouched->suspended[i].from,
                                                  vouched->suspended[i].until);
        bool is_first = count > 0 && day_number(parts[0].from) == day_number(starts_on);
        if (is_first)
                grant.until = parts[0].until;
        if (count > (size_t)is_first) { /* of several parts behind suspensions, the last one */
                grant.again_from = parts[count - 1].from;
                grant.again_until = parts[count - 1].until;
        }
        return grant;
}

struct day placement_before_refusals(const struct vouched *vouched, struct day period_until, struct day until)
{
        for (size_t i = 0; i < vouched->refused_count; i++)
                if (day_number(vouched->refused[i]) > day_number(period_until))
                        until = the_earlier(until, day_of_number(day_number(vouched->refused[i]) - 1));
        return until;
}

struct day placement_stretched(const struct granting *g)
{
        const struct period *whole =
                periods_meeting(g->vouched->whole, g->vouched->whole_count, g->starts_on, g->starts_on);
        if (whole == NULL)
                return day_of_number(day_number(g->starts_on) - 1);
        return placement_before_refusals(g->vouched, whole->until,
                                         placement_granted(g->rules, whole, g->work_contract, g->ends_on));
}

struct grant placement_grant(const struct granting *g)
{
        struct day counts_until;
        if (!policy_last_day(g->policy, g->work_contract, g->starts_on, &counts_until))
                counts_until = day_of_number(DAY_OPEN_NUMBER);
        struct grant grant = placement_granted_within(g->vouched, g->starts_on, placement_stretched(g), counts_until);
        grant.policy = g->policy == NULL ? "" : g->policy->code;
        return grant;
}

void placement_tell_until(struct placement *placement, const struct period *periods, size_t count)
{
        struct day until = placement->granted_until;
        if (day_number(placement->again_until) != DAY_OPEN_NUMBER)
                until = the_later(until, placement->again_until);
        if (count > 0)
                until = the_later(until, periods[count - 1].until);
        placement->eligible_until = the_earlier(until, placement->counts_until);
}

static bool person_is_eligible(const struct opening *o, struct opened *opened, struct refusal *ret)
{
        struct day starts = day_of(o->command->starts_on);
        if (periods_meeting(o->vouched->periods, o->vouched->period_count, starts, starts) == NULL) {
                char day[DAY_WORDING_SIZE];
                day_wording(starts, day);
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ELIGIBLE, "beneficiary_id",
                              "La personne n'est pas éligible au %s : validez d'abord son éligibilité à cette "
                              "date.",
                              day);
        }
        const struct granting granting = {o->rules, o->vouched, o->command->work_contract, o->command->ends_on,
                                          starts,   o->policy};
        opened->grant = placement_grant(&granting);
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
