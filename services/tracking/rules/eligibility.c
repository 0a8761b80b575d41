#include "services/tracking/rules/eligibility.h"

#include <string.h>

#include "common/base/days.h"
#include "common/base/text.h"
#include "services/tracking/rules/wording.h"

int age_years(struct day born_on, struct day at)
{
        struct civil born = day_civil(born_on), now = day_civil(at);
        bool before_birthday = now.month < born.month || (now.month == born.month && now.day < born.day);
        return now.year - born.year - (before_birthday ? 1 : 0);
}

static bool before(struct day a, struct day b)
{
        return day_number(a) < day_number(b);
}

/* The day before the same day, `months` later: 24 months from 1 March end on the last of February. */
static struct day last_day(struct day from, int months)
{
        return day_plus(day_add_months(from, months), -1);
}

const struct public_rule *eligibility_public(const struct eligibility_rules *rules, const char *code, struct day at)
{
        for (size_t i = 0; i < rules->public_count; i++) {
                const struct public_rule *rule = &rules->publics[i];
                if (strcmp(rule->code, code) == 0 && !before(at, rule->valid_from) && !before(rule->valid_to, at))
                        return rule;
        }
        return NULL;
}

static bool holds_on(struct day valid_from, struct day valid_to, struct day at)
{
        return !before(at, valid_from) && !before(valid_to, at);
}

bool eligibility_agency_admits(const struct eligibility_rules *rules, const char *public_code, struct day at)
{
        bool is_ruled = false;
        for (size_t i = 0; i < rules->agency_count; i++) {
                const struct agency_rule *rule = &rules->agencies[i];
                if (!holds_on(rule->valid_from, rule->valid_to, at))
                        continue;
                is_ruled = true;
                if (territory_listed(rule->publics, public_code))
                        return true;
        }
        return !is_ruled;
}

static bool is_of_buyer(const struct policy_rule *policy, const char *siret)
{
        return policy->buyer[0] == '\0' ||
               (siret[0] != '\0' && strncmp(siret, policy->buyer, strlen(policy->buyer)) == 0);
}

const struct policy_rule *eligibility_policy(const struct eligibility_rules *rules,
                                             const struct policy_question *question)
{
        const struct policy_rule *found = NULL;
        int nearest = 0;
        for (size_t i = 0; i < rules->policy_count; i++) {
                const struct policy_rule *policy = &rules->policies[i];
                int near = 2 * (policy->buyer[0] != '\0') + (policy->territories[0] != '\0');
                if (near > nearest && holds_on(policy->valid_from, policy->valid_to, question->at) &&
                    is_of_buyer(policy, question->buyer) &&
                    (policy->territories[0] == '\0' || territory_listed(policy->territories, question->territory))) {
                        found = policy;
                        nearest = near;
                }
        }
        return found;
}

bool policy_admits(const struct policy_rule *policy, const char *public_code)
{
        return policy == NULL || policy->publics[0] == '\0' || territory_listed(policy->publics, public_code);
}

bool policy_last_day(const struct policy_rule *policy, const char *work_contract, struct day from, struct day *ret)
{
        if (policy == NULL || policy->months < 0 ||
            (policy->contracts[0] != '\0' && !territory_listed(policy->contracts, work_contract)))
                return false;
        *ret = last_day(from, policy->months);
        return true;
}

static const struct perimeter_rule *find_perimeter(const struct public_rule *rule, const char *territory, struct day at)
{
        const struct perimeter_rule *found = NULL;
        for (size_t i = 0; i < rule->perimeter_count; i++) {
                const struct perimeter_rule *one = &rule->perimeters[i];
                bool is_named = one->territories[0] != '\0';
                if (!holds_on(one->valid_from, one->valid_to, at))
                        continue;
                if (is_named && territory_listed(one->territories, territory))
                        return one;
                if (!is_named && found == NULL)
                        found = one;
        }
        return found;
}

bool eligibility_perimeter(const struct eligibility_rules *rules, const struct place_question *question,
                           const char **ret_perimeter, struct refusal *ret)
{
        enum { JUDGED_MONTHS = 6 }; /* as old as a proof of address may be */
        char day[DAY_WORDING_SIZE];
        const struct public_rule *rule = eligibility_public(rules, question->public_code, question->valid_from);
        *ret_perimeter = "";
        if (rule == NULL || rule->perimeter_count == 0)
                return true;
        if (question->judged_on == NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "judged_on",
                              "Indiquez le jour où l'adresse a été jugée : ce public dépend du lieu où la personne "
                              "habite ce jour-là. L'adresse elle-même n'est pas gardée.");
        day_wording(question->decided_on, day);
        if (before(question->decided_on, *question->judged_on))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "judged_on",
                              "L'adresse ne peut être jugée après la décision (%s) : vérifiez l'une ou l'autre date.",
                              day);
        day_wording(question->valid_from, day);
        if (before(*question->judged_on, day_add_months(question->valid_from, -JUDGED_MONTHS)))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "judged_on",
                              "L'adresse a été jugée plus de %d mois avant le %s : jugez-la à nouveau.", JUDGED_MONTHS,
                              day);
        const struct perimeter_rule *perimeter = find_perimeter(rule, question->territory, *question->judged_on);
        if (perimeter == NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "judged_on",
                              "Aucune liste de lieux n'est en vigueur ce jour-là pour ce public : vérifiez la date.");
        *ret_perimeter = perimeter->code;
        return true;
}

