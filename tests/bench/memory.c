#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "tests/lib/harness.h"

enum { LOOK_MS = 10 };

struct memory memory_of(pid_t pid)
{
        struct memory memory = {0};
        const struct {
                const char *name;
                double *to;
        } fields[] = {{"Rss:", &memory.rss_kib}, {"Pss:", &memory.pss_kib}, {"Anonymous:", &memory.anonymous_kib}};
        char path[64], line[256];
        (void)snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", (int)pid);
        FILE *file = fopen(path, "re");
        if (file == NULL)
                return memory;
        while (fgets(line, sizeof(line), file) != NULL) /* discouraged: a line of the kernel's, bounded */
                for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
                        if (strncmp(line, fields[i].name, strlen(fields[i].name)) == 0)
                                *fields[i].to = strtod(line + strlen(fields[i].name), NULL);
        (void)fclose(file);
        return memory;
}

static void keep_greater(double *kept, double seen)
{
        if (seen > *kept)
                *kept = seen;
}

static void *watch_thread(void *argument)
{
        struct memory_watch *watch = argument;
        while (!atomic_load(&watch->stopped)) {
                struct memory seen = memory_of(watch->pid);
                keep_greater(&watch->peak.rss_kib, seen.rss_kib);
                keep_greater(&watch->peak.pss_kib, seen.pss_kib);
                keep_greater(&watch->peak.anonymous_kib, seen.anonymous_kib);
                harness_pause_ms(LOOK_MS);
        }
        return NULL;
}

void memory_watch_start(struct memory_watch *watch, pid_t pid)
{
        *watch = (struct memory_watch){.pid = pid};
        if (pthread_create(&watch->thread, NULL, watch_thread, watch) != 0)
                harness_fail("cannot start a thread");
}

struct memory memory_watch_stop(struct memory_watch *watch)
{
        atomic_store(&watch->stopped, true);
        (void)pthread_join(watch->thread, NULL);
        return watch->peak;
}
