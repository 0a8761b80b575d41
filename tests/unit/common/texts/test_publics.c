/* Publics by code and label. */
#include "tests/lib/engine_fixture.h"

#include "common/texts/publics.h"

static void test_delivered(void **state)
{
        struct publics publics;
        struct err_info info = {0};
        (void)state;
        assert_int_equal(publics_open("deploy/rules", &publics, &info), 0);
        assert_true(publics.count >= 20);
        assert_string_equal(publics_label(&publics, "B_QPV"), "Habitant d'un quartier prioritaire éloigné de l'emploi");
        assert_null(publics_label(&publics, "B_INCONNU"));
        assert_null(publics_label(&publics, ""));
        publics_close(&publics);
        publics_close(&publics);
}

static int read_of(const char *text, struct publics *ret, struct err_info *info)
{
        char directory[] = "/tmp/guichet-publics-XXXXXX", path[64];
        assert_non_null(mkdtemp(directory));
        (void)snprintf(path, sizeof(path), "%s/publics.json", directory);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        assert_true(fputs(text, file) >= 0);
        assert_int_equal(fclose(file), 0);
        int err = publics_open(directory, ret, info);
        (void)unlink(path);
        (void)rmdir(directory);
        return err;
}

static void test_a_closed_rule_is_not_read(void **state)
{
        struct publics publics;
        struct err_info info = {0};
        (void)state;
        assert_int_equal(
                read_of("{\"publics\": [{\"code\": \"A\", \"label\": \"ancien\", \"valid_to\": \"2025-12-31\"},"
                        " {\"code\": \"A\", \"label\": \"nouveau\"}]}",
                        &publics, &info),
                0);
        assert_int_equal(publics.count, 1);
        assert_string_equal(publics_label(&publics, "A"), "nouveau");
        publics_close(&publics);
}

static void test_what_is_refused(void **state)
{
        static const struct {
                const char *text, *says;
        } cases[] = {
                {"{", "line 1"},
                {"{}", "at least one"},
                {"{\"publics\": [{\"code\": \"A\"}]}", "code and label"},
                {"{\"publics\": [{\"code\": \"A\", \"label\": \"a\"}, {\"code\": \"A\", \"label\": \"b\"}]}", "twice"},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                struct publics publics;
                struct err_info info = {0};
                assert_int_equal(read_of(cases[i].text, &publics, &info), ERR_CONFIG);
                assert_non_null(strstr(info.text, cases[i].says));
        }
        struct publics publics;
        struct err_info info = {0};
        assert_int_equal(publics_open("/nowhere", &publics, &info), ERR_NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_delivered),
                cmocka_unit_test(test_a_closed_rule_is_not_read),
                cmocka_unit_test(test_what_is_refused),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
