/* The description of the network: what stands in it of a method, and that it is whole. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/catalogue.h"
#include "common/codec/description.h"
#include "common/codec/field_rules.h"
#include "common/codec/method_refusals.h"
#include "common/codec/path.h"
#include "types.pb-c.h"

#define ROLE(name) (1u << TYPES__ROLE__##name)

static const struct method_roles roles[] = {
        {"contracts.DeclareNeed", ROLE(COMPANY) | ROLE(FACILITATOR)},
        {"contracts.Contracts", ROLE(FACILITATOR)},
        {"tracking.OpenBeneficiaryFile", ROLE(FACILITATOR)},
};
static const struct method_refusal refusals[] = {
        {"contracts.DeclareNeed", TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id", "Cette obligation est annulée."},
        {"contracts.DeclareNeed", TYPES__REFUSAL_CODE__WRONG_STATE, "seen", "Elle a changé."},
        {"contracts.Contracts", TYPES__REFUSAL_CODE__NOT_FOUND, "", "Rien."},
};
static struct code_lists codes;

static json_t *described(const char *method, uint32_t asker)
{
        const struct description wanted = {
                .roles = roles,
                .role_count = ARRAY_SIZE(roles),
                .refusals = refusals,
                .refusal_count = ARRAY_SIZE(refusals),
                .codes = &codes,
                .today = day_of_civil((struct civil){2026, 11, 28}),
                .asker = asker,
                .method = method,
        };
        return description_make(&wanted);
}

/* A value by its path, "a/b/0/c"; a name with a slash is given as the last argument of its own. */
static const json_t *at(const json_t *json, const char *path)
{
        char name[128];
        while (*path != '\0') {
                size_t size = strcspn(path, ">");
                (void)snprintf(name, sizeof(name), "%.*s", (int)size, path);
                const json_t *next = json_is_array(json) ? json_array_get(json, (size_t)(name[0] - '0'))
                                                         : json_object_get(json, name);
                if (next == NULL)
                        fail_msg("no %s", name);
                json = next;
                path += size + (path[size] == '>');
        }
        return json;
}

static void says(const json_t *json, const char *path, const char *text)
{
        assert_string_equal(json_string_value(at(json, path)), text);
}

static void test_a_command(void **state)
{
        json_t *all = described("contracts.DeclareNeed", 0);
        const json_t *need = at(all, "components>schemas>contracts.DeclareNeed");
        (void)state;
        says(all, "openapi", "3.1.0");
        assert_int_equal(json_object_size(at(all, "paths")), 1);
        says(all, "paths>/v1/contracts/DeclareNeed>post>operationId", "contracts.DeclareNeed");
        says(all, "paths>/v1/contracts/DeclareNeed>post>x-guichet-roles>0", "FACILITATOR");
        says(all, "paths>/v1/contracts/DeclareNeed>post>x-guichet-roles>1", "COMPANY");
        says(all, "paths>/v1/contracts/DeclareNeed>post>requestBody>content>application/json>schema>$ref",
             "#/components/schemas/contracts.DeclareNeed");
        says(need, "properties>romeCode>title", "Métier, par son code ROME");
        says(need, "properties>romeCode>description", "par exemple F1703");
        says(need, "properties>romeCode>pattern", "^[A-Z][0-9]{4}$");
        assert_int_equal(json_integer_value(at(need, "properties>romeCode>maxLength")), 5);
        says(need, "properties>startsOn>$ref", "#/components/schemas/types.Day");
        says(need, "properties>startsOn>title", "Date de début");
        assert_int_equal(json_integer_value(at(need, "properties>positions>minimum")), 1);
        assert_int_equal(json_integer_value(at(need, "properties>positions>maximum")), 500);
        says(all, "components>schemas>types.Day>format", "date");
        says(all, "components>schemas>types.Modality>enum>1", "DIRECT_HIRE");
        bool is_required = false;
        for (size_t i = 0; i < json_array_size(at(need, "required")); i++)
                is_required = is_required ||
                              strcmp(json_string_value(json_array_get(at(need, "required"), i)), "romeCode") == 0;
        assert_true(is_required);
        json_decref(all);
}

/* What reads it needs no other page: what each value means, what it looks like, what may be refused and why. */
static void test_words_examples_and_refusals(void **state)
{
        json_t *all = described("contracts.DeclareNeed", 0);
        const json_t *post = at(all, "paths>/v1/contracts/DeclareNeed>post");
        (void)state;
        says(all, "components>schemas>types.Modality>x-guichet-labels>DIRECT_HIRE", "embauche directe");
        says(all, "components>schemas>contracts.DeclareNeed>properties>romeCode>examples>0", "F1606");
        says(post, "requestBody>content>application/json>example>romeCode", "F1606");
        says(post, "description", "Qui le peut : FACILITATOR (facilitateur), COMPANY (entreprise).");
        assert_int_equal(json_array_size(at(post, "x-guichet-refusals")), 1); /* it has no field `seen` */
        says(post, "x-guichet-refusals>0>code", "WRONG_STATE");
        says(post, "x-guichet-refusals>0>field", "obligationId");
        says(post, "responses>409>$ref", "#/components/responses/409");
        assert_null(json_object_get(at(post, "responses"), "412"));
        assert_non_null(strstr(json_string_value(at(all, "components>responses>409>description")), "(KEY_REUSED)"));
        json_decref(all);
        json_t *question = described("contracts.Contracts", 0);
        assert_null(json_object_get(at(question, "paths>/v1/contracts/Contracts>get>responses"), "409"));
        json_decref(question);
}

