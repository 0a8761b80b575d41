/* import_hours.h: guichetctl import hours and import undo: an employer's list of hours to tracking, and taken back.
 * Each returns its exit code. `argv`: what follows the word. */
#ifndef SERVICES_CTL_IMPORT_HOURS_H
#define SERVICES_CTL_IMPORT_HOURS_H

#include "services/ctl/verb.h"

int import_hours(const struct verb *verb, int argc, char **argv);
int import_undo(const struct verb *verb, int argc, char **argv);

#endif
