/* import_notes.h: what a reader of published files has to say of an element: counted, and written to the file of
 * rejects with its place. For import. */
#ifndef SERVICES_CTL_IMPORT_NOTES_H
#define SERVICES_CTL_IMPORT_NOTES_H

#include "services/ctl/import.h"

enum { IMPORT_NUMBER_SIZE = 64 };

struct import_place {
        const char *file;
        const char *list; /* "" where there is one alone */
        uint64_t index;   /* in the list, from 0 */
        const char *number;
};

enum import_severity { IMPORT_REJECTED, IMPORT_WARNING };

/* Counts the reasons, once for each element; of what is kept the warnings too. `rejects` may be NULL. */
void import_take_notes(struct import_figures *figures, FILE *rejects, const struct import_place *place,
                       const struct findings *found);
struct import_note {
        enum import_severity severity;
        const char *field, *value, *text;
};
void import_write_note(FILE *rejects, const struct import_place *place, const struct import_note *note);
/* What the daemon finds doubtful in an element that it keeps. */
void import_take_remark(struct import_figures *figures, FILE *rejects, const struct import_place *place,
                        const char *field, const char *text);
/* Cut between two characters. */
void import_keep_number(const char *number, char ret_number[IMPORT_NUMBER_SIZE]);

#endif
