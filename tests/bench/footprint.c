/* scripts/bench footprint: the whole network with the demo region, idle: the sum of Pss of its processes, and the time
 * from `guichetctl up` to all healthy. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"
#include "memory.h"
#include "tests/lib/net.h"

enum { SETTLE_MS = 1500, PATH_SIZE = 4400 };

static void run_ctl(const struct harness *context, const char *verb, const char *directory)
{
        char program[PATH_SIZE];
        (void)snprintf(program, sizeof(program), "%s/guichetctl", context->bin);
        const char *const arguments[] = {program, verb, "--dir", directory, NULL};
        net_run(arguments);
}

static pid_t start_network(const struct harness *context, const char *directory, double *ret_ms)
{
        char program[PATH_SIZE];
        (void)snprintf(program, sizeof(program), "%s/guichetctl", context->bin);
        const char *const arguments[] = {program, "up", "--dir", directory, NULL};
        uint64_t start_us = harness_now_us();
        pid_t pid = net_spawn(arguments, true);
        run_ctl(context, "wait", directory);
        *ret_ms = (double)(harness_now_us() - start_us) / 1000;
        return pid;
}

/* A process and its children, told by the kernel. */
static double pss_tree_kib(pid_t pid)
{
        char path[64], name[64] = "", children[1024] = "";
        double kib = memory_of(pid).pss_kib;
        (void)snprintf(path, sizeof(path), "/proc/%d/comm", (int)pid);
        FILE *file = fopen(path, "r");
        if (file != NULL) {
                size_t size = fread(name, 1, sizeof(name) - 1, file);
                name[size > 0 ? size - 1 : 0] = '\0';
                (void)fclose(file);
        }
        harness_note("%-20s %6.1f MiB", name, kib / 1024);
        (void)snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)pid, (int)pid);
        file = fopen(path, "r");
        if (file != NULL) {
                size_t size = fread(children, 1, sizeof(children) - 1, file);
                children[size] = '\0';
                (void)fclose(file);
        }
        for (char *at = children, *end; (void)(end = at), strtol(at, &end, 10) > 0; at = end)
                kib += pss_tree_kib((pid_t)strtol(at, NULL, 10));
        return kib;
}

json_t *bench_footprint(const struct harness *context)
{
        char directory[PATH_SIZE];
        double first_ms, start_ms;
        struct timespec settle = {SETTLE_MS / 1000, SETTLE_MS % 1000 * 1000000L};
        json_t *result = json_object();

        (void)snprintf(directory, sizeof(directory), "%s/footprint", context->directory);
        net_init(context, directory);
        pid_t up = start_network(context, directory, &first_ms);
        run_ctl(context, "demo", directory);
        net_end(up);
        up = start_network(context, directory, &start_ms); /* with the demo region in its stores */
        (void)nanosleep(&settle, NULL);
        double kib = pss_tree_kib(up);
        net_end(up);
        bench_put(result, "pss_mib_total", kib / 1024);
        bench_put(result, "start_ms", start_ms);
        bench_put(result, "start_empty_ms", first_ms);
        return result;
}
