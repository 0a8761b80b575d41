/* http.h: an HTTP/1.1 server inside a libuv loop. http.c is the only file that includes <microhttpd.h>.
 *
 * One thread: the loop's. `handle` is called once for each request that came in whole; it answers with http_answer(),
 * at once or later. A request, and all that was allocated in its arena, lives until it has been answered; then it is
 * gone. http_close() answers what is still open with 503, so nothing that waits for an answer may be called after it.
 *
 * Bounds: body HTTP_BODY_MAX, request line and headers HTTP_HEADERS_MAX, connections, silence on a connection, and the
 * time from the first byte of a request to its last (a client that sends a byte now and then is cut off too).
 * What is not HTTP is answered by libmicrohttpd (400, 414, 431) without coming here. */
#ifndef SERVICES_GATEWAY_HTTP_H
#define SERVICES_GATEWAY_HTTP_H

#include <uv.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/limits.h"

enum { HTTP_BODY_MAX = LIMIT_REQUEST_BYTES, HTTP_HEADERS_MAX = 64 * 1024, HTTP_ANSWER_HEADERS_MAX = 6 };

struct http_server;
struct http_request;

struct http_options {
        const char *address; /* "127.0.0.1:8080", "[::1]:8080" */
        unsigned connections_max;
        unsigned request_timeout_s;
        unsigned idle_timeout_s;
        void (*handle)(void *argument, struct http_request *request);
        void *argument;
};

struct http_server *http_open(uv_loop_t *loop, const struct http_options *options, struct err_info *info)
        ATTR_MUST_CHECK;
void http_close(struct http_server *server); /* accepts NULL. The loop must run once more to free it */
uint64_t http_connections(const struct http_server *server);

const char *http_method(const struct http_request *request);
const char *http_path(const struct http_request *request); /* decoded, without the query */
const char *http_header(const struct http_request *request, const char *name); /* NULL: not there */
struct slice http_body(const struct http_request *request);
bool http_is_too_large(const struct http_request *request); /* the body was over the bound, and is not here */
/* The one who asks is on this machine, and not behind a proxy that runs on it. */
bool http_is_from_loopback(const struct http_request *request);
struct arena *http_arena(struct http_request *request);

struct http_parameter {
        const char *name;
        const char *value;
};
/* The query's, decoded, in their order. False where one holds a zero byte. */
bool http_parameters(struct http_request *request, const struct http_parameter **ret, size_t *ret_count);

struct http_header {
        const char *name;
        const char *value;
};
struct http_response {
        int status;
        struct slice body;                                  /* of the request's arena, or as old as the server */
        struct http_header headers[HTTP_ANSWER_HEADERS_MAX]; /* ended by a NULL name where not full */
};
/* Once for each request. The headers that guard a browser are added here. */
void http_answer(struct http_request *request, const struct http_response *response);

#endif
