/* ending.h: what EndPlacement, its correction and its taking back have in common: no hours beyond an end, the note on
 * it sealed with the person's key, and what its outcomes were until now. Called by the handlers of the room. What is
 * returned lives in the work's arena. */
#ifndef SERVICES_TRACKING_OUTCOMES_ENDING_H
#define SERVICES_TRACKING_OUTCOMES_ENDING_H

#include "common/service/work.h"
#include "services/tracking/placements/placement.h"
#include "tracking/outcomes.pb-c.h"

/* Hours of a month after the end would be hours of nobody. */
bool ending_has_no_hours_after(const struct work *work, struct id id, const struct placement *placement,
                               struct day ended_on, struct refusal *ret) ATTR_MUST_CHECK;

/* Of one that another continues: it ends before that one begins, and no outcome is told of it. */
struct ending {
        struct id id;
        const struct placement *placement;
        struct day ended_on;
        Tracking__Outcome outcome;
};
bool ending_is_continued_soundly(const struct work *work, const struct ending *ending,
                                 struct refusal *ret) ATTR_MUST_CHECK;

/* Hours of the last month that somebody had vouched for, and that are more than its days hold now: HoursSetToCheck.
 * `before`: the placement as it was, with the end that it had, foreseen or real. */
void ending_set_to_check(struct work *work, struct id id, const struct placement *before, struct day ended_on);

/* Nothing is sealed of a note that says nothing. Errors: those of work_seal(). */
int ending_seal(struct work *work, struct id beneficiary, const Tracking__ExitNote *note,
                struct slice *ret_sealed) ATTR_MUST_CHECK;
/* By who acts, now. */
Tracking__CorrectedAct *ending_correction(const struct work *work, const char *act, Types__Id *placement,
                                          char *correction);

/* What was recorded at a moment; NULL: nothing, or nothing that counts. */
Tracking__OutcomeAt *ending_outcome(const struct work *work, struct id id, Tracking__OutcomeMoment at);
/* The same of what came after the end, one behind the other. */
Tracking__OutcomeAt **ending_later(const struct work *work, struct id id, size_t *ret_count);

#endif
