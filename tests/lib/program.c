#include "tests/lib/program.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char **called_with;

int test_program_main(const struct test_of_program *tests, size_t count, int word_count, char **words)
{
        called_with = words;
        for (size_t i = 0; word_count == 2 && i < count; i++)
                if (strcmp(tests[i].name, words[1]) == 0)
                        return tests[i].main();
        for (size_t i = 0; i < count; i++)
                (void)fprintf(stderr, "%s\n", tests[i].name);
        return 2;
}

void test_program_again(void)
{
        (void)execv("/proc/self/exe", called_with);
}
