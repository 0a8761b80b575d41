/* person_files.h: is somebody known, in which department, and the files that may be one person or are: what the verb
 * `person` asks of it, shown as French tables. Each returns the tool's exit code; what failed is told on standard
 * error. Everything lives in the arena. */
#ifndef SERVICES_CTL_PERSON_FILES_H
#define SERVICES_CTL_PERSON_FILES_H

#include "services/ctl/session.h"
#include "tracking/commands.pb-c.h"

struct person_files {
        struct session *session;
        struct arena *arena;
        const char *territory;
        const char *reason, *reason_code;
};

/* Asks the partition of the territory, then all others by its ticket. */
int person_known(struct person_files *files, Tracking__Identity *identity);
/* The same of the person of this file: who else has one that may be hers, and what to do then. */
int person_elsewhere(struct person_files *files, struct id id);
int person_doubles(struct person_files *files);
int person_merge(struct person_files *files, struct id id, struct id other);
int person_unmerge(struct person_files *files, struct id id);
int person_apart(struct person_files *files, struct id id, struct id other);

#endif
