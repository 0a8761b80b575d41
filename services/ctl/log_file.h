/* log_file.h: a journal on disk, its owner's alone to read. At 10 MiB it becomes .1, .1 becomes .2, .2 becomes .3, and
 * .3 goes away.
 * Used by the supervisor, which must not stop for a journal: what cannot be written is dropped. */
#ifndef SERVICES_CTL_LOG_FILE_H
#define SERVICES_CTL_LOG_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct log_file {
        char path[4096];
        int fd; /* -1: closed */
        size_t size;
};

void log_file_open(struct log_file *file, const char *path);
void log_file_close(struct log_file *file);
/* Turns the file over only behind a whole line. */
void log_file_write(struct log_file *file, const char *data, size_t size);
/* The same for a file that is written through copies of `fd`: true where it was turned, and the copies are to be made
 * anew. */
bool log_file_turn_grown(struct log_file *file);

#endif
