/* scripts/bench import-decp: 100,000 published contracts, from JSON files to committed rows, three times each way:
 *   - `guichetctl import decp` into the empty store of a contracts daemon: read, checked, normalised, sent, decided,
 *     logged with its hash, on the disk before the reply. Timed from the start of the program to its end.
 *   - import_decp.mjs: parses the same files and COPYs them into a PostgreSQL table with the same columns and the same
 *     two unique indexes, one transaction a file. Timed by the script, without its start.
 * Rates are medians. Memory is what the kernel calls Anonymous: heap, stacks, copied pages. The pages of LMDB's map and
 * of the files that are read belong to the page cache, which the kernel takes back when it likes; they are in Rss,
 * which is told beside. The daemon's figure is its peak above what it holds idle; the importer's is all it holds. */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "made_decp.h"
#include "memory.h"
#include "tests/lib/net.h"

enum { CONTRACTS = 100000, PER_FILE = 5000, ROUNDS = 3, SETTLE_MS = 300, ARGUMENTS_MAX = 64, ANSWER_SIZE = 256 };

struct figures {
        struct samples guichet, postgresql;         /* per second */
        struct samples guichet_cpu, postgresql_cpu; /* µs of the reading program's own, per contract */
        double daemon_kib, daemon_rss_kib, importer_kib, importer_rss_kib;
};

static void keep_greater(double *kept, double seen)
{
        if (seen > *kept)
                *kept = seen;
}

static double cpu_us(const struct rusage *usage)
{
        return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1e6 +
               (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec);
}

/* Waits for a program's success. */
static struct rusage usage_until_end(pid_t pid, const char *name)
{
        struct rusage usage;
        int status;
        if (wait4(pid, &status, 0, &usage) != pid || status != 0)
                harness_fail("%s failed", name);
        return usage;
}

static size_t put_files(const char **arguments, size_t count, const struct made_file *files, size_t file_count)
{
        for (size_t i = 0; i < file_count && count < ARGUMENTS_MAX - 1; i++)
                arguments[count++] = files[i].path;
        return count;
}

static void import_once(const struct harness *context, const struct made_file *files, size_t file_count,
                        struct figures *figures)
{
        static const char *const instances[] = {"contracts-1"};
        char program[MADE_PATH_SIZE];
        struct memory_watch daemon, importer;
        struct net *net = net_start(context, instances, ARRAY_SIZE(instances));
        (void)snprintf(program, sizeof(program), "%s/guichetctl", context->bin);
        const char *arguments[ARGUMENTS_MAX] = {program, "import", "decp", "--dir", net->directory};
        (void)put_files(arguments, 5, files, file_count);

        harness_pause_ms(SETTLE_MS);
        struct memory idle = memory_of(net->running[0].pid);
        uint64_t start_us = harness_now_us();
        pid_t pid = net_spawn(arguments, true);
        memory_watch_start(&daemon, net->running[0].pid);
        memory_watch_start(&importer, pid);
        struct rusage usage = usage_until_end(pid, "guichetctl import");
        double seconds = (double)(harness_now_us() - start_us) / 1e6;
        struct memory daemon_peak = memory_watch_stop(&daemon), importer_peak = memory_watch_stop(&importer);

        double events = net_metric(net, "contracts-1", "guichet_events_total");
        double commits = net_metric(net, "contracts-1", "guichet_commits_total");
        if ((size_t)events != CONTRACTS)
                harness_fail("%.0f of %d contracts are new", events, CONTRACTS);
        harness_note("guichet: %.0f/s, %.0f a commit", CONTRACTS / seconds, events / commits);
        samples_add(&figures->guichet, CONTRACTS / seconds);
        samples_add(&figures->guichet_cpu, cpu_us(&usage) / CONTRACTS);
        keep_greater(&figures->daemon_kib, daemon_peak.anonymous_kib - idle.anonymous_kib);
        keep_greater(&figures->daemon_rss_kib, daemon_peak.rss_kib - idle.rss_kib);
        keep_greater(&figures->importer_kib, importer_peak.anonymous_kib);
        keep_greater(&figures->importer_rss_kib, importer_peak.rss_kib);
        net_stop(net);
}

