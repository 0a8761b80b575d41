#include "common/store/shed.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/base/directory.h"
#include "common/store/replace.h"

enum { PATH_SIZE = 4096 };

static int sync_file(const char *path, struct err_info *info)
{
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        int failed = fd < 0 || fsync(fd) != 0 ? errno : 0;
        if (fd >= 0)
                (void)close(fd);
        return failed == 0 ? 0 : err_set(info, -failed, "%s: %s", path, strerror(failed));
}

static int copy_rows(struct store *store, const char *made, struct err_info *info)
{
        char file[PATH_SIZE + 16];
        (void)snprintf(file, sizeof(file), "%s/data.mdb", made);
        store_remove(made); /* what an earlier try has left */
        int err = directory_make(made, info);
        if (err == 0)
                err = store_copy(store, made, info);
        if (err == 0)
                err = sync_file(file, info);
        if (err != 0)
                store_remove(made);
        return err;
}

bool store_shed(const struct store_spec *spec, const char *directory, struct store **store, struct err_info *why)
{
        char made[PATH_SIZE];
        struct world *world = store_world(*store);
        (void)snprintf(made, sizeof(made), "%s.shed", directory);
        if (copy_rows(*store, made, why) != 0)
                return false;
        store_close(*store);
        *store = NULL;
        bool replaced = store_replace(made, directory, why) == 0;
        struct store_spec same = *spec;
        same.just_made = replaced;
        return store_open(&same, directory, world, store, why) == 0 && replaced;
}
