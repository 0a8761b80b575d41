#include "common/base/nearest.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "common/base/text.h"

/* One error in so many letters is near enough, beside the first; so many letters that stand in a name count as one. */
enum { LETTERS_AN_ERROR = 4, PART_LETTERS = 4 };

static unsigned least(unsigned a, unsigned b)
{
        return a < b ? a : b;
}

/* Of Damerau and Levenshtein, where no piece is changed twice: three rows of the table are held. */
static unsigned distance(const char *a, const char *b)
{
        unsigned rows[3][NEAREST_LETTERS], *before = rows[0], *above = rows[1], *row = rows[2];
        size_t a_size = strlen(a), b_size = strlen(b);

        for (unsigned j = 0; j <= b_size; j++)
                above[j] = j;
        for (unsigned i = 1; i <= a_size; i++) {
                row[0] = i;
                for (unsigned j = 1; j <= b_size; j++) {
                        row[j] = least(least(above[j] + 1, row[j - 1] + 1), above[j - 1] + (a[i - 1] != b[j - 1]));
                        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                                row[j] = least(row[j], before[j - 2] + 1);
                }
                unsigned *free_row = before;
                before = above;
                above = row;
                row = free_row;
        }
        return above[b_size];
}

unsigned letters_apart(const char *a, const char *b)
{
        char from[NEAREST_LETTERS], to[NEAREST_LETTERS];
        text_fold(a, from, sizeof(from));
        text_fold(b, to, sizeof(to));
        return distance(from, to);
}

struct nearest nearest_of(const char *asked)
{
        struct nearest nearest = {.name = NULL};
        text_fold(asked, nearest.asked, sizeof(nearest.asked));
        nearest.distance = (unsigned)(strlen(nearest.asked) / LETTERS_AN_ERROR) + 2;
        return nearest;
}

void nearest_try(struct nearest *nearest, const char *name)
{
        char folded[NEAREST_LETTERS];
        text_fold(name, folded, sizeof(folded));
        unsigned far = distance(nearest->asked, folded);
        if (strlen(nearest->asked) >= PART_LETTERS && strstr(folded, nearest->asked) != NULL)
                far = least(far, 1);
        size_t asked = strlen(nearest->asked), size = strlen(folded), left = size > asked ? size - asked : asked - size;
        bool is_nearer =
                far < nearest->distance || (nearest->name != NULL && far == nearest->distance && left < nearest->left);
        if (!is_nearer || far >= size) /* all of a short name would be another one */
                return;
        nearest->distance = far;
        nearest->left = left;
        nearest->name = name;
}

const char *nearest_hint(const struct nearest *nearest, char ret_hint[NEAREST_HINT_SIZE])
{
        ret_hint[0] = '\0';
        if (nearest->name != NULL)
                (void)snprintf(ret_hint, NEAREST_HINT_SIZE, " ; vouliez-vous dire « %s » ?", nearest->name);
        return ret_hint;
}
