/* A daemon of a test lives $CLOCK_SHIFT_S seconds away from now: preloaded (LD_PRELOAD) into a program as it is, it
 * shifts the time of day and nothing else. For what takes weeks between two steps and must be seen through the real
 * daemon. */
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *ret)
{
        const char *seconds = clock == CLOCK_REALTIME ? getenv("CLOCK_SHIFT_S") : NULL;

        if (syscall(SYS_clock_gettime, clock, ret) != 0)
                return -1;
        if (seconds != NULL)
                ret->tv_sec += strtol(seconds, NULL, 10);
        return 0;
}