static const struct proof_rule *find_proof(const struct public_rule *rule, const char *code)
{
        for (size_t i = 0; i < rule->proof_count; i++)
                if (strcmp(rule->proofs[i].code, code) == 0)
                        return &rule->proofs[i];
        return NULL;
}

const struct contract_rule *eligibility_contract(const struct eligibility_rules *rules, const char *code)
{
        for (size_t i = 0; i < rules->contract_count; i++)
                if (strcmp(rules->contracts[i].code, code) == 0)
                        return &rules->contracts[i];
        return NULL;
}

static bool proof_holds(const struct proof_rule *proof, const struct eligibility_question *question,
                        struct refusal *ret)
{
        if (question->proof_dated == NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "proof_dated",
                              "Indiquez la date du justificatif que vous avez vu.");
        if (question->proof_until != NULL && before(*question->proof_until, question->valid_from)) {
                char until[DAY_WORDING_SIZE];
                day_wording(*question->proof_until, until);
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "proof_until",
                              "Ce justificatif (%s) n'est valable que jusqu'au %s, avant le premier jour "
                              "d'éligibilité : demandez-en un en cours de validité.",
                              proof->label, until);
        }
        if (proof->age_max_months >= 0 &&
            before(*question->proof_dated, day_add_months(question->valid_from, -proof->age_max_months))) {
                char from[DAY_WORDING_SIZE];
                day_wording(question->valid_from, from);
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "proof_dated",
                              "Ce justificatif (%s) doit dater de moins de %d mois au %s : demandez-en un plus "
                              "récent.",
                              proof->label, proof->age_max_months, from);
        }
        return true;
}

static bool age_holds(const struct public_rule *rule, const struct eligibility_question *question, struct refusal *ret)
{
        int oldest = age_years(question->born_on, question->valid_from);
        int youngest = age_years(question->born_by, question->valid_from);
        bool is_unsure = (rule->age_min_years >= 0 && youngest < rule->age_min_years) ||
                         (rule->age_max_years >= 0 && oldest > rule->age_max_years);
        if (rule->age_min_years >= 0 && oldest < rule->age_min_years)
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ELIGIBLE, "public_code",
                              "« %s » : il faut au moins %d ans au premier jour ; choisissez un autre public.",
                              rule->label, rule->age_min_years);
        if (rule->age_max_years >= 0 && youngest > rule->age_max_years)
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ELIGIBLE, "public_code",
                              "« %s » : il faut %d ans au plus au premier jour ; choisissez un autre public.",
                              rule->label, rule->age_max_years);
        if (is_unsure && text_is_empty(question->reason))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason",
                              "« %s » : l'âge est à confirmer, la date de naissance n'étant pas connue en entier. "
                              "Écrivez ce qui l'atteste.",
                              rule->label);
        return true;
}

/* One that was admitted before: since when it is not, and what is. */
static bool refuse_proof(const struct eligibility_rules *rules, const struct public_rule *rule, const char *code,
                         struct refusal *ret)
{
        char since[DAY_WORDING_SIZE];
        for (size_t i = 0; i < rules->public_count; i++) {
                const struct public_rule *old = &rules->publics[i];
                if (strcmp(old->code, rule->code) != 0 || !before(old->valid_to, rule->valid_from) ||
                    find_proof(old, code) == NULL)
                        continue;
                day_wording(rule->valid_from, since);
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "proof_code",
                              "Depuis le %s ce justificatif ne suffit plus pour ce public ; il faut par exemple : %s.",
                              since, rule->proofs[0].label);
        }
        return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "proof_code",
                      "Ce justificatif n'est pas admis pour ce public : choisissez-en un de sa liste.");
}

static bool may_vouch(const struct eligibility_rules *rules, const struct eligibility_question *question,
                      struct refusal *ret)
{
        const struct public_rule *rule = eligibility_public(rules, question->public_code, question->valid_from);
        if (rule == NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "public_code",
                              "Ce public n'est pas dans la liste en vigueur à la date de début (règles %s).",
                              rules->version);
        if (rule->family == FAMILY_TARGET)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "public_code",
                              "« %s » est un filtre de clause, et n'ouvre aucun droit : choisissez un public.",
                              rule->label);
        const struct proof_rule *proof = find_proof(rule, question->proof_code);
        if (proof == NULL)
                return refuse_proof(rules, rule, question->proof_code, ret);
        if (rule->reason_demanded && text_is_empty(question->reason))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason",
                              "Ce public demande un avis motivé : écrivez le motif.");
        return proof_holds(proof, question, ret) && age_holds(rule, question, ret);
}

bool eligibility_decide(const struct eligibility_rules *rules, const struct eligibility_question *question,
                        struct day *ret_until, struct refusal *ret)
{
        if (!question->eligible) {
                if (text_is_empty(question->reason))
                        return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason",
                                      "Une décision de non-éligibilité doit être motivée : écrivez le motif.");
                return true;
        }
        if (!may_vouch(rules, question, ret))
                return false;
        *ret_until = last_day(question->valid_from, rules->default_months);
        if (question->proof_until != NULL && before(*question->proof_until, *ret_until) &&
            eligibility_public(rules, question->public_code, question->valid_from)->until_proof)
                *ret_until = *question->proof_until;
        return true;
}

struct day eligibility_granted_until(const struct contract_rule *contract, struct day from, struct day until,
                                     const struct day *ends_on)
{
        struct day granted = day_later(until, last_day(from, contract->months));
        return contract->whole_contract && ends_on != NULL ? day_later(granted, *ends_on) : granted;
}
