/* verb.h: what guichetctl can do, as data: one row (verbs.c) and one file for each verb. main.c finds the row, prints
 * its help or runs it. A verb prints its result on standard output and its complaints, in French, on standard error. */
#ifndef SERVICES_CTL_VERB_H
#define SERVICES_CTL_VERB_H

#include <stddef.h>

/* Exit codes, as `guichetctl --help` tells them. Verbs return the first three; what a failure was, whoever saw it notes
 * (failed_as(), options.h), and main() ends with that. */
enum { CTL_DONE = 0, CTL_FAILED = 1, CTL_MISUSED = 2, CTL_REFUSED = 3, CTL_NOT_FOUND = 4, CTL_UNAVAILABLE = 5 };

struct verb {
        const char *name;
        const char *summary; /* one line of `guichetctl --help`; NULL: not shown there */
        const char *usage;   /* all of `guichetctl VERB --help`, with examples */
        int (*run)(const struct verb *verb, int argc, char **argv); /* argv[0] is what follows the verb */
};

extern const struct verb verb_init, verb_keygen, verb_up, verb_child, verb_wait, verb_status, verb_call, verb_user,
        verb_import, verb_export, verb_contract, verb_play, verb_journey, verb_demo, verb_verify, verb_dump, verb_where,
        verb_backup, verb_restore, verb_compact, verb_document, verb_describe, verb_person, verb_outcome,
        verb_relocation, verb_eligibility, verb_proposal, verb_next, verb_hours, verb_followup, verb_sample,
        verb_partition, verb_invoice, verb_placement, verb_methods, verb_completion, verb_doubles;

extern const struct verb *const verbs[];
extern const size_t verbs_count;
const struct verb *verb_named(const char *name); /* NULL: there is none */
int verb_unknown(const char *name);              /* tells so, with what was meant; CTL_MISUSED */

#endif
