/* wording.h: what waits, in the words of notice_texts.json: as a line of a day, and as a notice. Pure. */
#ifndef SERVICES_NOTIFICATIONS_DEADLINES_WORDING_H
#define SERVICES_NOTIFICATIONS_DEADLINES_WORDING_H

#include "notifications/deadlines.pb-c.h"
#include "notifications/events.pb-c.h"
#include "services/notifications/words.h"

struct words wording_of_wait(const Texts__TextVersion *texts, const Notifications__Wait *wait, struct arena *arena);

/* Without its recipients: it is near, or late. */
Notifications__NoticePosted *notice_of_wait(const Texts__TextVersion *texts, const Notifications__Wait *wait,
                                            bool is_late, struct arena *arena);

#endif
