/* persons_list.h: what ImportBeneficiaries does and PreviewBeneficiaries shows: a prescriber's list of persons, row
 * after row, by the rules of ReferBeneficiary. Reads rows of the store, opens no file, records
 * nothing. Everything lives in the work's arena. No verdict says anything of a person that could be kept with it: the
 * cells that it speaks of are told by row and column alone. */
#ifndef SERVICES_TRACKING_REFERRALS_PERSONS_LIST_H
#define SERVICES_TRACKING_REFERRALS_PERSONS_LIST_H

#include "common/service/intake.h"
#include "services/tracking/imports/imports_rows.h"
#include "services/tracking/persons/known.h"
#include "tracking/commands.pb-c.h"

struct persons_row {
        Tracking__ReferBeneficiary *command; /* by whose rules it goes */
        Tracking__PersonDigests *digests;    /* of her identity; NULL: an empty row */
        bool is_taken;                       /* to be recorded */
};

/* What is asked of a list: the fields of either message. */
struct persons_question {
        const char *territory;
        const Types__Id *prescriber;
        const Types__Id *need_id;
        const Types__SentList *list;
};

struct beneficiaries_list {
        struct intake intake;
        const struct persons_question *question;
        uint8_t moment[DIGEST_SIZE]; /* a key for the time of this work */
        struct persons_row *rows;    /* as many as the list has, judged */
};

/* Whose list, which columns; then every row is judged. False with *ret_refusal. */
bool persons_list_judge(struct work *work, const struct persons_question *question, struct beneficiaries_list *ret,
                        struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
