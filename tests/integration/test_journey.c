/* The whole journey by guichetctl against the network of deploy/topology.json: seven processes, two partitions of
 * tracking, a real mail server. Its eight steps check themselves; here: that they pass, that mails say no name, that a
 * second loading, a crash and a restart change nothing, and that the stores verify. In order, on one network. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <poll.h>
#include <signal.h>

#include "tests/lib/operator.h"
#include "tests/lib/send_signal.h"
#include "tests/lib/smtp_server.h"

enum { PATH_SIZE = 128, INSTANCES_MAX = 16, MAILS_SIZE = 1 << 20, TRIES = 3000, TRY_MS = 20, QUIET_TRIES = 25 };

static struct operator* operator;
static struct smtp_server mail;

static void run(const char *verb)
{
        const char *const words[] = {verb, NULL};
        int code = operator_run(operator, words);
        if (code != 0)
                fail_msg("%s: %d: %s", verb, code, operator_output(operator));
}

/* With the prescribers' mails in its hands, where their codes are. */
static void run_journey(const char *data)
{
        char maildir[PATH_SIZE];
        const char *const words[] = {"journey", "--mails", maildir, data == NULL ? NULL : "--data", data, NULL};
        (void)snprintf(maildir, sizeof(maildir), "%s/mail", mail.directory);
        int code = operator_run(operator, words);
        if (code != 0)
                fail_msg("journey: %d: %s", code, operator_output(operator));
}

/* Mails leave for a while after what caused them, and each is an event: waits until half a second brings none. */
static size_t quiet_positions(uint64_t *ret_positions)
{
        uint64_t now[INSTANCES_MAX];
        size_t count = operator_positions(operator, ret_positions, INSTANCES_MAX);
        for (int quiet = 0, tries = 0; quiet < QUIET_TRIES; quiet++, tries++) {
                assert_true(tries < TRIES);
                (void)poll(NULL, 0, TRY_MS);
                assert_int_equal(operator_positions(operator, now, INSTANCES_MAX), count);
                if (memcmp(now, ret_positions, count * sizeof(*now)) == 0)
                        continue;
                memcpy(ret_positions, now, count * sizeof(*now));
                quiet = -1;
        }
        return count;
}

static void assert_positions_stay(const uint64_t *before, size_t count)
{
        uint64_t after[INSTANCES_MAX];
        assert_int_equal(operator_positions(operator, after, INSTANCES_MAX), count);
        for (size_t i = 0; i < count; i++)
                assert_int_equal(after[i], before[i]);
}

static void test_demo_loads_once(void **state)
{
        (void)state;
        uint64_t before[INSTANCES_MAX];
        run("demo");
        assert_non_null(strstr(operator_output(operator), "Chargée en"));
        size_t count = quiet_positions(before);
        assert_int_equal(count, 8); /* all instances of deploy/topology.json */
        run("demo");
        assert_non_null(strstr(operator_output(operator), "rien ne change"));
        assert_positions_stay(before, count);
        run("where");
        assert_non_null(strstr(operator_output(operator), "#jeton="));
}

static void test_eight_steps(void **state)
{
        (void)state;
        run_journey(NULL);
        const char *output = operator_output(operator);
        assert_non_null(strstr(output, " 0 en défaut"));
        assert_null(strstr(output, "FAUX"));
        assert_non_null(strstr(output, "ouvert par tracking-1"));
        assert_non_null(strstr(output, "ouvert par tracking-2"));
        assert_non_null(strstr(output, "confirme son adresse"));
        assert_non_null(strstr(output, "le serveur de courriel a pris le message"));
}

static void test_mails_say_no_name(void **state)
{
        (void)state;
        static char text[MAILS_SIZE];
        smtp_server_read(&mail, text, sizeof(text));
        assert_true(smtp_server_count(text, "@parcours.example") >= 6);
        assert_non_null(strstr(text, "@prescripteurs.example"));
        assert_null(strstr(text, "Cazenobe"));
        assert_null(strstr(text, "Maëlle"));
}

/* On the network that the journey left, a second one takes other contracts. */
static void test_second_journey(void **state)
{
        (void)state;
        run_journey(NULL);
        assert_non_null(strstr(operator_output(operator), " 0 en défaut"));
}

static void test_crash_loses_nothing(void **state)
{
        (void)state;
        uint64_t before[INSTANCES_MAX];
        size_t count = quiet_positions(before);
        pid_t first = operator_pid(operator, "tracking-2");
        assert_true(first > 0);
        assert_int_equal(send_signal(first, SIGKILL), 0);
        int tries = 0;
        while (operator_pid(operator, "tracking-2") == first || operator_pid(operator, "tracking-2") == 0) {
                assert_true(tries++ < TRIES);
                (void)poll(NULL, 0, TRY_MS);
        }
        run("wait");
        assert_positions_stay(before, count);
}

static void test_restart_keeps_data(void **state)
{
        (void)state;
        uint64_t before[INSTANCES_MAX];
        const char *const consolidation[] = {"call", "reporting", "Consolidation", "{}", "--as", "AUDITOR", NULL};
        size_t count = quiet_positions(before);
        assert_int_equal(operator_run(operator, consolidation), 0);
        char *told = strdup(operator_output(operator));
        operator_down(operator);
        operator_up(operator);
        assert_positions_stay(before, count);
        assert_int_equal(operator_run(operator, consolidation), 0);
        assert_string_equal(operator_output(operator), told);
        free(told);
}

static void test_stores_verify(void **state)
{
        (void)state;
        run("verify");
        assert_non_null(strstr(operator_output(operator), "la chaîne des empreintes est intacte"));
        assert_null(strstr(operator_output(operator), "NON CONFORME"));
}

static void test_nothing_undeclared_in_the_journals(void **state)
{
        (void)state;
        static const char *const declared[] = {"web.absent", NULL}; /* the page is built by scripts/web */
        operator_down(operator);
        assert_int_equal(operator_alarms(operator, declared), 0);
        operator_up(operator);
}

static void test_journey_on_real_files(void **state)
{
        (void)state;
        static const char data[] = "../shared/data";
        if (access(data, R_OK) != 0) {
                print_message("skipped: %s is absent\n", data);
                skip();
        }
        struct operator* on_demo = operator;
        operator= operator_new(mail.url);
        operator_up(operator);
        run_journey(data);
        run("verify");
        operator_free(operator);
        operator= on_demo;
}

static int open_network(void **state)
{
        (void)state;
        smtp_server_init(&mail);
        smtp_server_start(&mail);
        operator= operator_new(mail.url);
        operator_up(operator);
        return 0;
}

static int close_network(void **state)
{
        (void)state;
        operator_free(operator);
        smtp_server_fini(&mail);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_demo_loads_once),       cmocka_unit_test(test_eight_steps),
                cmocka_unit_test(test_mails_say_no_name),     cmocka_unit_test(test_second_journey),
                cmocka_unit_test(test_crash_loses_nothing),   cmocka_unit_test(test_restart_keeps_data),
                cmocka_unit_test(test_stores_verify),         cmocka_unit_test(test_nothing_undeclared_in_the_journals),
                cmocka_unit_test(test_journey_on_real_files),
        };
        return cmocka_run_group_tests(tests, open_network, close_network);
}
