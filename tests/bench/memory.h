/* memory.h: what a process holds, as the kernel tells it in /proc/PID/smaps_rollup. For benches. */
#ifndef TESTS_BENCH_MEMORY_H
#define TESTS_BENCH_MEMORY_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>

struct memory {
        double rss_kib;       /* all that is resident, also the pages of files that the kernel may drop at any time */
        double pss_kib;       /* the same, what is shared counted in parts */
        double anonymous_kib; /* heap, stacks and copied pages: what only swapping could take back */
};

struct memory memory_of(pid_t pid); /* all zero where the process has ended */

/* Looks at a process every few milliseconds, from a thread of its own, until it is told to stop, and keeps the greatest
 * of each figure. */
struct memory_watch {
        pid_t pid;
        atomic_bool stopped;
        pthread_t thread;
        struct memory peak;
};
void memory_watch_start(struct memory_watch *watch, pid_t pid);
struct memory memory_watch_stop(struct memory_watch *watch);

#endif
