/* visit.h: what a handler of a route gets: who asks what of which gateway. Made by routes.c for each request. */
#ifndef SERVICES_GATEWAY_FRONT_VISIT_H
#define SERVICES_GATEWAY_FRONT_VISIT_H

#include "services/gateway/door/http.h"
#include "services/gateway/front/gateway.h"

/* The session is NULL where the row does not ask for one. */
struct visit {
        struct gateway *gateway;
        struct http_request *request;
        const struct session *session;
        const char *authorization; /* by which she is known (credentials.h); NULL: by nothing */
        const char *segments[2];   /* what the {…} of the path matched, in the request's arena */
};

#endif
