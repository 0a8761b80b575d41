#include "common/store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

int store_lock(const char *directory, int *ret_lock, struct err_info *info)
{
        int lock = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (lock < 0)
                return err_set(info, -errno, "store %s: %s", directory, strerror(errno));
        if (flock(lock, LOCK_EX | LOCK_NB) == 0) {
                *ret_lock = lock;
                return 0;
        }
        int why = errno;
        (void)close(lock);
        if (why != EWOULDBLOCK)
                return err_set(info, -why, "store %s: cannot be locked: %s", directory, strerror(why));
        return err_set(info, ERR_CONFIG, "store %s: another process has it; stop that one first (pids.json has it)",
                       directory);
}

void store_unlock(int *lock)
{
        if (*lock >= 0)
                (void)close(*lock);
        *lock = -1;
}
