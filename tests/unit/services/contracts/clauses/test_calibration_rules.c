/* The dated figures: the file that is delivered, and what a file must not leave out. */
#include "tests/lib/engine_fixture.h"

#include "services/contracts/clauses/calibration_rules.h"

struct written {
        char directory[64];
        char path[96];
};

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

/* Written with ' for ", so that it can be read. */
static int load(const struct written *written, const char *text, struct dated *ret, struct err_info *info)
{
        struct dated dated = {0};
        FILE *file = fopen(written->path, "w");
        assert_non_null(file);
        for (const char *c = text; *c != '\0'; c++)
                assert_true(fputc(*c == '\'' ? '"' : *c, file) != EOF);
        assert_int_equal(fclose(file), 0);
        int err =
                dated_load(written->directory, "calibration", &contracts__calibration_rules__descriptor, &dated, info);
        if (err == 0)
                err = calibration_rules_check(&dated, info);
        if (err != 0)
                dated_fini(&dated);
        else
                *ret = dated;
        return err;
}

#define RATE                                                                                                           \
        "'insertion_rate': {'accepted': {'min': '0.01', 'max': '1'}, 'usual': {'min': '0.05', 'max': '0.2'}, "         \
        "'source': 'x'}, "
#define COST                                                                                                           \
        "'hourly_cost': {'accepted': {'min': '5', 'max': '200'}, 'usual': {'min': '20', 'max': '30'}, 'source': "      \
        "'x'}, "
#define LABOUR "'labour_share': {'accepted': {'min': '0.01', 'max': '1'}, 'source': 'x'}, "
#define PER                                                                                                            \
        "'amount_per_hour': {'accepted': {'min': '1', 'max': '9'}, 'usual': {'min': '2', 'max': '3'}, 'source': "      \
        "'x'}, "
#define TRADES       "'trades': [{'code': 'a', 'label': 'A', 'usual': {'min': '0.2', 'max': '0.3'}, 'source': 'x'}], "
#define SCHEMES      "'schemes': [{'code': 'n', 'label': 'N', 'rate': '0.05', 'source': 'x'}], "
#define TABLE(STEPS) "'tables': [{'code': 't', 'label': 'T', 'steps': [" STEPS "], 'source': 'x'}], "
#define STEPS        "{'from': '1', 'hours': '150'}, {'from': '2', 'hours': '300'}"
#define LIMITS                                                                                                         \
        "'thresholds': {'hire_hours': '150', 'person_quarter_hours': '455', 'short_months': 4, 'crowded_share': "      \
        "'0.3', 'source': 'x'}, "
#define YEAR   "'equivalents': {'year_hours': '1600', 'week_hours': '35', 'source': 'x'}"
#define RANGES RATE COST LABOUR PER
#define ALL                                                                                                            \
        RANGES TRADES SCHEMES TABLE(STEPS)                                                                             \
        LIMITS YEAR
#define VERSION(NAME, FROM, REST) "{'version': '" NAME "', 'valid_from': '" FROM "', " REST "}"
#define FILE_OF(VERSIONS)         "{'subject': 'calibration', 'versions': [" VERSIONS "]}"
#define ONE(REST)                 FILE_OF(VERSION("v", "2024-01-01", REST))

static void test_delivered(void **state)
{
        struct dated dated;
        struct err_info info;
        (void)state;
        assert_int_equal(
                dated_load("deploy/rules", "calibration", &contracts__calibration_rules__descriptor, &dated, &info), 0);
        assert_int_equal(calibration_rules_check(&dated, &info), 0);
        const Contracts__CalibrationVersion *rules = dated_on(&dated, day_of_civil((struct civil){2026, 11, 1}));
        assert_true(rules->n_trades >= 10);
        assert_int_equal(rules->thresholds->hire_hours->hundredths, 15000);
        assert_int_equal(rules->thresholds->person_quarter_hours->hundredths, 45500);
        assert_int_equal(rules->equivalents->year_hours->hundredths, 160000);
        assert_int_equal(rules->equivalents->week_hours->hundredths, 3500);
        assert_string_equal(calibration_trade(rules, "vrd")->source, "à confirmer");
        assert_int_equal(calibration_scheme(rules, "gup")->rate->millionths, 100000);
        assert_int_equal(calibration_table(rules, "formation")->minimum_months, 12);
        assert_null(calibration_trade(rules, "autre"));
        assert_null(calibration_scheme(rules, ""));
        assert_null(calibration_table(rules, ""));
        dated_fini(&dated);
}

