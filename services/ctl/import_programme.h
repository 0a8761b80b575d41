/* import_programme.h: what guichetctl import programme tells at its end. For import_programme.c. */
#ifndef SERVICES_CTL_IMPORT_PROGRAMME_H
#define SERVICES_CTL_IMPORT_PROGRAMME_H

#include "common/import/table.h"
#include "contracts/programming.pb-c.h"

struct programme_figures {
        uint32_t sent; /* rows */
        uint32_t created;
        uint32_t updated;
        uint32_t unchanged;
        uint32_t rejected;
        uint32_t empty;
};

/* How the list was read: encoding, columns and what they were taken for. */
void programme_print_columns(const struct table *table, const Types__ListReport *reply);
/* Lines as they were read, for a preview. */
void programme_print_lines(Contracts__ProgrammeLine *const *lines, size_t count);
void programme_print_figures(const struct programme_figures *figures, bool preview);

#endif
