/* routes.h: the route table: which path and method goes where, and who may come. The gateway knows no method of the
 * daemons by name: /v1/{service}/{Method} goes through the catalogue. */
#ifndef SERVICES_GATEWAY_FRONT_ROUTES_H
#define SERVICES_GATEWAY_FRONT_ROUTES_H

#include "services/gateway/front/visit.h"

enum route_auth {
        AUTH_NONE,
        AUTH_TOKEN,   /* any account; the daemons decide what it may do */
        AUTH_WATCHER, /* from this machine, or an account of those that look after the network */
};

struct route_row {
        const char *method;
        const char *path; /* {name} matches one segment; a last "*" the rest */
        void (*handle)(struct visit *visit);
        enum route_auth auth;
        void (*greet)(struct visit *visit); /* before the body is read; NULL: it is taken as it comes */
};

extern const struct route_row routes[];
extern const size_t route_count;

/* The row for this request, HEAD being taken for GET. NULL: *ret_allowed is "" (no such path) or the methods it has. */
enum { ROUTE_ALLOWED_SIZE = 32 };
const struct route_row *routes_find(const char *method, const char *path, struct arena *arena,
                                    const char *ret_segments[2], char ret_allowed[ROUTE_ALLOWED_SIZE]);

/* What the HTTP server calls: before a request's body is read, and when it is whole. */
void routes_greet(void *gateway, struct http_request *request);
void routes_handle(void *gateway, struct http_request *request);

#endif
