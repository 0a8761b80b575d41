/* The statement of accessibility says what the grid of docs/ACCESSIBILITY.md says: counts, rate, and each criterion
 * that does not hold, in the same words. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "services/gateway/links/conformity.h"

enum { PAGES = 8, THEMES = 13, CELLS = PAGES + 5, LINE_SIZE = 1024 };

/* Of RGAA 4.1.2, by theme: 106 in all. */
static const unsigned criteria[THEMES] = {9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12};

/* The cells of a row of a table, without the blanks around them. */
static size_t split(char *line, char *ret[CELLS])
{
        size_t count = 0;
        char *rest = NULL;
        for (char *cell = strtok_r(line, "|\n", &rest); cell != NULL && count < CELLS;
             cell = strtok_r(NULL, "|\n", &rest)) {
                while (*cell == ' ')
                        cell++;
                for (char *end = cell + strlen(cell); end > cell && end[-1] == ' ';)
                        *--end = '\0';
                ret[count++] = cell;
        }
        return count;
}

static void number_of(unsigned theme, unsigned criterion, char ret[8])
{
        (void)snprintf(ret, 8, "%u.%u", theme + 1, criterion + 1);
}

static struct {
        unsigned good, none, bad;
        char rate[64];
} seen;

static void look_at(char *const cells[CELLS])
{
        bool good = false, bad = false;
        for (size_t i = 2; i < 2 + PAGES; i++) {
                bool known = strcmp(cells[i], "C") == 0 || strcmp(cells[i], "NC") == 0 || strcmp(cells[i], "NA") == 0;
                if (!known)
                        fail_msg("%s: %s", cells[0], cells[i]);
                good |= cells[i][0] == 'C';
                bad |= strcmp(cells[i], "NC") == 0;
        }
        const char *how = cells[2 + PAGES], *missing = cells[3 + PAGES];
        assert_string_not_equal(how, "");
        assert_int_equal(bad, missing[0] != '\0');
        if (bad) {
                assert_true(seen.bad < conformity_lacking_count);
                assert_string_equal(conformity_lacking[seen.bad].criterion, cells[0]);
                assert_string_equal(conformity_lacking[seen.bad].text, missing);
        }
        seen.bad += bad;
        seen.good += good && !bad;
        seen.none += !good && !bad;
}

static void the_grid_is_what_is_declared(void **state)
{
        char line[LINE_SIZE], wanted[8] = "1.1";
        unsigned theme = 0, criterion = 0;
        FILE *file = fopen("docs/ACCESSIBILITY.md", "re");
        (void)state;
        assert_non_null(file);
        while (fgets(line, sizeof(line), file) != NULL) {
                char *cells[CELLS] = {NULL};
                if (strncmp(line, "**", 2) == 0 && strstr(line, " criteria that apply hold: ") != NULL)
                        (void)snprintf(seen.rate, sizeof(seen.rate), "%.*s", (int)strcspn(line + 2, ".*"), line + 2);
                if (theme == THEMES || strncmp(line, "| ", 2) != 0 || strncmp(line + 2, wanted, strlen(wanted)) != 0)
                        continue;
                assert_int_equal(split(line, cells), PAGES + 4);
                assert_string_equal(cells[0], wanted);
                look_at(cells);
                if (++criterion == criteria[theme]) {
                        criterion = 0;
                        theme++;
                }
                number_of(theme, criterion, wanted);
        }
        (void)fclose(file);
        assert_int_equal(theme, THEMES); /* else `wanted` is missing */
        assert_int_equal(seen.good + seen.bad + seen.none, 106);
        assert_int_equal(seen.good, conformity_good);
        assert_int_equal(seen.bad, conformity_lacking_count);
        char rate[64];
        (void)snprintf(rate, sizeof(rate), "%u of %u criteria that apply hold: %u %%", seen.good, seen.good + seen.bad,
                       conformity_rate());
        assert_string_equal(seen.rate, rate);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(the_grid_is_what_is_declared)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
