/* send_signal.h: kill(), for one process only. To kill() a pid of 0 is the whole process group, -1 is every process of
 * the machine: a pid that was never learnt would take the test run itself with it. */
#ifndef TESTS_LIB_SEND_SIGNAL_H
#define TESTS_LIB_SEND_SIGNAL_H

#include <signal.h>
#include <sys/types.h>

#include "common/base/require.h"

/* As kill(): 0, or -1 with errno. */
static inline int send_signal(pid_t pid, int number)
{
        require(pid > 1);
        return kill(pid, number);
}

#endif
