#include "services/ctl/log_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TURN_BYTES = 10 * 1024 * 1024, KEPT = 3 };

static void open_again(struct log_file *file)
{
        struct stat facts;
        file->fd = open(file->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
        file->size = file->fd >= 0 && fstat(file->fd, &facts) == 0 ? (size_t)facts.st_size : 0;
}

void log_file_open(struct log_file *file, const char *path)
{
        (void)snprintf(file->path, sizeof(file->path), "%s", path);
        open_again(file);
}

void log_file_close(struct log_file *file)
{
        if (file->fd >= 0)
                (void)close(file->fd);
        file->fd = -1;
}

static void turn(struct log_file *file)
{
        char from[sizeof(file->path) + 16];
        char to[sizeof(file->path) + 16];
        log_file_close(file);
        for (int n = KEPT; n > 0; n--) {
                (void)snprintf(to, sizeof(to), "%s.%d", file->path, n);
                (void)snprintf(from, sizeof(from), "%s.%d", file->path, n - 1);
                (void)rename(n == 1 ? file->path : from, to); /* missing: nothing to keep */
        }
        open_again(file);
}

void log_file_write(struct log_file *file, const char *data, size_t size)
{
        if (file->fd < 0 || size == 0)
                return;
        ssize_t written = write(file->fd, data, size);
        if (written > 0)
                file->size += (size_t)written;
        if (file->size >= TURN_BYTES && data[size - 1] == '\n')
                turn(file);
}

bool log_file_turn_grown(struct log_file *file)
{
        struct stat facts;
        if (file->fd < 0 || fstat(file->fd, &facts) != 0 || facts.st_size < TURN_BYTES)
                return false;
        turn(file);
        return file->fd >= 0;
}
