/* program.h: many tests in one program, since five hundred programs take longer to link than to run.
 *
 * Each test_*.c keeps its own main(void), which the build names after its path (tests/CMakeLists.txt). A program of
 * tests is called with the name of one, as ctest has it; called without, it lists them. */
#ifndef TESTS_LIB_PROGRAM_H
#define TESTS_LIB_PROGRAM_H

#include <stddef.h>

struct test_of_program {
        const char *name; /* "unit/common/base/test_day" */
        int (*main)(void);
};

/* What the generated table calls. 0 where the test passes; 2, and the names, where there is none of that name. */
int test_program_main(const struct test_of_program *tests, size_t count, int word_count, char **words);

/* For a test that set LD_PRELOAD for itself: the same test again, in this process. Comes back on failure alone. */
void test_program_again(void);

#endif
