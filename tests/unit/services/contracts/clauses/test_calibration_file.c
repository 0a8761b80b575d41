/* The dated figures: the file that is delivered, and what a file must not leave out. */
#include "tests/lib/engine_fixture.h"

#include "services/contracts/clauses/calibration_file.h"

struct written {
        char directory[64];
        char path[96];
};

static void write_file(struct written *written, const char *text)
{
        FILE *file = fopen(written->path, "w");
        assert_non_null(file);
        assert_true(fputs(text, file) >= 0);
        assert_int_equal(fclose(file), 0);
}

static int open_directory(void **state)
{
        struct written *written = calloc(1, sizeof(*written));
        assert_non_null(written);
        (void)snprintf(written->directory, sizeof(written->directory), "/tmp/guichet-rules-XXXXXX");
        assert_non_null(mkdtemp(written->directory));
        (void)snprintf(written->path, sizeof(written->path), "%s/calibration.json", written->directory);
        *state = written;
        return 0;
}

static int remove_directory(void **state)
{
        struct written *written = *state;
        (void)unlink(written->path);
        (void)rmdir(written->directory);
        free(written);
        return 0;
}

#define RANGES                                                                                          \
        "\"insertion_rate\": {\"accepted\": [\"0.01\", \"1\"], \"usual\": [\"0.05\", \"0.2\"], "        \
        "\"source\": \"x\"}, \"hourly_cost\": {\"accepted\": [\"5\", \"200\"], "                        \
        "\"usual\": [\"20\", \"30\"], \"source\": \"x\"}, "                                             \
        "\"labour_share\": {\"accepted\": [\"0.01\", \"1\"], \"source\": \"x\"}, "
#define TRADES "\"trades\": [{\"code\": \"a\", \"label\": \"A\", \"usual\": [\"0.2\", \"0.3\"], \"source\": \"x\"}], "
#define THRESHOLDS \
        "\"thresholds\": {\"hire_hours\": \"150\", \"person_quarter_hours\": \"455\", \"source\": \"x\"}, "
#define EQUIVALENTS "\"equivalents\": {\"year_hours\": \"1600\", \"week_hours\": \"35\", \"source\": \"x\"}"
#define VERSION(name, from, rest) "{\"version\": \"" name "\", \"valid_from\": \"" from "\", " rest "}"
#define ALL                       RANGES TRADES THRESHOLDS EQUIVALENTS
#define FILE_OF(versions)         "{\"versions\": [" versions "]}"

static void test_delivered(void **state)
{
        struct calibration_file file;
        struct err_info info;
        (void)state;
        assert_int_equal(calibration_file_load("deploy/rules", &file, &info), 0);
        assert_int_equal(file.version_count, 1);
        const struct calibration_rules *rules = &file.versions[0];
        assert_true(rules->trade_count >= 10);
        assert_int_equal(hours_hundredths(rules->hire_hours), 15000);
        assert_int_equal(hours_hundredths(rules->person_quarter_hours), 45500);
        assert_int_equal(hours_hundredths(rules->year_hours), 160000);
        assert_int_equal(hours_hundredths(rules->week_hours), 3500);
        calibration_file_fini(&file);
}

static void test_the_version_of_a_day(void **state)
{
        struct written *written = *state;
        struct calibration_file file;
        struct err_info info;
        write_file(written, FILE_OF(VERSION("old", "2024-01-01", ALL) "," VERSION("new", "2026-07-01", ALL)));
        assert_int_equal(calibration_file_load(written->directory, &file, &info), 0);
        static const struct {
                struct civil day;
                const char *version;
        } cases[] = {
                {{2020, 1, 1}, "old"}, {{2024, 1, 1}, "old"}, {{2026, 6, 30}, "old"},
                {{2026, 7, 1}, "new"}, {{2030, 1, 1}, "new"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
                assert_string_equal(calibration_file_on(&file, day_of_civil(cases[i].day))->version, cases[i].version);
        calibration_file_fini(&file);
}

static void test_what_is_missing_is_told(void **state)
{
        static const struct {
                const char *text;
                const char *says;
        } cases[] = {
                {"not JSON", "line 1"},
                {"{}", "at least one"},
                {FILE_OF("{\"valid_from\": \"2024-01-01\", " ALL "}"), "needs version"},
                {FILE_OF(VERSION("v", "yesterday", ALL)), "valid_from"},
                {FILE_OF(VERSION("v", "2024-01-01", TRADES THRESHOLDS EQUIVALENTS)), "source"},
                {FILE_OF(VERSION("v", "2024-01-01", RANGES TRADES EQUIVALENTS)), "source"},
                {FILE_OF(VERSION("v", "2024-01-01",
                                 RANGES "\"trades\": [{\"code\": \"a\", \"label\": \"A\", \"usual\": [\"0.2\", "
                                        "\"0.3\"]}], " THRESHOLDS EQUIVALENTS)),
                 "trades"},
                {FILE_OF(VERSION("v", "2024-01-01",
                                 RANGES "\"trades\": [{\"code\": \"a\", \"label\": \"A\", \"usual\": [\"0.3\", "
                                        "\"0.2\"], \"source\": \"x\"}], " THRESHOLDS EQUIVALENTS)),
                 "usual"},
                {FILE_OF(VERSION("v", "2024-01-01",
                                 RANGES TRADES THRESHOLDS "\"equivalents\": {\"year_hours\": \"0\", "
                                                          "\"week_hours\": \"35\", \"source\": \"x\"}")),
                 "year_hours"},
                {FILE_OF(VERSION("v", "2024-01-01", ALL) "," VERSION("w", "2024-01-01", ALL)), "in time"},
        };
        struct written *written = *state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                struct calibration_file file;
                struct err_info info = {0};
                write_file(written, cases[i].text);
                assert_int_equal(calibration_file_load(written->directory, &file, &info), ERR_CONFIG);
                if (strstr(info.text, cases[i].says) == NULL)
                        fail_msg("« %s » does not say « %s »", info.text, cases[i].says);
        }
}

static void test_no_file(void **state)
{
        struct calibration_file file;
        struct err_info info = {0};
        (void)state;
        assert_int_equal(calibration_file_load("/nowhere", &file, &info), ERR_NOT_FOUND);
        assert_non_null(strstr(info.text, "/nowhere/calibration.json"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_delivered),
                cmocka_unit_test_setup_teardown(test_the_version_of_a_day, open_directory, remove_directory),
                cmocka_unit_test_setup_teardown(test_what_is_missing_is_told, open_directory, remove_directory),
                cmocka_unit_test(test_no_file),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
