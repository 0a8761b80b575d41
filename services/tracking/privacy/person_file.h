/* person_file.h: what a person's key has sealed, opened for who may read it, and why she does, sealed. Errors are
 * those of work_unseal(), ERR_FORGED where something else was sealed there. What is opened lives in the work's
 * arena. */
#ifndef SERVICES_TRACKING_PRIVACY_PERSON_FILE_H
#define SERVICES_TRACKING_PRIVACY_PERSON_FILE_H

#include "common/service/work.h"
#include "tracking/commands.pb-c.h"
#include "tracking/state.pb-c.h"

int person_file_content(const struct work *work, struct id id, struct slice sealed,
                        Tracking__Sealed__ContentCase wanted, Tracking__Sealed **ret) ATTR_MUST_CHECK;
/* Identity, decisions, the proofs that were seen, suspensions, how her placements ended, what was said of her
 * proposals. */
int person_file_unseal(const struct work *work, struct id id, const Tracking__BeneficiaryRow *row,
                       Tracking__BeneficiaryFile *file) ATTR_MUST_CHECK;

/* Reason enough to read it? `identity`: of the person, who is not to be named in it. */
bool person_file_may_open(const struct work *work, char *reason, char *reason_code, const Tracking__Identity *identity,
                          struct refusal *ret) ATTR_MUST_CHECK;
/* With where it was opened from. */
int person_file_seal_reason(struct work *work, struct id id, char *reason, struct slice *ret_sealed) ATTR_MUST_CHECK;
/* NULL with *ret_err: it opens no more. */
Tracking__ReadingNote *person_file_reading(const struct work *work, struct id id, struct slice sealed, int *ret_err);

#endif
