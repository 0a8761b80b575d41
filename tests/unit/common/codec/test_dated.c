/* Dated data: read strictly, by a message that has the shape. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/codec/dated.h"
#include "texts.pb-c.h"

struct place {
        char directory[64];
        char path[128];
};

static int setup(void **state)
{
        struct place *place = calloc(1, sizeof(*place));
        assert_non_null(place);
        (void)snprintf(place->directory, sizeof(place->directory), "/tmp/guichet-dated-XXXXXX");
        assert_non_null(mkdtemp(place->directory));
        (void)snprintf(place->path, sizeof(place->path), "%s/letters.json", place->directory);
        *state = place;
        return 0;
}

static int teardown(void **state)
{
        struct place *place = *state;
        (void)unlink(place->path);
        (void)rmdir(place->directory);
        free(place);
        return 0;
}

static int load(const struct place *place, const char *text, struct dated *ret, struct err_info *info)
{
        FILE *file = fopen(place->path, "w");
        assert_non_null(file);
        assert_true(fputs(text, file) >= 0);
        assert_int_equal(fclose(file), 0);
        return dated_load(place->directory, "letters", &texts__text_library__descriptor, ret, info);
}

#define VERSION(NAME, FROM)                                                                                            \
        "{\"version\": \"" NAME "\", \"validFrom\": \"" FROM "\", \"source\": \"nous\", \"texts\": "                   \
        "[{\"name\": \"a\", \"lines\": [\"" NAME "\"]}]}"

static const char *on(const struct dated *dated, int year)
{
        const Texts__TextVersion *version = dated_on(dated, day_of_civil((struct civil){year, 6, 1}));
        return version->version;
}

static void test_the_version_of_a_day(void **state)
{
        struct dated dated;
        struct err_info info = {0};
        assert_int_equal(load(*state,
                              "{\"subject\": \"letters\", \"versions\": [" VERSION("un", "2024-01-01") ", " VERSION(
                                      "deux", "2026-01-01") "]}",
                              &dated, &info),
                         0);
        assert_string_equal(on(&dated, 2020), "un"); /* before all: the first */
        assert_string_equal(on(&dated, 2025), "un");
        assert_string_equal(on(&dated, 2026), "deux");
        dated_fini(&dated);
        dated_fini(&dated);
}

static void test_what_is_refused(void **state)
{
        static const struct {
                const char *text;
                const char *told;
        } cases[] = {
                {"{", "line"},
                {"{\"subject\": \"letters\", \"versions\": []}", "at least one"},
                {"{\"subject\": \"autre\", \"versions\": [" VERSION("un", "2024-01-01") "]}", "subject"},
                {"{\"subject\": \"letters\", \"versions\": [" VERSION("un", "2024-13-01") "]}", "validFrom"},
                {"{\"subject\": \"letters\", \"versions\": [" VERSION("", "2024-01-01") "]}", "version"},
                {"{\"subject\": \"letters\", \"versions\": [{\"version\": \"un\", \"source\": \"nous\"}]}",
                 "valid_from"},
                {"{\"subject\": \"letters\", \"versions\": [{\"version\": \"un\", \"validFrom\": \"2024-01-01\"}]}",
                 "source"},
                {"{\"subject\": \"letters\", \"versions\": [" VERSION("un", "2026-01-01") ", " VERSION(
                         "deux", "2024-01-01") "]}",
                 "follow each other"},
                {"{\"subject\": \"letters\", \"inconnu\": 1, \"versions\": [" VERSION("un", "2024-01-01") "]}",
                 "inconnu"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                struct dated dated;
                struct err_info info = {0};
                assert_int_equal(load(*state, cases[i].text, &dated, &info), ERR_CONFIG);
                assert_non_null(strstr(info.text, "letters.json"));
                if (strstr(info.text, cases[i].told) == NULL)
                        fail_msg("case %zu: %s", i, info.text);
        }
}

static void test_no_file(void **state)
{
        struct place *place = *state;
        struct dated dated;
        struct err_info info = {0};
        assert_int_equal(dated_load(place->directory, "none", &texts__text_library__descriptor, &dated, &info),
                         ERR_NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_version_of_a_day, setup, teardown),
                cmocka_unit_test_setup_teardown(test_what_is_refused, setup, teardown),
                cmocka_unit_test_setup_teardown(test_no_file, setup, teardown),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
