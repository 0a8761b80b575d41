/* run_program.h: another program of the PATH, run to its end while the caller waits. Its standard input and output are
 * the descriptors given (-1: the caller's own); it gets every other that is not closed on exec. Called by guichetctl
 * and by the readers of workbooks (common/import/workbook.h). */
#ifndef COMMON_BASE_RUN_PROGRAM_H
#define COMMON_BASE_RUN_PROGRAM_H

#include "common/base/attr.h"

/* Its exit code (128 and the signal's number where a signal ended it, as shells say it), or -errno where it could not
 * be started. argv ends with NULL. */
int run_program(const char *const *argv, int in_fd, int out_fd) ATTR_MUST_CHECK;

#endif
