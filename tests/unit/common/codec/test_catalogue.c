/* Every method of proto/ is found by its name, and nothing else is. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "common/codec/catalogue.h"

static unsigned find_all(const struct catalogue_service *service, const ProtobufCServiceDescriptor *block,
                         bool commands)
{
        unsigned count = 0;
        for (; block != NULL && count < block->n_methods; count++) {
                char name[128];
                struct catalogue_method found;
                (void)snprintf(name, sizeof(name), "%s.%s", service->name, block->methods[count].name);
                assert_true(catalogue_method(name, &found));
                assert_ptr_equal(found.service, service);
                assert_ptr_equal(found.method, &block->methods[count]);
                assert_int_equal(found.is_command, commands);
        }
        return count;
}

static void test_every_method_is_found(void **state)
{
        (void)state;
        unsigned count = 0;
        for (const struct catalogue_service *service = catalogue; service->name != NULL; service++) {
                assert_ptr_equal(catalogue_find(service->name), service);
                count += find_all(service, service->commands, true);
                count += find_all(service, service->queries, false);
        }
        assert_true(count > 30);
}

static void test_rows_come_in_a_body(void **state)
{
        static const struct {
                const char *name;
                bool rows, body;
        } cases[] = {
                {"tracking.PreviewBeneficiaries", true, true}, {"contracts.PreviewProgramme", true, true},
                {"tracking.ImportHours", true, true},          {"tracking.SubmitHours", false, true},
                {"tracking.Placements", false, false},         {"tracking.Imports", false, false},
        };
        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                struct catalogue_method found;
                assert_true(catalogue_method(cases[i].name, &found));
                assert_int_equal(catalogue_holds_rows(&found), cases[i].rows);
                assert_int_equal(catalogue_takes_body(&found), cases[i].body);
        }
}

static void test_what_is_not_there(void **state)
{
        (void)state;
        struct catalogue_method found;
        static const char *const names[] = {
                "",
                ".",
                "tracking",
                "tracking.",
                ".SubmitHours",
                "tracking.submitHours",
                "contracts.SubmitHours",
                "tracking.SubmitHours ",
                "Tracking.SubmitHours",
                "a-service-whose-name-is-longer-than-any-method-name-may-ever-be.SubmitHours"};
        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
                assert_false(catalogue_method(names[i], &found));
        assert_null(catalogue_find("payments"));
        assert_null(catalogue_find(""));
}

static void test_shape(void **state)
{
        (void)state;
        struct catalogue_method found;
        assert_true(catalogue_method("tracking.SubmitHours", &found));
        assert_true(found.is_command);
        assert_string_equal(found.method->input->name, "tracking.SubmitHours");
        assert_string_equal(found.method->output->name, "tracking.SubmitHoursReply");
        assert_true(catalogue_method("runtime.Health", &found));
        assert_false(found.is_command);
        assert_null(catalogue_find("runtime")->event);
        assert_null(catalogue_find("runtime")->commands);
        assert_null((catalogue_find("runtime") + 1)->name);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_every_method_is_found),
                cmocka_unit_test(test_rows_come_in_a_body),
                cmocka_unit_test(test_what_is_not_there),
                cmocka_unit_test(test_shape),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
