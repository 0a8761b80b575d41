#include "tests/lib/import_verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "common/base/require.h"

enum { FILE_MAX = 4096 };

static char output[16384];

static void fall(const char *what, const char *text)
{
        (void)fprintf(stderr, "%s « %s »:\n%s", what, text, output);
        abort();
}

int import_verb(struct network *network, const char *word, const char *what, const char *more)
{
        scoped(arena_fini) struct arena arena = {0};
        FILE *pipe = popen(arena_printf(&arena, "%s/guichetctl import %s %s --dir %s %s 2>&1", getenv("GUICHET_BIN"),
                                        word, what, network_directory(network), more),
                           "re");
        require(pipe != NULL);
        output[fread(output, 1, sizeof(output) - 1, pipe)] = '\0';
        int status = pclose(pipe);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

void import_shows(const char *text)
{
        if (strstr(output, text) == NULL)
                fall("not printed:", text);
}

char *import_batch_shown(struct arena *arena)
{
        char *at = strstr(output, "Import ");
        if (at == NULL)
                fall("not printed:", "Import ");
        at = arena_text(arena, at + strlen("Import "));
        at[ID_TEXT_SIZE - 1] = '\0';
        return at;
}

char *import_file(struct network *network, struct arena *arena, const char *name, const char *text)
{
        char *path = arena_printf(arena, "%s/%s", network_directory(network), name);
        FILE *file = fopen(path, "we");
        require(file != NULL);
        require(fputs(text, file) >= 0);
        require(fclose(file) == 0);
        return path;
}

char *import_file_text(const char *path, struct arena *arena)
{
        char *text = arena_zalloc(arena, FILE_MAX);
        FILE *file = fopen(path, "re");
        require(file != NULL);
        text[fread(text, 1, FILE_MAX - 1, file)] = '\0';
        require(fclose(file) == 0);
        return text;
}
