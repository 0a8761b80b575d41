/* replies.h: refusals that all who work on a person share. Called by handlers. */
#ifndef SERVICES_TRACKING_PERSONS_REPLIES_H
#define SERVICES_TRACKING_PERSONS_REPLIES_H

#include "common/service/work.h"

struct reply reply_no_beneficiary(struct work *work);
/* The person's key or seal cannot be used: err of work_seal(). */
struct reply reply_sealed(struct work *work, int err);

#endif
