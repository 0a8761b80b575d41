#include "common/store/replace.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A rename is durable once its directory is. */
static int sync_directory(const char *directory, struct err_info *info)
{
        int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        int failed = fd < 0 || fsync(fd) != 0 ? errno : 0;
        if (fd >= 0)
                (void)close(fd);
        return failed == 0 ? 0 : err_set(info, -failed, "store %s: %s", directory, strerror(failed));
}

int store_replace(const char *made, const char *directory, struct err_info *info)
{
        char from[4096], to[4096], locks[4096];
        (void)snprintf(from, sizeof(from), "%s/data.mdb", made);
        (void)snprintf(to, sizeof(to), "%s/data.mdb", directory);
        (void)snprintf(locks, sizeof(locks), "%s/lock.mdb", directory);

        /* Its transaction numbers are of the old file. Who looks at that one holds both by their descriptors; nobody
         * writes to it any more. */
        if (unlink(locks) != 0 && errno != ENOENT)
                return err_set(info, -errno, "store %s: cannot remove lock.mdb: %s", directory, strerror(errno));
        if (rename(from, to) != 0)
                return err_set(info, -errno, "store %s: cannot put the new one in its place: %s", directory,
                               strerror(errno));
        (void)unlink(locks); /* somebody who began to look in between has made it, for the old file */
        store_remove(made);
        return sync_directory(directory, info);
}

void store_remove(const char *directory)
{
        char path[4096];
        DIR *files = opendir(directory);
        if (files == NULL)
                return;
        for (struct dirent *file; (file = readdir(files)) != NULL;) {
                (void)snprintf(path, sizeof(path), "%s/%s", directory, file->d_name);
                (void)unlink(path); /* no directories: "." and ".." stay as they are */
        }
        (void)closedir(files);
        (void)rmdir(directory);
}
