/* programs.h: runs another program and waits for it. For verify (the daemons) and import (xz). */
#ifndef SERVICES_CTL_PROGRAMS_H
#define SERVICES_CTL_PROGRAMS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/attr.h"

/* The program's standard output goes to `out_fd`. Its exit code (128 and the signal's number where a signal
 * ended it, as shells say it), or -1 after a complaint. argv ends with NULL. */
int program_run(const char *const *argv, int out_fd) ATTR_MUST_CHECK;
/* The directory that guichetctl is in. */
bool program_directory(char *ret_path, size_t size) ATTR_MUST_CHECK;

#endif
