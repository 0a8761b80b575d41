#include "common/base/require.h"

#include <stdio.h>
#include <stdlib.h>

void require_failed(const char *condition, const char *file, int line, const char *function)
{
        (void)fprintf(stderr, "{\"level\":\"panic\",\"event\":\"require\",\"detail\":\"%s:%d %s(): %s\"}\n", file, line,
                      function, condition);
        abort();
}
