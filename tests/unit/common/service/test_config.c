#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "common/service/config.h"

struct toy {
        const char *name;
        int64_t pages;
        bool loud;
};

static const struct config_row rows[] = {
        {"name", CONFIG_TEXT, offsetof(struct toy, name), "sans nom", 0, 0, 0, "what it is called"},
        {"pages", CONFIG_NUMBER, offsetof(struct toy, pages), NULL, 3, -1, 9, "how many"},
        {"loud", CONFIG_BOOL, offsetof(struct toy, loud), NULL, 1, 0, 1, "whether it shouts"},
};
static const struct config_table table = {rows, ARRAY_SIZE(rows)};

static int read_settings(const char *text, struct toy *ret, struct err_info *info)
{
        struct config_table runtime = {runtime_config_rows, runtime_config_count};
        json_t *settings = json_loads(text, 0, NULL);
        int err = config_read(settings, &table, &runtime, ret, info);
        if (err == 0 && ret->name != rows[0].default_text)
                ret->name = strcmp(ret->name, "Éole") == 0 ? "Éole" : "autre"; /* borrowed from the settings */
        json_decref(settings);
        return err;
}

static void what_is_not_set_has_its_default(void **state)
{
        (void)state;
        static const char *const texts[] = {"{}", "{\"debug\": true, \"map_mib_max\": 64}"}; /* the runtime's */
        for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
                struct toy toy = {0};
                assert_int_equal(read_settings(texts[i], &toy, NULL), 0);
                assert_string_equal(toy.name, "sans nom");
                assert_int_equal(toy.pages, 3);
                assert_true(toy.loud);
        }
        struct toy toy = {0};
        assert_int_equal(config_read(NULL, &table, NULL, &toy, NULL), 0); /* no settings at all */
        assert_int_equal(toy.pages, 3);
}

static void what_is_set_is_taken(void **state)
{
        (void)state;
        struct toy toy = {0};
        assert_int_equal(read_settings("{\"name\": \"Éole\", \"pages\": -1, \"loud\": false}", &toy, NULL), 0);
        assert_string_equal(toy.name, "Éole");
        assert_int_equal(toy.pages, -1);
        assert_false(toy.loud);
}

static void what_is_wrong_is_told_with_its_key_and_what_is_right(void **state)
{
        (void)state;
        static const struct {
                const char *text, *said;
        } wrongs[] = {
                {"{\"name\": 3}", "settings.name: must be text (what it is called)"},
                {"{\"pages\": \"3\"}", "settings.pages: must be a whole number from -1 to 9 (how many)"},
                {"{\"pages\": 10}", "from -1 to 9"},
                {"{\"pages\": -2}", "from -1 to 9"},
                {"{\"pages\": 2.5}", "whole number"},
                {"{\"loud\": 1}", "settings.loud: must be true or false"},
                {"{\"colour\": 1}", "settings.colour: no such setting"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(wrongs); i++) {
                struct toy toy = {0};
                struct err_info info = {0};
                assert_int_equal(read_settings(wrongs[i].text, &toy, &info), ERR_CONFIG);
                assert_non_null(strstr(info.text, wrongs[i].said));
        }
}

static void the_table_prints_as_documentation(void **state)
{
        (void)state;
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        assert_non_null(out);
        config_print(out, &table);
        assert_int_equal(fclose(out), 0);
        assert_non_null(strstr(text, "text, default \"sans nom\": what it is called\n"));
        assert_non_null(strstr(text, "number -1..9, default 3: how many\n"));
        assert_non_null(strstr(text, "true or false, default true: whether it shouts\n"));
        free(text);
}

static void rules_come_from_the_setting_the_environment_or_the_tree(void **state)
{
        (void)state;
        assert_int_equal(unsetenv("GUICHET_RULES"), 0);
        assert_string_equal(config_rules_directory(""), "deploy/rules");
        assert_string_equal(config_rules_directory(NULL), "deploy/rules");
        assert_int_equal(setenv("GUICHET_RULES", "/opt/rules", 1), 0);
        assert_string_equal(config_rules_directory(""), "/opt/rules");
        assert_string_equal(config_rules_directory("/etc/rules"), "/etc/rules");
        assert_int_equal(unsetenv("GUICHET_RULES"), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_is_not_set_has_its_default),
                cmocka_unit_test(what_is_set_is_taken),
                cmocka_unit_test(what_is_wrong_is_told_with_its_key_and_what_is_right),
                cmocka_unit_test(the_table_prints_as_documentation),
                cmocka_unit_test(rules_come_from_the_setting_the_environment_or_the_tree),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
