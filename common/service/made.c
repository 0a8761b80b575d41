#include "common/service/made.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_SIZE = 4096 };

static void path_of(const struct topology *topology, const char *instance, enum made_part part, char ret[PATH_SIZE])
{
        (void)snprintf(ret, PATH_SIZE, "%s/keys/%s%s.made", topology->directory, instance,
                       part == MADE_KEYS ? ".persons" : "");
}

bool made_before(const struct topology *topology, const char *instance, enum made_part part)
{
        char path[PATH_SIZE];
        path_of(topology, instance, part, path);
        return access(path, F_OK) == 0;
}

int made_remember(const struct topology *topology, const char *instance, enum made_part part, struct err_info *info)
{
        char path[PATH_SIZE];
        path_of(topology, instance, part, path);
        int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (fd < 0)
                return err_set(info, errno == ENOSPC ? ERR_DISK_FULL : ERR_CONFIG,
                               "%s: cannot be made (%s): whether this store was made before must be remembered", path,
                               strerror(errno));
        (void)close(fd);
        return 0;
}
