#include "tests/lib/overwrite.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/require.h"

size_t overwrite(const char *path, struct slice found, long offset, struct slice bytes)
{
        size_t count = 0;
        struct stat facts;
        int fd = open(path, O_RDWR | O_CLOEXEC);
        require(fd >= 0 && fstat(fd, &facts) == 0);
        size_t size = (size_t)facts.st_size;
        uint8_t *text = malloc(size), *at = text;
        require(text != NULL && pread(fd, text, size, 0) == facts.st_size);
        while ((at = memmem(at, size - (size_t)(at - text), found.data, found.size)) != NULL) {
                require(pwrite(fd, bytes.data, bytes.size, (at - text) + offset) == (ssize_t)bytes.size);
                at += found.size;
                count++;
        }
        free(text);
        require(close(fd) == 0);
        return count;
}
