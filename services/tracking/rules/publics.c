#include "services/tracking/rules/publics.h"

#include <jansson.h>
#include <string.h>

#include "common/base/text.h"
#include "tracking/commands.pb-c.h"

/* One reading: the first thing that is wrong is told, and everything after it is skipped. */
struct reading {
        const char *path;
        struct arena *arena;
        struct err_info *info;
        int err;
};

static void wrong(struct reading *r, const char *where, const char *key, const char *what)
{
        if (r->err == 0)
                r->err = err_set(r->info, ERR_CONFIG, "%s: %s: \"%s\" %s", r->path, where, key, what);
}

static const char *text_at(struct reading *r, const json_t *object, const char *where, const char *key)
{
        const char *text = json_string_value(json_object_get(object, key));
        if (text == NULL || text_is_empty(text)) {
                wrong(r, where, key, "must be a text");
                return "";
        }
        return arena_text(r->arena, text);
}

/* A whole number from 0 to `max`, or -1 where the key is absent or null. */
static int number_at(struct reading *r, const json_t *object, const char *where, const char *key, int max)
{
        const json_t *value = json_object_get(object, key);
        if (value == NULL || json_is_null(value))
                return -1;
        if (!json_is_integer(value) || json_integer_value(value) < 0 || json_integer_value(value) > max) {
                wrong(r, where, key, "must be a whole number within bounds, or null");
                return -1;
        }
        return (int)json_integer_value(value);
}

static bool flag_at(struct reading *r, const json_t *object, const char *where, const char *key)
{
        const json_t *value = json_object_get(object, key);
        if (value != NULL && !json_is_boolean(value))
                wrong(r, where, key, "must be true or false");
        return json_is_true(value);
}

static struct day day_at(struct reading *r, const json_t *object, const char *where, const char *key,
                         struct civil otherwise)
{
        const json_t *value = json_object_get(object, key);
        struct day day = day_of_civil(otherwise);
        if (value == NULL || json_is_null(value))
                return day;
        const char *text = json_string_value(value);
        if (text == NULL || day_parse(text, &day) != 0)
                wrong(r, where, key, "must be a date AAAA-MM-JJ, or null");
        return day;
}

static const json_t *list_at(struct reading *r, const json_t *object, const char *where, const char *key)
{
        const json_t *list = json_object_get(object, key);
        if (!json_is_array(list) || json_array_size(list) == 0)
                wrong(r, where, key, "must be a list with something in it");
        return list;
}

static void read_proofs(struct reading *r, const json_t *list, struct public_rule *rule)
{
        enum { PROOF_AGE_MAX_MONTHS = 120 };
        struct proof_rule *proofs = arena_zalloc(r->arena, json_array_size(list) * sizeof(*proofs) + 1);
        rule->proofs = proofs;
        rule->proof_count = json_array_size(list);
        for (size_t i = 0; i < rule->proof_count; i++) {
                const json_t *object = json_array_get(list, i);
                proofs[i].code = text_at(r, object, rule->code, "code");
                proofs[i].label = text_at(r, object, rule->code, "label");
                proofs[i].age_max_months = number_at(r, object, rule->code, "age_max_months", PROOF_AGE_MAX_MONTHS);
        }
}

/* "971,972": the texts of a list, joined. Absent: "". */
static const char *joined_at(struct reading *r, const json_t *object, const char *where, const char *key)
{
        const json_t *list = json_object_get(object, key);
        const char *joined = "";
        if (list != NULL && !json_is_array(list))
                wrong(r, where, key, "must be a list of texts");
        for (size_t i = 0; i < json_array_size(list); i++) {
                const char *text = json_string_value(json_array_get(list, i));
                if (text == NULL || text_is_empty(text))
                        wrong(r, where, key, "must be a list of texts");
                else
                        joined = arena_printf(r->arena, "%s%s%s", joined, i > 0 ? "," : "", text);
        }
        return joined;
}

