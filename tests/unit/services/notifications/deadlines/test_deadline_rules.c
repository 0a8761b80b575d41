/* The dated rules: those of the house are sound; of others it is said what is wrong. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "services/notifications/deadlines/deadline_rules.h"

static const char *const others[] = {"followup", "outcomes", "control", "consultation"};

static char directory[64];

static int setup(void **state)
{
        char from[128], to[128], real[4096];
        (void)state;
        (void)snprintf(directory, sizeof(directory), "/tmp/guichet-rules-XXXXXX");
        assert_non_null(mkdtemp(directory));
        for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
                (void)snprintf(from, sizeof(from), "deploy/rules/%s.json", others[i]);
                (void)snprintf(to, sizeof(to), "%s/%s.json", directory, others[i]);
                assert_non_null(realpath(from, real));
                assert_int_equal(symlink(real, to), 0);
        }
        return 0;
}

static int teardown(void **state)
{
        char path[128];
        (void)state;
        for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
                (void)snprintf(path, sizeof(path), "%s/%s.json", directory, others[i]);
                (void)unlink(path);
        }
        (void)snprintf(path, sizeof(path), "%s/deadlines.json", directory);
        (void)unlink(path);
        (void)rmdir(directory);
        return 0;
}

/* The house's, with the first `from` in it replaced. */
static int load_changed(const char *from, const char *to, struct deadline_rules *ret, struct err_info *info)
{
        static char text[64 * 1024], changed[64 * 1024];
        char path[128];
        FILE *file = fopen("deploy/rules/deadlines.json", "re");
        assert_non_null(file);
        size_t size = fread(text, 1, sizeof(text) - 1, file);
        (void)fclose(file);
        text[size] = '\0';
        const char *at = strstr(text, from);
        assert_non_null(at);
        int length = snprintf(changed, sizeof(changed), "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
        assert_true(length > 0 && (size_t)length < sizeof(changed));
        (void)snprintf(path, sizeof(path), "%s/deadlines.json", directory);
        file = fopen(path, "we");
        assert_non_null(file);
        assert_int_equal(fwrite(changed, 1, (size_t)length, file), (size_t)length);
        (void)fclose(file);
        return deadline_rules_load(directory, ret, info);
}

static void test_those_of_the_house(void **state)
{
        struct deadline_rules rules, changed;
        struct err_info info = {0};
        struct day today = day_of_civil((struct civil){2026, 11, 30});
        (void)state;
        assert_int_equal(deadline_rules_load("deploy/rules", &rules, &info), 0);
        const Notifications__DeadlineVersion *version = deadline_version(&rules, today);
        const Notifications__DeadlineRule *rule = deadline_rule(version, NOTIFICATIONS__WAIT_KIND__WAIT_RENEWAL, "31");
        assert_int_equal(rule->show_days, 60);
        assert_true(deadline_send_days(&rules, today) > 0);
        assert_int_equal(load_changed("\"show_days\": 60", "\"show_days\": 61", &changed, &info), 0);
        assert_false(id_equal(rules.digest, changed.digest)); /* all is planned anew */
        deadline_rules_fini(&rules);
        deadline_rules_fini(&changed);
}

static void test_a_department_of_its_own(void **state)
{
        struct deadline_rules rules;
        struct err_info info = {0};
        (void)state;
        assert_int_equal(load_changed("\"rules\": [",
                                      "\"rules\": [{\"kind\": \"WAIT_DECISION\", \"territories\": [\"974\"], "
                                      "\"within_days\": 5, \"source\": \"essai\"},",
                                      &rules, &info),
                         0);
        const Notifications__DeadlineVersion *version =
                deadline_version(&rules, day_of_civil((struct civil){2026, 11, 30}));
        assert_int_equal(deadline_rule(version, NOTIFICATIONS__WAIT_KIND__WAIT_DECISION, "974")->within_days, 5);
        assert_int_equal(deadline_rule(version, NOTIFICATIONS__WAIT_KIND__WAIT_DECISION, "31")->within_days, 14);
        deadline_rules_fini(&rules);
}

static void test_what_is_wrong_is_told(void **state)
{
        static const struct {
                const char *from, *to, *told;
        } rows[] = {
                {"\"kind\": \"WAIT_MATTER\"", "\"kind\": \"WAIT_DECISION\"", "WAIT_MATTER"},
                {"\"hour\": 6", "\"hour\": 24", "hour"},
                {"\"within_days\": 14", "\"within_days\": 4000", "rule 1"},
                {"\"late_days\": 0, \"drop_days\": 30", "\"late_days\": 40, \"drop_days\": 30", "drop_days"},
                {"\"source\": \"délai : à confirmer\"", "\"source\": \"\"", "source"},
        };
        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                struct deadline_rules rules;
                struct err_info info = {0};
                assert_int_equal(load_changed(rows[i].from, rows[i].to, &rules, &info), ERR_CONFIG);
                if (strstr(info.text, rows[i].told) == NULL)
                        fail_msg("\"%s\" does not tell of %s", info.text, rows[i].told);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_those_of_the_house),
                cmocka_unit_test(test_a_department_of_its_own),
                cmocka_unit_test(test_what_is_wrong_is_told),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
