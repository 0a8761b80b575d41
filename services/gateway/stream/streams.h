/* streams.h: the open event streams of a gateway: who listens, up to where each was told, and what is told next.
 *
 * Security: what goes over a stream is what notifications.NewNotices answers to the listener's own passport. Her token
 * is looked up before every question, and twice a second: who is revoked, and whose token ends, is out within the
 * second.
 *
 * Listeners of one token are one reader: a question is asked once for all of them, and only when something was told
 * that may concern it (news.h). A bounded number of questions is under way; a listener has a bounded buffer (door.h),
 * and who does not keep up is closed, and resumes by the id of the last event that came whole. Positions are those of
 * the daemon's log, so any gateway can go on where another has stopped. */
#ifndef SERVICES_GATEWAY_STREAM_STREAMS_H
#define SERVICES_GATEWAY_STREAM_STREAMS_H

#include "common/codec/refusal.h"
#include "common/service/service.h"
#include "services/gateway/visitors/session.h"
#include "services/gateway/door/http.h"
#include "services/gateway/stream/sse.h"

struct streams;

struct streams_options {
        struct service *service;
        unsigned most;             /* of all */
        unsigned most_per_account; /* of one */
        unsigned heartbeat_s;
        uint32_t timeout_ms; /* of a question */
        /* Who shows this Authorization header, now; NULL: nobody any more. Lives until the next call. */
        const struct session *(*session)(void *argument, const char *authorization);
        bool (*stands)(void *argument, const char *authorization); /* whether somebody still does */
        /* A request that was to become a stream is answered otherwise: silent = the daemon did not answer. */
        void (*refuse)(void *argument, struct http_request *request, const Types__Refusal *refusal, bool silent);
        void *argument;
};

/* NULL with the reason where notifications cannot be heard; where the network has none, there are no streams. */
struct streams *streams_open(const struct streams_options *options, struct err_info *info) ATTR_MUST_CHECK;
/* All are told that it ends here. Before http_close(). */
void streams_close(struct streams *streams);   /* accepts NULL */
void streams_end_all(struct streams *streams); /* the same, and whoever comes meanwhile is refused */
size_t streams_count(const struct streams *streams);

struct stream_wish {
        const char *authorization;
        uint64_t after; /* resumes behind this event */
        bool resumes;   /* or else it begins now */
        boxes_t boxes;
};
/* 0: there is room for one more of this account. Else the status, and why. */
int streams_refusal(const struct streams *streams, struct id account, struct refusal *ret);
/* The request is answered later: by a stream, or by options.refuse(). */
void streams_add(struct streams *streams, struct http_request *request, const struct session *session,
                 const struct stream_wish *wish);

#endif