static void read_days(struct reading *r, const json_t *object, const char *where, struct day *ret_from,
                      struct day *ret_to)
{
        *ret_from = day_at(r, object, where, "valid_from", (struct civil){1970, 1, 1});
        *ret_to = day_at(r, object, where, "valid_to", (struct civil){2400, 12, 31});
}

static void read_perimeters(struct reading *r, const json_t *list, struct public_rule *rule)
{
        struct perimeter_rule *perimeters = arena_zalloc(r->arena, json_array_size(list) * sizeof(*perimeters) + 1);
        rule->perimeters = perimeters;
        rule->perimeter_count = json_array_size(list);
        for (size_t i = 0; i < rule->perimeter_count; i++) {
                const json_t *object = json_array_get(list, i);
                perimeters[i].code = text_at(r, object, rule->code, "code");
                (void)text_at(r, object, rule->code, "label");
                (void)text_at(r, object, rule->code, "source");
                perimeters[i].territories = joined_at(r, object, rule->code, "territories");
                read_days(r, object, rule->code, &perimeters[i].valid_from, &perimeters[i].valid_to);
        }
}

static void read_family(struct reading *r, const json_t *object, struct public_rule *rule)
{
        static const char *const families[] = {"structure", "person", "agency", "target"};
        const char *family = text_at(r, object, rule->code, "family");
        const char *sex = json_string_value(json_object_get(object, "sex"));
        size_t which = 0;
        while (which < sizeof(families) / sizeof(*families) && strcmp(families[which], family) != 0)
                which++;
        rule->family = (enum public_family)which;
        if (which == sizeof(families) / sizeof(*families))
                wrong(r, rule->code, "family", "must be \"structure\", \"person\", \"agency\" or \"target\"");
        if (sex != NULL && strcmp(sex, "WOMAN") != 0 && strcmp(sex, "MAN") != 0)
                wrong(r, rule->code, "sex", "must be \"WOMAN\" or \"MAN\"");
        rule->sex = sex == NULL ? 0 : strcmp(sex, "WOMAN") == 0 ? TRACKING__SEX__WOMAN : TRACKING__SEX__MAN;
}

static void read_agencies(struct reading *r, const json_t *list, struct eligibility_rules *rules)
{
        struct agency_rule *agencies = arena_zalloc(r->arena, json_array_size(list) * sizeof(*agencies) + 1);
        rules->agencies = agencies;
        rules->agency_count = json_array_size(list);
        for (size_t i = 0; i < rules->agency_count; i++) {
                const json_t *object = json_array_get(list, i);
                (void)text_at(r, object, "agencies", "source");
                agencies[i].publics = joined_at(r, object, "agencies", "publics");
                read_days(r, object, "agencies", &agencies[i].valid_from, &agencies[i].valid_to);
        }
}

static const char *text_or_none(struct reading *r, const json_t *object, const char *where, const char *key)
{
        const json_t *value = json_object_get(object, key);
        return value == NULL || json_is_null(value) ? "" : text_at(r, object, where, key);
}

static void read_policies(struct reading *r, const json_t *list, struct eligibility_rules *rules)
{
        enum { MONTHS_MAX = 120 };
        struct policy_rule *policies = arena_zalloc(r->arena, json_array_size(list) * sizeof(*policies) + 1);
        rules->policies = policies;
        rules->policy_count = json_array_size(list);
        for (size_t i = 0; i < rules->policy_count && r->err == 0; i++) {
                const json_t *object = json_array_get(list, i);
                struct policy_rule *policy = &policies[i];
                policy->code = text_at(r, object, "policies", "code");
                policy->label = text_at(r, object, policy->code, "label");
                (void)text_at(r, object, policy->code, "source");
                policy->buyer = text_or_none(r, object, policy->code, "buyer");
                policy->territories = joined_at(r, object, policy->code, "territories");
                policy->publics = joined_at(r, object, policy->code, "publics");
                policy->contracts = joined_at(r, object, policy->code, "work_contracts");
                policy->months = number_at(r, object, policy->code, "months", MONTHS_MAX);
                read_days(r, object, policy->code, &policy->valid_from, &policy->valid_to);
                if (policy->buyer[0] == '\0' && policy->territories[0] == '\0')
                        wrong(r, policy->code, "buyer", "must be told, or territories");
                if (policy->buyer[0] != '\0' && strlen(policy->buyer) != 9 && strlen(policy->buyer) != 14)
                        wrong(r, policy->code, "buyer", "must be a SIRET or a SIREN");
                if (policy->months == 0)
                        wrong(r, policy->code, "months", "must be one or more, or null");
        }
}

