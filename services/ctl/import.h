/* import.h: published files into the network, and what became of their elements. For import and journey. A file that
 * cannot be read is told by its figures, in French; a daemon that is silent on standard error. */
#ifndef SERVICES_CTL_IMPORT_H
#define SERVICES_CTL_IMPORT_H

#include <stdio.h>

#include "common/base/err.h"
#include "services/ctl/session.h"
#include "services/ctl/verb.h"
#include "common/import/notes.h"

enum { IMPORT_CONSIDERATIONS = 5, IMPORT_KINDS = 64, IMPORT_PLACE_SIZE = 192 };

struct import_figures {
        uint64_t files;
        uint64_t unreadable; /* of them, whole or from somewhere on */
        uint64_t read;
        uint64_t created;   /* ADDED, for partners */
        uint64_t updated;   /* CHANGED */
        uint64_t unchanged; /* SAME */
        uint64_t rejected;  /* by the reader */
        uint64_t refused;   /* by the daemon */
        uint64_t reasons[NOTE_CODES];
        uint64_t warnings[NOTE_CODES];
        uint64_t considerations[IMPORT_CONSIDERATIONS]; /* of the contracts kept; by contracts.SocialConsideration */
        uint64_t kinds[IMPORT_KINDS];                   /* of the partners kept; by directory.OrganisationKind */
        uint64_t duration_us;
        uint64_t warned; /* elements kept with a remark */
        char first_refusal[256];
        char why[sizeof(
                ((struct err_info *)0)->text)]; /* the last file could not be read, or not to its end; "": it could */
        char first_warning[NOTE_CODES][IMPORT_PLACE_SIZE]; /* where the first of each is */
        uint64_t remarked;                                 /* by the daemon, in what it keeps */
        char first_remark[256];
        char first_remarked[IMPORT_PLACE_SIZE]; /* where that is */
};

/* IMPORT_LOST: the daemon answers no more, and what follows would not be taken. */
enum import_end { IMPORT_READ, IMPORT_UNREADABLE, IMPORT_LOST };

/* `rejects` may be NULL: what is rejected and what is doubtful, a JSON object a line. Figures add up over several
 * calls. */
enum import_end import_decp(struct session *session, const char *path, FILE *rejects,
                            struct import_figures *figures) ATTR_MUST_CHECK;
enum import_end import_partners(struct session *session, const char *path, FILE *rejects,
                                struct import_figures *figures) ATTR_MUST_CHECK;

/* The line of one file: what was read of it, or why not. `what`: French, one element. */
void import_print_file(const char *path, const char *what, const struct import_figures *before,
                       const struct import_figures *after);

void import_print_contracts(const struct import_figures *figures);
void import_print_partners(const struct import_figures *figures);

#endif
