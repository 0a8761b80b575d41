/* news.h: hears from notifications that something was told, and to whom, so that only whom it concerns is asked for.
 *
 * Security: what is heard here is never told to anybody. It says whose turn it is to ask, and what she then sees is
 * what the daemon answers to her. One who is woken for nothing hears nothing; one who is not woken by mistake would
 * hear late, so where anything is unclear (a hole, a restart, an event of a kind not known here) everybody is. */
#ifndef SERVICES_GATEWAY_STREAM_NEWS_H
#define SERVICES_GATEWAY_STREAM_NEWS_H

#include "common/base/slice.h"
#include "common/bus/bus.h"
#include "common/codec/passport.h"
#include "common/service/topology.h"
#include "notifications/events.pb-c.h"

struct news;

/* `event`: what was told; NULL: it is not known what, or nothing is missing but that the log goes up to `head`. */
typedef void (*news_heard_f)(void *argument, uint64_t head, const Notifications__Event *event);
/* Of whatever is not known: everybody may be concerned. */
typedef void (*news_unclear_f)(void *argument, uint64_t head);

struct news_options {
        struct bus *bus;
        const struct instance *source; /* of notifications */
        news_heard_f heard;
        news_unclear_f unclear;
        void *argument;
};

struct news *news_open(const struct news_options *options, struct err_info *info) ATTR_MUST_CHECK;
void news_close(struct news *news); /* accepts NULL */
void news_look(struct news *news);  /* once a second: a line that has fallen silent is made anew */

/* Whether the event may have told the holder of this passport something. Pure. */
bool news_concern(const Notifications__Event *event, const Wire__Passport *passport);

#endif
