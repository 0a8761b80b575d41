#include "common/base/directory.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

int directory_make(const char *path, struct err_info *info)
{
        char made[4096];
        int size = snprintf(made, sizeof(made), "%s", path);
        if (size < 0 || (size_t)size >= sizeof(made))
                return err_set(info, ERR_CONFIG, "directory %s: path too long", path);
        for (char *at = made + 1;; at++) {
                if (*at != '/' && *at != '\0')
                        continue;
                char kept = *at;
                *at = '\0';
                if (mkdir(made, S_IRWXU) != 0 && errno != EEXIST)
                        return err_set(info, -errno, "directory %s: cannot make %s: %s", path, made, strerror(errno));
                *at = kept;
                if (kept == '\0')
                        return 0;
        }
}
