/* others.h: what others had decided. A facilitator who replaces the figure that another vouched for, or decides
 * otherwise on a person's eligibility, records beside it who is to be told (ChangedByAnother): so does one who vouches
 * for other hours than those that a structure stated, who sends them back, or ends a placement before they could be
 * done. Called by the runtime for the rows of tracking_versions, in the transaction of the command. Known of each thing
 * is who recorded the event before, and of hours who stated them: a row for each author would make the rows of hours
 * longer.
 *
 * The event is published: it names no person, and tells of eligibility what the event of it tells. */
#ifndef SERVICES_TRACKING_PAGE_OTHERS_H
#define SERVICES_TRACKING_PAGE_OTHERS_H

#include "common/service/versions.h"
#include "common/service/work.h"

void tracking_tell_others(struct work *work, const struct version_change *change);

#endif