static void test_versions(void **state)
{
        struct dated dated;
        struct err_info info;
        const struct day day = day_of_civil((struct civil){2026, 6, 30});
        assert_int_equal(load(*state, FILE_OF(VERSION("old", "2024-01-01", ALL) "," VERSION("new", "2026-07-01", ALL)),
                              &dated, &info),
                         0);
        assert_string_equal(calibration_rules_named(&dated, "new", day)->version, "new");
        assert_string_equal(calibration_rules_named(&dated, "gone", day)->version, "old"); /* that of the day */
        dated_fini(&dated);
}

static void test_what_is_missing_is_told(void **state)
{
        static const struct {
                const char *text;
                const char *says;
        } cases[] = {
                {"not JSON", "line 1"},
                {ONE(COST LABOUR PER LIMITS YEAR), "insertion_rate"},
                {ONE(RATE LABOUR PER LIMITS YEAR), "hourly_cost"},
                {ONE(RATE COST PER LIMITS YEAR), "labour_share"},
                {ONE(RATE COST LABOUR LIMITS YEAR), "amount_per_hour"},
                {ONE(RANGES YEAR), "thresholds"},
                {ONE(RANGES LIMITS "'trades': []"), "equivalents"},
                {ONE(RANGES LIMITS "'equivalents': {'year_hours': '0', 'week_hours': '35', 'source': 'x'}"),
                 "year_hours"},
                {ONE(RANGES LIMITS "'equivalents': {'year_hours': '1600', 'week_hours': '35'}"), "source"},
                {ONE(ALL ", 'unknown': 1"), "unknown"},
                {ONE(RANGES LIMITS YEAR ", 'trades': [{'code': 'a', 'label': 'A', 'usual': {'min': '0.2', 'max': "
                                        "'0.3'}}]"),
                 "source"},
                {ONE(RANGES LIMITS YEAR ", 'trades': [{'code': 'a', 'label': 'A', 'usual': {'min': '0.3', 'max': "
                                        "'0.2'}, 'source': 'x'}]"),
                 "usual"},
                {ONE(RANGES LIMITS YEAR ", 'trades': [{'label': 'A', 'source': 'x'}]"), "code and label"},
                {ONE(RANGES LIMITS YEAR ", 'schemes': [{'code': 'n', 'label': 'N', 'source': 'x'}]"), "rate"},
                {ONE(RANGES TABLE("") LIMITS YEAR), "steps"},
                {ONE(RANGES TABLE("{'from': '1'}") LIMITS YEAR), "from and hours"},
                {ONE(RANGES TABLE("{'from': '2', 'hours': '1'}, {'from': '1', 'hours': '2'}") LIMITS YEAR), "upwards"},
                {ONE(RANGES TABLE("{'from': '1', 'hours': '2'}, {'from': '2', 'hours': '1'}") LIMITS YEAR), "upwards"},
                {ONE("'insertion_rate': {'accepted': {'min': '0', 'max': '1'}, 'usual': {'min': '0.1', 'max': '1'}, "
                     "'source': 'x'}, " COST LABOUR PER LIMITS YEAR),
                 "insertion_rate"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                struct dated dated;
                struct err_info info = {0};
                assert_int_equal(load(*state, cases[i].text, &dated, &info), ERR_CONFIG);
                if (strstr(info.text, cases[i].says) == NULL)
                        fail_msg("case %zu: « %s » does not say « %s »", i, info.text, cases[i].says);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_delivered),
                cmocka_unit_test_setup_teardown(test_versions, open_directory, remove_directory),
                cmocka_unit_test_setup_teardown(test_what_is_missing_is_told, open_directory, remove_directory),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
