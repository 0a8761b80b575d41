/* A daemon's command line. Each call runs in a child, as a program would: its status, and all that it says. */
#include "tests/unit/common/service/run_directory.h"

#include <sys/stat.h>
#include <sys/wait.h>

static struct run_directory run;

static int setup(void **state)
{
        (void)state;
        run_directory_make(&run, "{\"greeting\":\"salut\",\"map_mib_max\":64}");
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        toy_remove(run.path);
        return 0;
}

struct said {
        int status; /* of the exit */
        char text[8192];
};

static void collect(int from, struct said *said)
{
        size_t size = 0;
        ssize_t got;
        while ((got = read(from, said->text + size, sizeof(said->text) - 1 - size)) > 0)
                size += (size_t)got;
        said->text[size] = '\0';
}

static struct said call(const struct service_spec *spec, const char *const *arguments, size_t count)
{
        char *argv[8] = {(char *)(uintptr_t) "guichet-toy"};
        struct said said = {0};
        int ends[2], status;
        assert_true(count < ARRAY_SIZE(argv) - 1);
        for (size_t i = 0; i < count; i++)
                argv[i + 1] = (char *)(uintptr_t)arguments[i];
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
                (void)dup2(ends[1], STDOUT_FILENO);
                (void)dup2(ends[1], STDERR_FILENO);
                (void)close(ends[0]);
                int result = service_main(spec, (int)count + 1, argv);
                (void)fflush(NULL);
                _exit(result);
        }
        (void)close(ends[1]);
        collect(ends[0], &said);
        (void)close(ends[0]);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        said.status = WEXITSTATUS(status);
        return said;
}

#define CALL(spec, ...) call(spec, (const char *const[]){__VA_ARGS__}, ARRAY_SIZE(((const char *const[]){__VA_ARGS__})))

static void assert_said(const struct said *said, int status, const char *text)
{
        if (said->status != status || strstr(said->text, text) == NULL)
                fail_msg("status %d instead of %d, or not said: %s\n%s", said->status, status, text, said->text);
}

static void help_version_and_settings(void **state)
{
        (void)state;
        struct said help = CALL(&toy_source, "--help");
        assert_said(&help, EXIT_SUCCESS, "usage: guichet-notifications --topology FILE");
        struct said version = CALL(&toy_source, "--version");
        assert_said(&version, EXIT_SUCCESS, GUICHET_VERSION);
        struct said settings = CALL(&toy_source, "--print-config");
        assert_said(&settings, EXIT_SUCCESS, "greeting");
        assert_said(&settings, EXIT_SUCCESS, "map_mib_max");
}

static void what_is_missing_or_not_known_is_told(void **state)
{
        (void)state;
        struct said nothing = call(&toy_source, NULL, 0);
        assert_said(&nothing, 2, "usage:");
        struct said unknown = CALL(&toy_source, "--nonsense");
        assert_said(&unknown, 2, "--help shows");
        struct said rest = CALL(&toy_source, "--help", "rest");
        assert_said(&rest, 2, "--help shows");
        struct said absent = CALL(&toy_source, "--topology", "/no/such/file", "--instance", "notifications-1");
        assert_said(&absent, 2, "/no/such/file");
        struct said stranger = CALL(&toy_source, "--topology", run.topology, "--instance", "tracking-9");
        assert_said(&stranger, 2, "no instance \"tracking-9\"");
        struct said other = CALL(&toy_source, "--topology", run.topology, "--instance", "reporting-1");
        assert_said(&other, 2, "of service notifications");
}

static void a_configuration_is_checked_without_opening_anything(void **state)
{
        (void)state;
        char path[128];
        struct said good =
                CALL(&toy_source, "--topology", run.topology, "--instance", "notifications-1", "--check-config");
        assert_said(&good, EXIT_SUCCESS, "notifications-1: ok");
        assert_int_not_equal(access(run_directory_path(&run, "stores", path, sizeof(path)), F_OK), 0);
}

static void a_wrong_setting_is_told(void **state)
{
        (void)state;
        struct run_directory kept = run;
        run_directory_make(&run, "{\"pages\":12}");
        struct said said =
                CALL(&toy_source, "--topology", run.topology, "--instance", "notifications-1", "--check-config");
        assert_said(&said, 2, "settings.pages: must be a whole number from 1 to 9");
        toy_remove(run.path);
        run = kept;
}

static void a_key_that_is_not_there_is_told(void **state)
{
        (void)state;
        char path[128];
        assert_int_equal(remove(run_directory_path(&run, "keys/notifications-1.key", path, sizeof(path))), 0);
        struct said said =
                CALL(&toy_source, "--topology", run.topology, "--instance", "notifications-1", "--check-config");
        assert_said(&said, 2, "notifications-1");
}

/* A store of a later version of the program: said clearly, and nothing is touched. */
static void a_newer_store_is_refused(void **state)
{
        (void)state;
        char path[128];
        struct service_spec later = toy_source;
        struct world world = world_real();
        struct engine *engine = NULL;
        struct err_info info = {0};
        later.store_version = 7;
        assert_int_equal(mkdir(run_directory_path(&run, "stores", path, sizeof(path)), 0700), 0);
        run_directory_path(&run, "stores/notifications-1", path, sizeof(path));
        struct engine_options options = {
                .spec = &later, .instance = "notifications-1", .directory = path, .world = &world};
        assert_int_equal(engine_open(&options, &engine, &info), 0);
        engine_close(engine);
        struct said said = CALL(&toy_source, "--topology", run.topology, "--instance", "notifications-1");
        assert_said(&said, EXIT_FAILURE, "start.failed");
        assert_said(&said, EXIT_FAILURE, "version 7");
        assert_int_equal(engine_open(&options, &engine, &info), 0); /* still the later one's */
        engine_close(engine);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(help_version_and_settings),
                TEST(what_is_missing_or_not_known_is_told),
                TEST(a_configuration_is_checked_without_opening_anything),
                TEST(a_wrong_setting_is_told),
                TEST(a_key_that_is_not_there_is_told),
                TEST(a_newer_store_is_refused),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