static void read_public(struct reading *r, const json_t *object, struct public_rule *rule)
{
        enum { AGE_MAX = 120 };
        rule->code = text_at(r, object, "publics", "code");
        rule->label = text_at(r, object, rule->code, "label");
        read_family(r, object, rule);
        (void)text_at(r, object, rule->code, "source"); /* a rule without a source is no rule */
        read_days(r, object, rule->code, &rule->valid_from, &rule->valid_to);
        rule->reason_demanded = flag_at(r, object, rule->code, "reason_demanded");
        rule->until_proof = flag_at(r, object, rule->code, "until_proof");
        rule->age_min_years = number_at(r, object, rule->code, "age_min_years", AGE_MAX);
        rule->age_max_years = number_at(r, object, rule->code, "age_max_years", AGE_MAX);
        read_perimeters(r, json_object_get(object, "perimeters"), rule);
        if (rule->family != FAMILY_TARGET)
                read_proofs(r, list_at(r, object, rule->code, "proofs"), rule);
}

static void read_contract(struct reading *r, const json_t *object, struct eligibility_rules *rules,
                          struct contract_rule *rule)
{
        enum { MONTHS_MAX = 120 };
        rule->code = text_at(r, object, "work_contracts", "code");
        (void)text_at(r, object, rule->code, "label");
        (void)text_at(r, object, rule->code, "source");
        rule->months = number_at(r, object, rule->code, "months", MONTHS_MAX);
        if (rule->months < 0)
                rule->months = rules->default_months;
        rule->whole_contract = flag_at(r, object, rule->code, "whole_contract");
}

static void read_rules(struct reading *r, const json_t *root, struct eligibility_rules *rules)
{
        enum { MONTHS_MAX = 120 };
        const json_t *validity = json_object_get(root, "validity");
        const json_t *publics = list_at(r, root, "the file", "publics");
        const json_t *contracts = list_at(r, validity, "validity", "work_contracts");

        rules->version = text_at(r, root, "the file", "version");
        rules->default_months = number_at(r, validity, "validity", "default_months", MONTHS_MAX);
        if (rules->default_months <= 0)
                wrong(r, "validity", "default_months", "must be told");

        struct public_rule *public_rules = arena_zalloc(r->arena, json_array_size(publics) * sizeof(*public_rules) + 1);
        rules->publics = public_rules;
        rules->public_count = json_array_size(publics);
        for (size_t i = 0; i < rules->public_count && r->err == 0; i++)
                read_public(r, json_array_get(publics, i), &public_rules[i]);

        read_agencies(r, json_object_get(root, "agencies"), rules);
        read_policies(r, json_object_get(root, "policies"), rules);
        struct contract_rule *kinds = arena_zalloc(r->arena, json_array_size(contracts) * sizeof(*kinds) + 1);
        rules->contracts = kinds;
        rules->contract_count = json_array_size(contracts);
        for (size_t i = 0; i < rules->contract_count && r->err == 0; i++)
                read_contract(r, json_array_get(contracts, i), rules, &kinds[i]);
}

int publics_load(const char *path, struct arena *arena, struct eligibility_rules *ret, struct err_info *info)
{
        json_error_t error;
        json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
        if (root == NULL)
                return err_set(info, ERR_CONFIG, "%s: line %d: %s", path, error.line, error.text);

        struct reading r = {.path = path, .arena = arena, .info = info};
        struct eligibility_rules rules = {0};
        read_rules(&r, root, &rules);
        json_decref(root);
        if (r.err == 0)
                *ret = rules;
        return r.err;
}
