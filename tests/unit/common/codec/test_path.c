/* Names in JSON and paths of fields, those that do not fit included. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/codec/path.h"

static void test_json_names(void **state)
{
        (void)state;
        char name[PATH_NAME_SIZE];
        path_json_name("labour_share", name);
        assert_string_equal(name, "labourShare");
        path_json_name("lot", name);
        assert_string_equal(name, "lot");
        path_json_name("eu_origin_2", name);
        assert_string_equal(name, "euOrigin2");
        path_json_name("_a__b_", name);
        assert_string_equal(name, "AB");

        char longest[200];
        memset(longest, 'x', sizeof(longest) - 1);
        longest[sizeof(longest) - 1] = '\0';
        path_json_name(longest, name);
        assert_int_equal(strlen(name), PATH_NAME_SIZE - 1);
}

static void test_whole_paths_in_place(void **state)
{
        (void)state;
        char snake[] = "identity.family_name", camel[] = "contractors[1].companyId", none[] = "";
        path_to_json(snake);
        assert_string_equal(snake, "identity.familyName");
        path_to_json(camel);
        assert_string_equal(camel, "contractors[1].companyId");
        path_to_json(none);
        assert_string_equal(none, "");
}

static void test_paths(void **state)
{
        (void)state;
        char text[PATH_TEXT_SIZE];
        struct path record = {.name = "record"};
        struct path contractors = {.parent = &record, .name = "contractors"};
        struct path second = {.parent = &contractors, .index = 1};
        struct path value = {.parent = &second, .name = "company_id"};

        path_format(NULL, text);
        assert_string_equal(text, "");
        path_format(&record, text);
        assert_string_equal(text, "record");
        path_format(&second, text);
        assert_string_equal(text, "record.contractors[1]");
        path_format(&value, text);
        assert_string_equal(text, "record.contractors[1].companyId");
}

static void test_a_long_path_is_cut(void **state)
{
        (void)state;
        char text[PATH_TEXT_SIZE];
        struct path links[40];
        for (size_t i = 0; i < 40; i++)
                links[i] = (struct path){.parent = i > 0 ? &links[i - 1] : NULL, .name = "child"};
        path_format(&links[39], text);
        assert_int_equal(strlen(text), PATH_TEXT_SIZE - 1);
        assert_memory_equal(text, "child.child.child", 17);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_json_names),
                cmocka_unit_test(test_whole_paths_in_place),
                cmocka_unit_test(test_paths),
                cmocka_unit_test(test_a_long_path_is_cut),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
