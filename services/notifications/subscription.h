/* subscription.h: the rules of who may ask to be told of what. Pure: no store, no clock. Called by the handlers.
 *
 * One subscription for each (organisation, territory): asking again replaces the e-mail address. */
#ifndef SERVICES_NOTIFICATIONS_SUBSCRIPTION_H
#define SERVICES_NOTIFICATIONS_SUBSCRIPTION_H

#include <stdbool.h>

#include "common/codec/passport.h"
#include "common/codec/refusal.h"
#include "notifications/commands.pb-c.h"
#include "notifications/queries.pb-c.h"

/* Whose subscription it is to be: the one named, else the one who acts. Zero: nobody's. */
struct id subscription_organisation(const Wire__Passport *actor, const Types__Id *named);

/* Is the demand sound, and may this actor make it for this organisation? */
bool subscription_check(const Wire__Passport *actor, struct id organisation, const Notifications__Subscribe *command,
                        struct refusal *ret);

/* Would it change anything? `kept` may be NULL: there is none yet. */
bool subscription_differs(const Notifications__SubscriptionView *kept, const Notifications__Subscribe *command);

/* Security: those who serve the whole network act for any organisation, the others for their own. */
bool subscription_may_act_for(const Wire__Passport *actor, struct id organisation);

#endif
