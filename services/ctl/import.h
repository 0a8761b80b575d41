/* import.h: published files into the network, and what became of their elements. For import and journey. Failures are
 * told on standard error, in French. */
#ifndef SERVICES_CTL_IMPORT_H
#define SERVICES_CTL_IMPORT_H

#include <stdio.h>

#include "services/ctl/session.h"
#include "services/ctl/verb.h"
#include "common/import/notes.h"

enum { IMPORT_CONSIDERATIONS = 5, IMPORT_KINDS = 64 };

struct import_figures {
        uint64_t files;
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
        char first_refusal[256];
};

/* `rejects` may be NULL. Figures add up over several calls. */
bool import_decp(struct session *session, const char *path, FILE *rejects,
                 struct import_figures *figures) ATTR_MUST_CHECK;
bool import_partners(struct session *session, const char *path, FILE *rejects,
                     struct import_figures *figures) ATTR_MUST_CHECK;

void import_print_contracts(const struct import_figures *figures);
void import_print_partners(const struct import_figures *figures);

#endif