static void test_codes_and_amounts(void **state)
{
        json_t *all = described(NULL, 0);
        (void)state;
        says(all, "components>schemas>tracking.OpenBeneficiaryFile>properties>reasonCode>x-guichet-codes",
             "reading_reasons");
        says(all, "components>schemas>tracking.OpenBeneficiaryFile>properties>reasonCode>$ref",
             "#/components/schemas/codes.reading_reasons");
        says(all, "components>schemas>codes.reading_reasons>oneOf>1>const", "PLACEMENT");
        says(all, "components>schemas>codes.reading_reasons>oneOf>1>title", "préparer, suivre ou clore un parcours");
        says(all, "components>schemas>tracking.SubmitHours>properties>hours>x-guichet-most", "744.00");
        says(all, "components>schemas>contracts.SignAgreement>properties>signedOn>x-guichet-day", "PAST");
        says(all, "components>schemas>contracts.Calibration>properties>targetPublics>items>$ref",
             "#/components/schemas/codes.publics");
        const json_t *publics = at(all, "components>schemas>contracts.Calibration>properties>targetPublics");
        assert_int_equal(json_integer_value(at(publics, "maxItems")), 20);
        json_decref(all);
}

static void test_whose(void **state)
{
        (void)state;
        static const struct {
                uint32_t asker;
                size_t methods;
        } cases[] = {{ROLE(COMPANY), 1}, {ROLE(FACILITATOR), 3}, {ROLE(PRESCRIBER), 0}, {ROLE(COMPANY) | 1u << 30, 1}};
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                json_t *some = described(NULL, cases[i].asker);
                size_t methods = 0;
                const char *path;
                json_t *value;
                json_object_foreach ((json_t *)(uintptr_t)at(some, "paths"), path, value)
                        methods += strncmp(path, "/v1/contracts/", 14) == 0 || strncmp(path, "/v1/tracking/", 13) == 0;
                assert_int_equal(methods, cases[i].methods);
                json_decref(some);
        }
        json_t *none = described("contracts.Contracts", ROLE(COMPANY)); /* not even its fields */
        assert_int_equal(json_object_size(at(none, "paths")), 0);
        assert_int_equal(json_object_size(at(none, "components>schemas")), 0);
        assert_int_equal(json_object_size(at(none, "components>responses")), 0);
        json_decref(none);
}

/* ---- whole */

static void check_references(const json_t *json, const json_t *components)
{
        static const char prefix[] = "#/components/";
        char kind[32];
        const char *key;
        json_t *value;
        size_t index;
        if (json_is_array(json))
                json_array_foreach (json, index, value)
                        check_references(value, components);
        json_object_foreach ((json_t *)(uintptr_t)json, key, value) {
                if (strcmp(key, "$ref") != 0) {
                        check_references(value, components);
                        continue;
                }
                const char *text = json_string_value(value);
                assert_non_null(text);
                assert_memory_equal(text, prefix, strlen(prefix));
                const char *name = strrchr(text, '/') + 1;
                (void)snprintf(kind, sizeof(kind), "%.*s", (int)(name - 1 - (text + strlen(prefix))),
                               text + strlen(prefix));
                if (json_object_get(at(components, kind), name) == NULL)
                        fail_msg("%s leads nowhere", text);
        }
}

static void check_fields(const ProtobufCMessageDescriptor *type, const json_t *schemas)
{
        const json_t *properties = at(at(schemas, type->name), "properties");
        assert_int_equal(json_object_size(properties), type->n_fields);
        for (unsigned i = 0; i < type->n_fields; i++) {
                char name[PATH_NAME_SIZE], title[LABEL_SIZE];
                path_json_name(type->fields[i].name, name);
                label_title(field_rule(&type->fields[i])->label, title);
                says(at(properties, name), "title", title);
        }
}

/* Every method of the catalogue, every field of its request by its label; no reference that leads nowhere. */
static void test_all_is_there(void **state)
{
        json_t *all = described(NULL, 0);
        size_t count = 0;
        (void)state;
        for (const struct catalogue_service *service = catalogue; service->name != NULL; service++) {
                const ProtobufCServiceDescriptor *blocks[] = {service->commands, service->queries};
                for (size_t k = 0; k < 2; k++) {
                        for (unsigned i = 0; blocks[k] != NULL && i < blocks[k]->n_methods; i++) {
                                char path[160];
                                if (strcmp(service->name, "runtime") == 0)
                                        continue;
                                (void)snprintf(path, sizeof(path), "/v1/%s/%s", service->name,
                                               blocks[k]->methods[i].name);
                                const struct catalogue_method method = {service, &blocks[k]->methods[i], k == 0};
                                const char *verb = catalogue_takes_body(&method) ? "post" : "get";
                                assert_non_null(json_object_get(at(at(all, "paths"), path), verb));
                                check_fields(blocks[k]->methods[i].input, at(all, "components>schemas"));
                                count++;
                        }
                }
        }
        assert_true(count > 100);
        assert_true(json_object_size(at(all, "paths")) > count); /* and what the gateway answers by itself */
        check_references(all, at(all, "components"));
        json_decref(all);
}

static int load(void **state)
{
        struct err_info info;
        (void)state;
        return codes_load("deploy/rules", NULL, &codes, &info);
}

static int unload(void **state)
{
        (void)state;
        codes_free(&codes);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_a_command),         cmocka_unit_test(test_words_examples_and_refusals),
                cmocka_unit_test(test_codes_and_amounts), cmocka_unit_test(test_whose),
                cmocka_unit_test(test_all_is_there),
        };
        return cmocka_run_group_tests(tests, load, unload);
}
