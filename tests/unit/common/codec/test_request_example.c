/* The example of every method is a request that a daemon takes as well written; so is that of each field. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/codec/catalogue.h"
#include "common/codec/json.h"
#include "common/codec/path.h"
#include "common/codec/request_example.h"
#include "common/codec/validate.h"

static struct code_lists codes;
static const struct civil civil_today = {2026, 11, 29};

static void hold_example(const ProtobufCMethodDescriptor *method, struct day today)
{
        struct arena arena = {0};
        struct refusal refusal = {0};
        ProtobufCMessage *request;
        json_t *json = example_request(method->input, &codes, today);
        if (!json_to_message(json, method->input, &arena, &request, &refusal) ||
            !validate_with_codes(request, today, &codes, &refusal))
                fail_msg("%s: %s: %s", method->name, refusal.field, refusal.text);
        json_decref(json);
        arena_fini(&arena);
}

/* Each by itself is of the field's type. */
static void hold_fields(const ProtobufCMessageDescriptor *type, struct day today)
{
        for (unsigned i = 0; i < type->n_fields; i++) {
                struct arena arena = {0};
                struct refusal refusal = {0};
                ProtobufCMessage *request;
                char name[PATH_NAME_SIZE];
                path_json_name(type->fields[i].name, name);
                json_t *value = example_value(&type->fields[i], &codes, today);
                if (type->fields[i].label == PROTOBUF_C_LABEL_REPEATED)
                        value = json_pack("[o]", value);
                json_t *json = json_pack("{s:o}", name, value);
                if (!json_to_message(json, type, &arena, &request, &refusal))
                        fail_msg("%s.%s: %s", type->name, name, refusal.text);
                json_decref(json);
                arena_fini(&arena);
        }
}

static void test_all_are_well_written(void **state)
{
        const struct day today = day_of_civil(civil_today);
        struct err_info info;
        size_t count = 0;
        (void)state;
        assert_int_equal(codes_load("deploy/rules", NULL, &codes, &info), 0);
        for (const struct catalogue_service *at = catalogue; at->name != NULL; at++) {
                const ProtobufCServiceDescriptor *const blocks[] = {at->commands, at->queries};
                for (size_t b = 0; b < 2 && strcmp(at->name, "runtime") != 0; b++)
                        for (unsigned i = 0; blocks[b] != NULL && i < blocks[b]->n_methods; i++, count++) {
                                hold_example(&blocks[b]->methods[i], today);
                                hold_fields(blocks[b]->methods[i].input, today);
                        }
        }
        assert_true(count > 200);
        codes_free(&codes);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_all_are_well_written),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
