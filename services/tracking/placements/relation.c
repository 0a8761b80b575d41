#include "services/tracking/placements/relation.h"

#include <string.h>

#include "common/base/attr.h"
#include "common/base/letters.h"
#include "common/base/siret.h"
#include "common/base/text.h"

enum { NAME_FOLDED_MAX = 512 };

static bool is_same_name(const char *a, const char *b)
{
        char folded_a[NAME_FOLDED_MAX], folded_b[NAME_FOLDED_MAX];
        letters_fold(a, folded_a, sizeof(folded_a));
        letters_fold(b, folded_b, sizeof(folded_b));
        return !text_is_empty(a) && strcmp(folded_a, folded_b) == 0;
}

bool company_is_same(const struct company *a, const struct company *b)
{
        if (!id_is_zero(a->organisation) && id_equal(a->organisation, b->organisation))
                return true;
        if (!text_is_empty(a->siret) && !text_is_empty(b->siret))
                return siret_same_company(a->siret, b->siret);
        return is_same_name(a->name, b->name);
}

/* ---- what is odd, NULL: nothing is */

static char *told_other(const struct relation *r, const struct company *other, const char *role, struct arena *arena)
{
        const char *owing = r->owing.name;
        if (text_is_empty(owing) || company_is_same(other, &r->owing))
                return NULL;
        if (r->works_for_other)
                return arena_printf(arena,
                                    "%s doit elle-même des heures de ce contrat, et celles-ci sont dues par %s : "
                                    "choisissez son obligation à elle.",
                                    role, owing);
        return arena_printf(arena,
                            "%s n'est pas celle qui doit ces heures (%s) : vérifiez l'obligation, ou que cette "
                            "entreprise intervient bien pour elle sur ce contrat.",
                            role, owing);
}

static char *other_hires(const struct relation *r, struct arena *arena)
{
        return r->modality != TYPES__MODALITY__DIRECT_HIRE
                       ? NULL
                       : told_other(r, &r->employer, "L'entreprise qui embauche", arena);
}

static char *other_hosts(const struct relation *r, struct arena *arena)
{
        return r->modality != TYPES__MODALITY__STAFF_PROVIDED
                       ? NULL
                       : told_other(r, &r->host, "L'entreprise d'accueil", arena);
}

static char *own_subcontractor(const struct relation *r, struct arena *arena)
{
        return r->modality != TYPES__MODALITY__SUBCONTRACTING || !company_is_same(&r->employer, &r->owing)
                       ? NULL
                       : arena_text(arena, "Cette structure doit elle-même les heures, et ne se sous-traite pas à "
                                           "elle-même : choisissez l'embauche directe.");
}

/* Whoever starts within it may go on after it has ended: then the hours of those months are told. */
static char *outside_contract(const struct relation *r, struct arena *arena)
{
        return contract_life_outside(&r->life, r->starts_on, r->starts_on, arena);
}

static const struct kind {
        const char *code, *field;
        char *(*say)(const struct relation *relation, struct arena *arena);
} kinds[] = {
        {"OTHER_COMPANY_HIRES", "employer", other_hires},
        {"OTHER_COMPANY_HOSTS", "host_company", other_hosts},
        {"OWN_SUBCONTRACTOR", "modality", own_subcontractor},
        {"OUTSIDE_CONTRACT", "starts_on", outside_contract},
};

static const struct kind *kind_of(const char *code)
{
        for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
                if (strcmp(kinds[i].code, code) == 0)
                        return &kinds[i];
        return NULL;
}

/* ---- */

bool relation_may_be(const Tracking__HoursVersion *rules, const struct relation *relation, struct arena *arena,
                     struct relation_texts *ret_texts, struct refusal *ret_refusal)
{
        *ret_texts = (struct relation_texts){arena_alloc(arena, (rules->n_placement_checks + 1) * sizeof(char *)), 0};
        for (size_t i = 0; i < rules->n_placement_checks; i++) {
                const Tracking__PlacementCheck *check = rules->placement_checks[i];
                const struct kind *kind = kind_of(check->code);
                char *text = kind == NULL || check->severity == TRACKING__HOURS_SEVERITY__OFF
                                     ? NULL
                                     : kind->say(relation, arena);
                if (text == NULL)
                        continue;
                if (check->severity == TRACKING__HOURS_SEVERITY__BLOCK)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, kind->field, "%s", text);
                ret_texts->texts[ret_texts->count++] = text;
        }
        return true;
}

const char *relation_rules_fault(const Tracking__HoursVersion *rules)
{
        for (size_t i = 0; i < rules->n_placement_checks; i++) {
                if (kind_of(rules->placement_checks[i]->code) == NULL)
                        return "a placement check that services/tracking/placements/relation.c does not have";
                if (rules->placement_checks[i]->severity == TRACKING__HOURS_SEVERITY__HOURS_SEVERITY_UNKNOWN)
                        return "a placement check whose severity is none of WARN, BLOCK, OFF";
        }
        return NULL;
}
