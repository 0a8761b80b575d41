/* up_display.h: one line of state for each daemon: a table that is rewritten on a terminal, a line for each change
 * elsewhere. Standard output. */
#ifndef SERVICES_CTL_UP_DISPLAY_H
#define SERVICES_CTL_UP_DISPLAY_H

#include <stdbool.h>

#include "services/ctl/child.h"

struct up_display {
        const struct child *children;
        size_t count;
        bool table; /* standard output is a terminal */
        bool drawn;
};

void up_display_open(struct up_display *display, const struct child *children, size_t count);
void up_display_changed(struct up_display *display, const struct child *child);
void up_display_refresh(struct up_display *display); /* ages have grown */
void up_display_close(struct up_display *display);
/* "serving" -> "en service"; what is not known comes back as it is. */
const char *health_text(const char *health);

#endif
