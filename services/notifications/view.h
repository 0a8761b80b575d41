/* view.h: rows of the store as those who ask get to see them. Called by the handlers of queries. */
#ifndef SERVICES_NOTIFICATIONS_VIEW_H
#define SERVICES_NOTIFICATIONS_VIEW_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/service/work.h"
#include "notifications/queries.pb-c.h"
#include "notifications/state.pb-c.h"

/* An entry of an inbox. */
Notifications__NoticeView *view_of_notice(struct id id, const Notifications__NoticeRow *row,
                                          const Notifications__PostingRow *posting, struct arena *arena);

/* What was told, once for all who were told: where there are several, the name is their number, and the delivery is
 * that which asks most for attention: failed, else queued, else sent. */
Notifications__NoticeView *view_of_posting(const Notifications__PostingRow *posting, struct arena *arena);

/* Security: may who oversees the network see it? No further than the actor's territories reach; of a private contract,
 * its readers only: the coordinator and the facilitators of the territory. */
bool view_oversees(const struct work *work, const Notifications__PostingRow *posting);

/* Those who follow the network and act for no organisation. */
bool view_is_overseer(const Wire__Passport *actor);

/* There is no such subscription, or it is not the actor's. */
struct reply reply_no_subscription(struct work *work);

#endif
