/* scripts/bench http, scripts/bench streams: what a script of this folder measures, in a process of its own; its last
 * line is one JSON object. */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

enum { ANSWER_SIZE = 4096 };

/* The program's standard output, which is short. */
static void read_all(int fd, char text[ANSWER_SIZE])
{
        size_t size = 0;
        for (ssize_t got; size < ANSWER_SIZE - 1 && (got = read(fd, text + size, ANSWER_SIZE - 1 - size)) > 0;)
                size += (size_t)got;
        text[size] = '\0';
}

static json_t *run_script(const char *const *arguments)
{
        char text[ANSWER_SIZE];
        int ends[2], status;
        if (pipe(ends) != 0)
                harness_fail("no pipe");
        pid_t pid = fork();
        if (pid == 0) {
                (void)dup2(ends[1], STDOUT_FILENO);
                (void)close(ends[0]);
                (void)close(ends[1]);
                (void)execvp(arguments[0], (char *const *)(uintptr_t)arguments);
                _exit(127);
        }
        (void)close(ends[1]);
        read_all(ends[0], text);
        (void)close(ends[0]);
        if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
                harness_fail("%s failed", arguments[1]);
        json_t *said = json_loads(text, 0, NULL), *result = json_object(), *value;
        const char *key;
        json_object_foreach (said, key, value)
                bench_put(result, key, json_number_value(value));
        json_decref(said);
        return result;
}

json_t *bench_http(const struct harness *context)
{
        char url[512], seconds[16];
        const char *host = context->postgresql; /* "host=DIR user=bench dbname=postgres" */
        if (host == NULL)
                harness_fail("--postgresql is missing");
        const char *at = strstr(host, "host=") + strlen("host=");
        (void)snprintf(url, sizeof(url), "postgresql://bench@/postgres?host=%.*s", (int)strcspn(at, " "), at);
        (void)snprintf(seconds, sizeof(seconds), "%u", context->seconds);
        return run_script((const char *const[]){"node", "tests/bench/http.mjs", context->bin, context->directory, url,
                                                seconds, NULL});
}

json_t *bench_streams(const struct harness *context)
{
        return run_script(
                (const char *const[]){"node", "tests/bench/streams.mjs", context->bin, context->directory, NULL});
}
