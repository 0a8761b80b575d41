/* post.h: a notice to those whom it concerns: finds the recipients among the subscriptions and records NoticePosted.
 * Called by the reactions. Nobody concerned: nothing is recorded. */
#ifndef SERVICES_NOTIFICATIONS_REACTIONS_POST_H
#define SERVICES_NOTIFICATIONS_REACTIONS_POST_H

#include "common/service/work.h"
#include "notifications/events.pb-c.h"

/* To every subscription of the notice's territory: one event for all, or as many as notice_chunk() asks for. */
void post_to_territory(struct work *work, Notifications__NoticePosted *notice);

/* To one organisation, subscribed or not. Its mail goes to the address of its subscription of the notice's territory,
 * else of any other that has one. A zero id is nobody. */
void post_to_organisation(struct work *work, Notifications__NoticePosted *notice, struct id organisation);

/* The same, with a link in the mail: where it goes to a confirmed address, and the network has an address for people.
 */
void post_with_link(struct work *work, Notifications__NoticePosted *notice, struct id organisation,
                    const Notifications__NoticeLink *link);

/* To those who read the territory's notices alone. */
void post_to_readers(struct work *work, Notifications__NoticePosted *notice);

/* To its inbox and to those who read the territory's notices: by no mail. */
void post_to_box(struct work *work, Notifications__NoticePosted *notice, struct id organisation);

#endif
