/* lines.h: contacts and actions as they are shown, without a word of what was said of her: the words are told beside a
 * logged reading alone (privacy/follow_up_notes.h). All in the arena. */
#ifndef SERVICES_TRACKING_FOLLOWUP_LINES_H
#define SERVICES_TRACKING_FOLLOWUP_LINES_H

#include "common/base/arena.h"
#include "common/base/id.h"
#include "tracking/followup.pb-c.h"

Tracking__ContactLine *line_of_contact(struct arena *arena, struct id id, const Tracking__ContactRow *row,
                                       const Tracking__FollowUpVersion *rules);
Tracking__ActionLine *line_of_action(struct arena *arena, struct id id, const Tracking__ActionRow *row,
                                     const Tracking__FollowUpVersion *rules);

#endif
