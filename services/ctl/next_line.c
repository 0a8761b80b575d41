#include "services/ctl/next_line.h"

#include <stdio.h>

#include "common/base/day.h"
#include "common/codec/types.h"
#include "services/ctl/terminal.h"

enum { ID_WIDTH = 38, LABEL_WIDTH = 8, DAY_WIDTH = 12, ACTOR_WIDTH = 14, ABOUT_WIDTH = 30 };

static void print_line(const struct next_line *line)
{
        char by[DAY_TEXT_SIZE], since[DAY_TEXT_SIZE], id[ID_TEXT_SIZE];
        day_format(day_of(line->by), by);
        id_format(id_of(line->id), id);
        print_cell(by, DAY_WIDTH);
        print_cell(line->is_late ? "en retard" : "", DAY_WIDTH);
        print_cell(line->actor, ACTOR_WIDTH);
        print_cell(line->label != NULL ? line->label : "", LABEL_WIDTH);
        print_cell(id, ID_WIDTH);
        print_cell(line->about, ABOUT_WIDTH);
        (void)printf("%s", line->action);
        if (line->since != NULL) {
                day_format(day_of(line->since), since);
                (void)printf(" (%s%sdepuis le %s)", line->state != NULL ? line->state : "",
                             line->state != NULL ? " " : "", since);
        }
        (void)putchar('\n');
}

void next_print(const struct next_line *lines, size_t count)
{
        print_cell("D'ICI LE", DAY_WIDTH);
        print_cell("", DAY_WIDTH);
        print_cell("À QUI D'AGIR", ACTOR_WIDTH);
        print_cell("N°", LABEL_WIDTH);
        print_cell("IDENTIFIANT", ID_WIDTH);
        print_cell("POUR", ABOUT_WIDTH);
        (void)puts("À FAIRE");
        for (size_t i = 0; i < count; i++)
                print_line(&lines[i]);
}
