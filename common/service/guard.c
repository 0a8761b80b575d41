#include "common/service/guard.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "common/base/limits.h"

/* Written before anything goes wrong: in a signal handler nothing can be made. */
static char last_words[1024];

void guard_secrets(void)
{
        const struct rlimit none = {0, 0};
        (void)setrlimit(RLIMIT_CORE, &none);
#ifndef GUICHET_SANITIZED /* the leak sanitizer traces its own process at the end */
        (void)prctl(PR_SET_DUMPABLE, 0);
#endif
}

void guard_pages(void)
{
        (void)mallopt(M_MMAP_THRESHOLD, 2 * LIMIT_FRAME_BYTES); /* frames too come from the heap */
        (void)mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
        (void)mallopt(M_TOP_PAD, LIMIT_REPLY_BYTES);
}

void guard_descriptors(void)
{
        struct rlimit limit;
        if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
                return;
        limit.rlim_cur = limit.rlim_max < LIMIT_DESCRIPTORS ? limit.rlim_max : LIMIT_DESCRIPTORS;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
}

void guard_niceness(int niceness)
{
        if (niceness > getpriority(PRIO_PROCESS, 0))
                (void)setpriority(PRIO_PROCESS, 0, niceness);
}

#ifndef GUICHET_SANITIZED /* the sanitizers tell of signals themselves */
static void on_fatal(int number)
{
        (void)number;
        (void)!write(STDERR_FILENO, last_words, strlen(last_words));
        _exit(EXIT_STORE);
}
#endif

void guard_store(const char *instance, const char *directory)
{
        (void)snprintf(
                last_words, sizeof(last_words),
                "{\"level\":\"error\",\"instance\":\"%s\",\"event\":\"store.unreadable\",\"detail\":\"a page of the "
                "store %s could not be read: the file is damaged, or this program has a fault. Run `guichetctl "
                "verify`; if it finds the store damaged, put it back (`guichetctl restore --help`) and look after "
                "the disk\"}\n",
                instance, directory);
#ifndef GUICHET_SANITIZED
        struct sigaction action = {.sa_handler = on_fatal, .sa_flags = SA_RESETHAND | SA_NODEFER};
        (void)sigaction(SIGBUS, &action, NULL);
        (void)sigaction(SIGSEGV, &action, NULL);
#endif
}
