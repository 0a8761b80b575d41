/* http.h: an HTTP/1.1 server inside a libuv loop. http.c is the only file that includes <microhttpd.h>; connections,
 * bounds and deadlines are the door's (door.h), what a request must look like is the guard's (guard.h).
 *
 * One thread: the loop's. `greet` is called when the head of a request with a body is there, before the body is read;
 * it may answer, and then the body never is. `handle` is called once for each request that came in whole, and answers
 * with http_answer(), at once or later. A request that the guard refused comes to `handle` too: http_flaw() says what
 * to answer. A request, and all that was allocated in its arena, lives until it has been answered; then it is gone.
 * http_close() answers what is still open with 503, so nothing that waits for an answer may be called after it. */
#ifndef SERVICES_GATEWAY_DOOR_HTTP_H
#define SERVICES_GATEWAY_DOOR_HTTP_H

#include <uv.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/id.h"
#include "services/gateway/door/door.h"

enum { HTTP_ANSWER_HEADERS_MAX = 10 };

struct http_server;
struct http_request;

struct http_options {
        const char *address;      /* "127.0.0.1:8080", "[::1]:8080" */
        const char *proxies;      /* reverse proxies of ours: see proxies.h */
        struct door_options door; /* its numbers; the rest is filled in here */
        bool (*knows)(void *argument, const char *authorization);
        void (*greet)(void *argument, struct http_request *request);
        void (*handle)(void *argument, struct http_request *request);
        void *argument;
};

struct http_server *http_open(uv_loop_t *loop, const struct http_options *options,
                              struct err_info *info) ATTR_MUST_CHECK;
void http_close(struct http_server *server); /* accepts NULL. The loop must run once more to free it */
/* Stops in peace: nobody new comes in, who waits is answered. True once nobody waits any more. May be said again. */
bool http_drain(struct http_server *server);
const struct door_counts *http_counts(const struct http_server *server);

const char *http_method(const struct http_request *request);
const char *http_path(const struct http_request *request);                     /* decoded, without the query */
const char *http_header(const struct http_request *request, const char *name); /* NULL: not there */
struct slice http_body(const struct http_request *request);
/* From greet(): the body goes into this file instead, whose bytes http_body() does not have. `context` is the caller's,
 * until `gone` is called, once, when the request is; NULL: no such body was taken in. What cannot be written ends the
 * connection. */
struct http_file {
        int fd;
        void *context;
        void (*gone)(void *context);
};
void http_take_file(struct http_request *request, struct http_file file);
void *http_file_context(const struct http_request *request);
/* From greet(): the body is given to `take` as it comes, which returns how much of it it could hold; what is left
 * waits, and its sender, until http_more(). The library answers nobody in the midst of a body: whoever wants to refuse
 * takes what still comes, and does so in handle(). `gone` as above. */
struct http_sink {
        size_t (*take)(void *context, const char *bytes, size_t size);
        void *context;
        void (*gone)(void *context);
};
void http_take_pieces(struct http_request *request, struct http_sink sink);
void *http_sink_context(const struct http_request *request); /* NULL: no body was taken in so */
void http_more(struct http_request *request);                /* its sink has room again, or its source something */
const struct guard_flaw *http_flaw(const struct http_request *request); /* NULL: none */
/* The one who asks is on this machine, not behind a proxy that runs on it, and means this machine: a page of elsewhere
 * whose name was made to lead here (DNS rebinding) still sends its own name as Host. */
bool http_is_from_loopback(const struct http_request *request);
/* The network that the one who asks is of (addresses.h), as a proxy of ours tells it where he comes through one. False:
 * he is on this machine, as far as can be known. */
bool http_client(const struct http_request *request, struct id *ret);
struct arena *http_arena(struct http_request *request);

/* A page of that origin may read the answer (CORS); kept as it is. Security: who is
 * asked for by cookies is nobody here, so what a page may read is what it has the token for. */
void http_allow_origin(struct http_request *request, const char *origin);

struct http_parameter {
        const char *name;
        const char *value;
};
/* The query's, decoded, in their order. False where one holds a zero byte. */
bool http_parameters(struct http_request *request, const struct http_parameter **ret, size_t *ret_count);

/* Of RFC 9457: what a refusal is, whoever makes it. */
#define HTTP_PROBLEM_TYPE "application/problem+json; charset=utf-8"

struct http_header {
        const char *name;
        const char *value;
};
struct http_response {
        int status;
        struct slice body;                                   /* of the request's arena, or as old as the server */
        struct http_header headers[HTTP_ANSWER_HEADERS_MAX]; /* ended by a NULL name where not full */
};
/* Once for each request. The headers that guard a browser are added here. */
void http_answer(struct http_request *request, const struct http_response *response);
/* Answers with this head, and what visitor_tell() (door.h) says from then on: the connection's end is its end. In place
 * of http_answer(); the request is gone with it. NULL: the asker has left, and `gone` is not called. */
struct visitor *http_stream(struct http_request *request, const struct http_response *head,
                            void (*gone)(void *argument), void *argument);

/* A body that comes by and by: `give` writes up to `room` bytes and returns how many; 0: none yet, http_more() follows;
 * negative: there will be none, and the connection is cut. `gone` as above, whatever is answered. Said in handle(). */
struct http_source {
        ssize_t (*give)(void *context, char *bytes, size_t room);
        void *context;
        void (*gone)(void *context);
};
void http_keep_source(struct http_request *request, struct http_source source);
/* http_answer() with `size` bytes of it. */
void http_answer_pieces(struct http_request *request, const struct http_response *response, uint64_t size);

#endif
