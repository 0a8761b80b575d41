/* follow_up_notes.h: what was said of a person in her follow-up, opened with her key for who may read it: the texts as
 * they hold, and those before with why they were corrected. Called beside a logged reading. In the work's arena. */
#ifndef SERVICES_TRACKING_PRIVACY_FOLLOW_UP_NOTES_H
#define SERVICES_TRACKING_PRIVACY_FOLLOW_UP_NOTES_H

#include "common/service/work.h"
#include "tracking/followup.pb-c.h"

/* Contacts newest first, actions oldest first; all that there may be (followup/action.h). Errors: those of
 * work_unseal(). */
enum notes_for { NOTES_FOR_HER, NOTES_FOR_READER /* what hangs on a placement that he may see */ };
int follow_up_notes(const struct work *work, struct id beneficiary, enum notes_for whom,
                    Tracking__FollowUpNotes **ret) ATTR_MUST_CHECK;

#endif
