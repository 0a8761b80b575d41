#include "common/import/workbook.h"

#include <stdio.h>

#include "common/base/run_program.h"

bool workbook_is(struct slice start)
{
        return slice_starts_with(start, slice_of_text("PK\x03\x04"));
}

int workbook_read(int file, int spare, struct arena *arena, struct table *ret, struct err_info *info)
{
        /* Days come as a spreadsheet's numbers, which the daemon understands: xlsx2csv takes formats like 0" mois" for
         * dates. */
        const char *const argv[] = {"xlsx2csv",        "-d", ",", "--ignore-formats", "date", "time", "--",
                                    "/proc/self/fd/0", NULL};
        char name[32];
        if (run_program(argv, file, spare) != 0)
                return err_set(info, ERR_MALFORMED,
                               "xlsx2csv ne peut pas lire ce classeur ; vérifiez que le paquet « xlsx2csv » est "
                               "installé, ou enregistrez la liste en CSV");
        (void)snprintf(name, sizeof(name), "/proc/self/fd/%d", spare);
        int err = table_open(name, arena, ret, info);
        if (err != 0)
                return err;
        ret->separator = ';'; /* what is handed back, a French spreadsheet opens as it is */
        ret->has_mark = true;
        return 0;
}
