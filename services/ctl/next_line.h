/* next_line.h: what somebody has to do, as a line of a French table: by when, who, which thing, what. */
#ifndef SERVICES_CTL_NEXT_LINE_H
#define SERVICES_CTL_NEXT_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "types.pb-c.h"

struct next_line {
        const Types__Day *by, *since; /* since NULL: it has no such day */
        const char *actor;
        const char *label; /* NULL: it has none */
        const Types__Id *id;
        const char *about, *action;
        const char *state; /* NULL: none */
        bool is_late;
};

void next_print(const struct next_line *lines, size_t count); /* with their head */

#endif
