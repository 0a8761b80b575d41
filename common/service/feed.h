/* feed.h: the events of one other instance, in order, none missing: history first, then live. Subscribes to its
 * publisher, notices holes by number, asks for what is missing, hands batches to the writer, which keeps the position
 * in the same transaction as their effect. A source that is down is asked again for ever: the daemon serves meanwhile.
 */
#ifndef COMMON_SERVICE_FEED_H
#define COMMON_SERVICE_FEED_H

#include "common/bus/client.h"
#include "common/service/topology.h"
#include "common/service/writer.h"

struct feed;

struct feed_spec {
        struct engine *engine;
        struct writer *writer;
        struct bus *bus;
        struct client *client;
        const struct subscription *subscription;
        const struct instance *source;
};

struct feed *feed_open(const struct feed_spec *spec, struct err_info *info) ATTR_MUST_CHECK; /* NULL on failure */
void feed_close(struct feed *feed);
const char *feed_source(const struct feed *feed);
void feed_done(struct feed *feed, const struct item *item); /* the writer ran it, or could not */

struct feed_state {
        uint64_t position; /* taken in, durable */
        uint64_t head;     /* known to exist */
        bool live;         /* all of it is taken in, and the source was heard in the last five seconds */
        bool diverged;     /* its history is not the one that was taken in */
        bool outdated;     /* its next event is of a kind that this program does not know */
};
struct feed_state feed_state(const struct feed *feed);

#endif
