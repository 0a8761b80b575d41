/* The example of every method is a request that a daemon takes as well written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "common/codec/json.h"
#include "common/codec/validate.h"
#include "services/ctl/describe_text.h"
#include "services/ctl/example.h"
#include "services/ctl/methods.h"

struct holding {
        struct code_lists codes;
        struct day today;
        size_t count;
};

static void hold_example(void *context, const char *qualified_name, const struct catalogue_method *method)
{
        struct holding *holding = context;
        struct arena arena = {0};
        struct refusal refusal = {0};
        ProtobufCMessage *request;
        json_t *json = example_request(method->method->input, &holding->codes, holding->today);
        if (!json_to_message(json, method->method->input, &arena, &request, &refusal) ||
            !validate_with_codes(request, holding->today, &holding->codes, &refusal))
                fail_msg("%s: %s: %s", qualified_name, refusal.field, refusal.text);
        json_decref(json);
        arena_fini(&arena);
        holding->count++;
}

static void every_example_is_well_written(void **state)
{
        (void)state;
        struct err_info info;
        struct holding holding = {.today = day_of_civil((struct civil){2026, 11, 29})};
        assert_int_equal(codes_load("deploy/rules", NULL, &holding.codes, &info), 0);
        for (const struct catalogue_service *at = catalogue; at->name != NULL; at++)
                if (strcmp(at->name, "runtime") != 0)
                        each_method(at, hold_example, &holding);
        assert_true(holding.count > 200);
        codes_free(&holding.codes);
}

/* Those of the pages are of methods that there are, and of whom may ask them. */
static void examples_of_pages_are_of_methods(void **state)
{
        (void)state;
        struct catalogue_method method;
        assert_true(method_examples_count > 40);
        for (size_t i = 0; i < method_examples_count; i++) {
                if (!catalogue_method(method_examples[i].method, &method))
                        fail_msg("%s", method_examples[i].method);
                assert_memory_equal(method_examples[i].command, "guichetctl call ", strlen("guichetctl call "));
                assert_null(strstr(method_examples[i].command, "# refusé"));
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_example_is_well_written),
                cmocka_unit_test(examples_of_pages_are_of_methods),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
