/* subscription.h: the rules of who may ask to be told of what. Pure: no store, no clock. Called by the handlers.
 *
 * One subscription for each (organisation, territory): asking again replaces the e-mail address, once the new one is
 * confirmed. */
#ifndef SERVICES_NOTIFICATIONS_SUBSCRIPTION_H
#define SERVICES_NOTIFICATIONS_SUBSCRIPTION_H

#include <stdbool.h>

#include "common/codec/passport.h"
#include "common/codec/refusal.h"
#include "notifications/commands.pb-c.h"
#include "notifications/queries.pb-c.h"
#include "notifications/state.pb-c.h"

/* A code lives for a day, for mails that are held up on the way. Eight digits in five attempts: one chance in twenty
 * million. Whoever asks for codes writes to somebody who may not want it: so not often, and not many. */
enum {
        CODE_DIGITS = 8,
        CODE_ATTEMPTS = 5,
        CODES_A_DAY_OF_SUBSCRIPTION = 5,
        CODES_A_DAY_OF_ORGANISATION = 20,
        LINKS_A_DAY = 6, /* askings for links at one address: whoever types it writes to somebody else's box */
};
#define CODE_LIFE_MS      ((int64_t)24 * 3600 * 1000)
#define CODE_INTERVAL_MS  ((int64_t)10 * 60 * 1000)
#define LINKS_DAY_MS      ((int64_t)24 * 3600 * 1000)
#define LINKS_INTERVAL_MS ((int64_t)10 * 60 * 1000) /* between two askings for links at one address */

/* May another code be mailed? `all`: the organisation's subscriptions; `row`: the one that asks, NULL if it is new. */
struct subscriptions;
bool subscription_may_ask(const Notifications__SubscriptionRow *row, const struct subscriptions *all, int64_t now_ms,
                          struct refusal *ret);

/* May the links of this subscription's address go again? Whoever asks is not told. */
bool subscription_may_send_links(const Notifications__SubscriptionRow *row, int64_t now_ms);

/* The code that was typed: its digits alone, so that blanks and dashes do no harm. */
void code_of_typed(const char *typed, char ret_code[CODE_DIGITS + 1]);

/* Whose subscription it is to be: the one named, else the one who acts. Zero: nobody's. */
struct id subscription_organisation(const Wire__Passport *actor, const Types__Id *named);

/* Is the demand sound, and may this actor make it for this organisation? */
bool subscription_check(const Wire__Passport *actor, struct id organisation, const Notifications__Subscribe *command,
                        struct refusal *ret);

/* Security: operators act for any organisation, facilitators for any in their territories, the others for their own. */
bool subscription_may_act_for(const Wire__Passport *actor, struct id organisation, const char *territory);

#endif
