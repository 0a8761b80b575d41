/* The lines of a programme, for the eye. */
#include "services/ctl/import_programme.h"

#include <stdio.h>

#include "common/base/french.h"
#include "common/codec/types.h"
#include "contracts/programming.pb-c.h"
#include "services/ctl/terminal.h"

enum { TITLE_WIDTH = 44, AMOUNT_WIDTH = 16, DURATION_WIDTH = 10 };

static void print_line(const Contracts__ProgrammeLine *line, struct arena *arena)
{
        (void)fputs("  ", stdout);
        print_cell(line->title, TITLE_WIDTH);
        print_cell(line->amount == NULL ? "–" : french_money(arena, money_of(line->amount)), -AMOUNT_WIDTH);
        print_cell(line->duration_months == 0 ? "–" : arena_printf(arena, "%u mois", line->duration_months),
                   -DURATION_WIDTH);
        (void)printf("  %s\n", line->launch_on == NULL ? "–" : french_day(arena, day_of(line->launch_on)));
}

void programme_print_lines(const void *reply)
{
        const Contracts__PreviewProgrammeReply *preview = reply;
        scoped(arena_fini) struct arena arena = {0};
        for (size_t i = 0; i < preview->n_lines; i++)
                print_line(preview->lines[i], &arena);
}