/* Runs a program whose one line of output is JSON. */
static json_t *answer_of(const char *const *arguments, struct rusage *ret_usage)
{
        int ends[2];
        if (pipe(ends) != 0)
                harness_fail("no pipe");
        pid_t pid = fork();
        if (pid == 0) {
                (void)dup2(ends[1], STDOUT_FILENO);
                (void)execvp(arguments[0], (char *const *)(uintptr_t)arguments);
                _exit(127);
        }
        (void)close(ends[1]);
        FILE *from = fdopen(ends[0], "r");
        char line[ANSWER_SIZE] = "";
        if (from == NULL || fgets(line, sizeof(line), from) == NULL) /* discouraged: our own script's line */
                line[0] = '\0';
        *ret_usage = usage_until_end(pid, arguments[0]);
        (void)fclose(from);
        json_t *answer = json_loads(line, 0, NULL);
        if (answer == NULL)
                harness_fail("%s says nothing: %s", arguments[0], line);
        return answer;
}

static void copy_once(const struct harness *context, const struct made_file *files, size_t file_count,
                      struct figures *figures)
{
        const char *arguments[ARGUMENTS_MAX] = {"node", "tests/bench/import_decp.mjs", context->postgresql};
        struct rusage usage;
        (void)put_files(arguments, 3, files, file_count);
        json_t *answer = answer_of(arguments, &usage);
        double rows = json_number_value(json_object_get(answer, "rows"));
        double seconds = json_number_value(json_object_get(answer, "seconds"));
        if ((size_t)rows != CONTRACTS)
                harness_fail("%.0f of %d contracts are in PostgreSQL", rows, CONTRACTS);
        harness_note("node and PostgreSQL: %.0f/s", CONTRACTS / seconds);
        samples_add(&figures->postgresql, CONTRACTS / seconds);
        samples_add(&figures->postgresql_cpu, cpu_us(&usage) / CONTRACTS);
        json_decref(answer);
}

json_t *bench_import_decp(const struct harness *context)
{
        char directory[MADE_PATH_SIZE];
        struct figures figures = {0};
        size_t file_count;
        (void)snprintf(directory, sizeof(directory), "%s/decp", context->directory);
        if (mkdir(directory, 0755) != 0)
                harness_fail("%s cannot be made", directory);
        struct made_file *files = made_decp(directory, CONTRACTS, PER_FILE, &file_count);
        for (int i = 0; i < ROUNDS; i++) {
                import_once(context, files, file_count, &figures);
                if (context->postgresql != NULL)
                        copy_once(context, files, file_count, &figures);
        }
        json_t *result = json_object();
        double guichet = samples_percentile(&figures.guichet, 50);
        double postgresql = samples_percentile(&figures.postgresql, 50);
        bench_put(result, "contracts", CONTRACTS);
        bench_put(result, "contracts_per_s", guichet);
        bench_put(result, "postgresql_per_s", postgresql);
        bench_put(result, "ratio", postgresql > 0 ? guichet / postgresql : 0);
        bench_put(result, "importer_cpu_us", samples_percentile(&figures.guichet_cpu, 50));
        bench_put(result, "node_cpu_us", samples_percentile(&figures.postgresql_cpu, 50));
        bench_put(result, "daemon_mib_above_idle", figures.daemon_kib / 1024);
        bench_put(result, "importer_mib", figures.importer_kib / 1024);
        bench_put(result, "daemon_rss_mib_above_idle", figures.daemon_rss_kib / 1024);
        bench_put(result, "importer_rss_mib", figures.importer_rss_kib / 1024);
        samples_free(&figures.guichet);
        samples_free(&figures.postgresql);
        samples_free(&figures.guichet_cpu);
        samples_free(&figures.postgresql_cpu);
        free(files);
        return result;
}
