/* maintain.h: what a daemon's program does to its store instead of serving. */
#ifndef COMMON_SERVICE_MAINTAIN_H
#define COMMON_SERVICE_MAINTAIN_H

#include "common/service/process.h"

int process_verify(const struct process *process); /* --verify: prints, returns the exit status */
int process_rebuild(const struct process *process, struct err_info *info) ATTR_MUST_CHECK; /* --rebuild */

#endif
