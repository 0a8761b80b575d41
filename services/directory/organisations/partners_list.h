/* partners_list.h: what ImportOrganisations does and PreviewOrganisations shows: somebody's list of partners, row after
 * row, by the rules of PutOrganisation (putting.h). What a row says nothing of stays as the directory has it. Reads
 * rows of the store, records nothing. Everything lives in the work's arena. */
#ifndef SERVICES_DIRECTORY_ORGANISATIONS_PARTNERS_LIST_H
#define SERVICES_DIRECTORY_ORGANISATIONS_PARTNERS_LIST_H

#include "common/service/intake.h"
#include "services/directory/organisations/putting.h"

#define PARTNERS_LIST "partners"

/* What is asked of a list: the fields of either message. */
struct partners_question {
        const char *territory;
        const char *source;
        Directory__OrganisationKind kind; /* of the rows that tell none; unknown: each must */
        const Types__SentList *list;
};

struct partners_row {
        struct putting putting;
        bool is_taken; /* to be recorded */
};

struct partners_list {
        struct intake intake;
        const struct partners_question *question;
        struct partners_row *rows; /* as many as the list has, judged */
};

/* Whose list, which columns; then every row is judged. False with *ret_refusal. */
bool partners_list_judge(struct work *work, const struct partners_question *question, struct partners_list *ret,
                         struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
