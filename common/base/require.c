#include "common/base/require.h"

#include <stdio.h>
#include <stdlib.h>

/* A condition may hold quotes; the line is JSON all the same. */
static void print_escaped(const char *text)
{
        for (; *text != '\0'; text++) {
                if (*text == '"' || *text == '\\')
                        (void)fputc('\\', stderr);
                (void)fputc(*text, stderr);
        }
}

void require_failed(const char *condition, const char *file, int line, const char *function)
{
        (void)fprintf(stderr, "{\"level\":\"panic\",\"event\":\"require\",\"detail\":\"%s:%d %s(): ", file, line,
                      function);
        print_escaped(condition);
        (void)fputs("\"}\n", stderr);
        abort();
}
