#include "tests/fuzz/replay.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/base/attr.h"
#include "common/base/require.h"

static void close_file(FILE **file)
{
        if (*file != NULL)
                (void)fclose(*file);
}

/* The input lies in a block of its exact size, so that AddressSanitizer sees the first byte read beyond it. */
static void feed(const char *path, size_t size)
{
        scoped(close_file) FILE *file = fopen(path, "rb");
        require(file != NULL);
        uint8_t *bytes = malloc(size > 0 ? size : 1);
        require(bytes != NULL && fread(bytes, 1, size, file) == size);
        (void)LLVMFuzzerTestOneInput(bytes, size);
        free(bytes);
}

static int feed_directory(const char *directory)
{
        struct dirent **entries;
        int count = scandir(directory, &entries, NULL, alphasort);
        int fed = 0;

        for (int i = 0; i < count; i++) {
                char path[4096];
                struct stat info;
                (void)snprintf(path, sizeof(path), "%s/%s", directory, entries[i]->d_name);
                if (stat(path, &info) == 0 && S_ISREG(info.st_mode)) {
                        (void)fprintf(stderr, "%s\n", path); /* the last line before a crash names the culprit */
                        feed(path, (size_t)info.st_size);
                        fed++;
                }
                free(entries[i]);
        }
        if (count >= 0)
                free(entries);
        return fed;
}

int main(int argc, char **argv)
{
        int fed = 0;
        for (int i = 1; i < argc; i++)
                fed += feed_directory(argv[i]);
        (void)printf("%d inputs replayed\n", fed);
        return fed > 0 ? EXIT_SUCCESS : EXIT_FAILURE; /* an empty corpus would be a test that cannot fail */
}
