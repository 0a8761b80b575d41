#include "services/gateway/door/http.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/require.h"
#include "common/base/text.h"
#include "services/gateway/door/addresses.h"
#include "services/gateway/door/proxies.h"

enum {
        PARAMETERS_MAX = 64,
        POOL_SIZE =
                2 * GUARD_HEAD_MAX, /* of a connection: what the guard lets through, parsed, and the answer's head; the
                                         * library zeroes all of it for each request */
        SPARE_CONNECTIONS = 8,
        HEADERS_SIZE = 1024,
        SOURCE_BLOCK = 16 * 1024, /* of an answer in pieces, at once */
};

enum state { READING, HANDLING, SUSPENDED, ANSWERED, DETACHED };

struct http_request {
        struct http_request *next;
        struct http_request **link;
        struct http_server *server;
        struct MHD_Connection *mhd;
        struct visitor *visitor;
        struct arena arena;
        const char *method;
        const char *path;
        uint8_t *body;
        size_t body_size;
        size_t body_room;
        struct http_file file; /* where `gone` is not NULL */
        struct http_sink sink; /* the same */
        struct http_source source;
        bool is_paused;     /* the library waits for http_more() */
        bool is_cut;        /* the server stops */
        const char *origin; /* of a page of elsewhere that may read the answer; NULL: none */
        enum state state;
        struct MHD_Response *response;
        unsigned status;
};

struct http_server {
        struct http_options options;
        uv_loop_t *loop;
        uv_poll_t poll;
        uv_timer_t timer; /* what libmicrohttpd wants to be woken for */
        int handles_open;
        struct MHD_Daemon *daemon;
        struct door *door;
        struct proxies *proxies;
        struct visitor *arriving; /* whose seat libmicrohttpd is being given */
        struct http_request *requests;
        bool running; /* inside MHD_run() */
        bool is_loopback;
        bool closing;
        bool draining;
        char busy[2 * HEADERS_SIZE];
};

/* --- the loop ------------------------------------------------------------------------------------------------------
 */

static void on_timer(uv_timer_t *timer);

static void run(struct http_server *server)
{
        MHD_UNSIGNED_LONG_LONG wait_ms;

        if (server->running)
                return;
        server->running = true;
        require(MHD_run(server->daemon) == MHD_YES);
        server->running = false;
        if (server->closing)
                return;
        if (MHD_get_timeout(server->daemon, &wait_ms) == MHD_YES)
                require(uv_timer_start(&server->timer, on_timer, wait_ms, 0) == 0);
        else
                require(uv_timer_stop(&server->timer) == 0);
}

static void on_timer(uv_timer_t *timer)
{
        run(timer->data);
}

static void on_ready(uv_poll_t *poll, int status, int events)
{
        (void)status; /* libmicrohttpd looks for itself */
        (void)events;
        run(poll->data);
}

/* --- connections ---------------------------------------------------------------------------------------------------
 */

static void on_wake(void *server)
{
        run(server);
}

static bool on_knows(void *argument, const char *authorization)
{
        const struct http_server *server = argument;
        return server->options.knows(server->options.argument, authorization);
}

static void on_connection(void *argument, struct MHD_Connection *mhd, void **socket_context,
                          enum MHD_ConnectionNotificationCode code)
{
        struct http_server *server = argument;
        (void)mhd;
        if (code == MHD_CONNECTION_NOTIFY_STARTED) {
                *socket_context = server->arriving;
                server->arriving = NULL;
        } else {
                visitor_released(*socket_context);
        }
}

static bool on_seat(void *argument, struct visitor *visitor, int fd)
{
        struct http_server *server = argument;
        const struct sockaddr *address = visitor_address(visitor);
        socklen_t size = address->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
        server->arriving = visitor;
        (void)MHD_add_connection(server->daemon, fd, address, size);
        bool has_arrived = server->arriving == NULL; /* whatever became of it then, its end will be told */
        server->arriving = NULL;
        return has_arrived;
}

/* --- requests ------------------------------------------------------------------------------------------------------
 */

static struct http_request *request_new(struct http_server *server, struct MHD_Connection *mhd, const char *method,
                                        const char *path)
{
        struct http_request *request = calloc(1, sizeof(*request));
        require(request != NULL);
        request->server = server;
        request->mhd = mhd;
        request->visitor = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
        arena_init(&request->arena);
        request->method = arena_text(&request->arena, method);
        request->path = arena_text(&request->arena, path);
        request->next = server->requests;
        request->link = &server->requests;
        if (request->next != NULL)
                request->next->link = &request->next;
        server->requests = request;
        return request;
}

static void on_completed(void *argument, struct MHD_Connection *mhd, void **context,
                         enum MHD_RequestTerminationCode code)
{
        struct http_request *request = *context;
        struct visitor *visitor;
        (void)argument;
        (void)mhd;
        (void)code;
        if (request == NULL)
                return;
        visitor = request->visitor;
        *request->link = request->next;
        if (request->next != NULL)
                request->next->link = request->link;
        if (request->response != NULL)
                MHD_destroy_response(request->response);
        if (request->file.gone != NULL)
                request->file.gone(request->file.context);
        if (request->sink.gone != NULL)
                request->sink.gone(request->sink.context);
        if (request->source.gone != NULL)
                request->source.gone(request->source.context);
        free(request->body);
        arena_fini(&request->arena);
        free(request);
        *context = NULL;
        visitor_answered(visitor);
}

/* The connection of a stream ends here: the library has no part in it. */
static enum MHD_Result queue(struct http_request *request)
{
        if (request->state == DETACHED)
                return MHD_NO;
        return MHD_queue_response(request->mhd, request->status, request->response);
}

static enum MHD_Result hand_over(struct http_request *request)
{
        struct http_server *server = request->server;
        request->state = HANDLING;
        server->options.handle(server->options.argument, request);
        if (request->state != HANDLING)
                return queue(request);
        request->state = SUSPENDED;
        MHD_suspend_connection(request->mhd);
        return MHD_YES;
}

/* The body is not read before it is known who sends it. */
static enum MHD_Result greet(struct http_request *request)
{
        struct http_server *server = request->server;
        const char *length = http_header(request, MHD_HTTP_HEADER_CONTENT_LENGTH);
        bool has_body = http_header(request, MHD_HTTP_HEADER_TRANSFER_ENCODING) != NULL ||
                        (length != NULL && strspn(length, "0") < strlen(length));
        if (!has_body || http_flaw(request) != NULL)
                return MHD_YES;
        request->state = HANDLING;
        server->options.greet(server->options.argument, request);
        if (request->state == ANSWERED) {
                visitor_refused(request->visitor);
                return queue(request);
        }
        request->state = READING;
        return MHD_YES;
}

/* False: a file cannot take it, or what no file takes is longer than the guard lets others be. */
static bool take_body(struct http_request *request, const char *bytes, size_t size)
{
        if (request->file.gone != NULL)
                return write(request->file.fd, bytes, size) == (ssize_t)size;
        if (size > GUARD_BODY_MAX - request->body_size)
                return false;
        if (request->body_size + size > request->body_room) {
                size_t room = request->body_room == 0 ? 4096 : request->body_room * 2;
                while (room < request->body_size + size)
                        room *= 2;
                uint8_t *larger = realloc(request->body, room);
                require(larger != NULL);
                request->body = larger;
                request->body_room = room;
        }
        memcpy(request->body + request->body_size, bytes, size);
        request->body_size += size;
        return true;
}

static void pause_request(struct http_request *request)
{
        request->is_paused = true;
        MHD_suspend_connection(request->mhd);
}

/* What the sink cannot hold stays with the library, which reads no more until then. */
static enum MHD_Result pour(struct http_request *request, const char *bytes, size_t *size)
{
        if (request->is_cut)
                return MHD_NO;
        *size -= request->sink.take(request->sink.context, bytes, *size);
        if (*size > 0)
                pause_request(request);
        return MHD_YES;
}

/* Called when the headers are there, for each piece of the body, when all is there, and after a resume.
 * tidy: many because libmicrohttpd says so */
static enum MHD_Result on_access(void *argument, struct MHD_Connection *mhd, const char *url, const char *method,
                                 const char *version, const char *upload, size_t *upload_size, void **context)
{
        struct http_request *request = *context;
        (void)version;

        if (request == NULL) {
                request = request_new(argument, mhd, method, url);
                *context = request;
                return greet(request);
        }
        if (request->state == ANSWERED || request->state == DETACHED)
                return queue(request);
        if (*upload_size > 0 && request->sink.gone != NULL)
                return pour(request, upload, upload_size);
        if (*upload_size > 0) {
                size_t size = *upload_size;
                *upload_size = 0;
                return take_body(request, upload, size) ? MHD_YES : MHD_NO;
        }
        return hand_over(request);
}

const char *http_method(const struct http_request *request)
{
        return request->method;
}
const char *http_path(const struct http_request *request)
{
        return request->path;
}
struct arena *http_arena(struct http_request *request)
{
        return &request->arena;
}
const struct guard_flaw *http_flaw(const struct http_request *request)
{
        return visitor_flaw(request->visitor);
}

const char *http_header(const struct http_request *request, const char *name)
{
        return MHD_lookup_connection_value(request->mhd, MHD_HEADER_KIND, name);
}

struct slice http_body(const struct http_request *request)
{
        return slice_of(request->body, request->body_size);
}

void http_take_file(struct http_request *request, struct http_file file)
{
        require(request->state == HANDLING && request->file.gone == NULL);
        request->file = file;
}

void *http_file_context(const struct http_request *request)
{
        return request->file.context;
}

void http_take_pieces(struct http_request *request, struct http_sink sink)
{
        require(request->state == HANDLING && request->sink.gone == NULL);
        request->sink = sink;
}

void *http_sink_context(const struct http_request *request)
{
        return request->sink.context;
}

void http_more(struct http_request *request)
{
        struct http_server *server = request->server;
        if (!request->is_paused)
                return;
        request->is_paused = false;
        MHD_resume_connection(request->mhd);
        run(server);
}

static bool is_loopback(const struct sockaddr *address)
{
        static const uint8_t mapped[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127};
        if (address->sa_family == AF_INET)
                return (ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr) >> 24) == 127;
        if (address->sa_family != AF_INET6)
                return false;
        const struct in6_addr *v6 = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
        return memcmp(v6, &in6addr_loopback, sizeof(*v6)) == 0 || memcmp(v6, mapped, sizeof(mapped)) == 0;
}

/* "localhost", "127.0.0.1", "[::1]", each with or without a port */
static bool names_loopback(const char *host)
{
        static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
        for (size_t i = 0; host != NULL && i < ARRAY_SIZE(names); i++) {
                size_t size = strlen(names[i]);
                if (strncasecmp(host, names[i], size) == 0 && (host[size] == '\0' || host[size] == ':'))
                        return true;
        }
        return false;
}

bool http_is_from_loopback(const struct http_request *request)
{
        /* Security: a proxy on this machine speaks for somebody else */
        return is_loopback(visitor_address(request->visitor)) &&
               !proxies_has(request->server->proxies, visitor_address(request->visitor)) &&
               http_header(request, "X-Forwarded-For") == NULL && http_header(request, "Forwarded") == NULL &&
               names_loopback(http_header(request, "Host"));
}

bool http_client(const struct http_request *request, struct id *ret)
{
        struct sockaddr_storage client;
        const struct sockaddr *peer = visitor_address(request->visitor);
        const struct proxies *proxies = request->server->proxies;
        if (!proxies_client(proxies, peer, http_header(request, "X-Forwarded-For"), &client))
                (void)proxies_client(NULL, peer, NULL, &client); /* it does not say: the proxy itself */
        else if (is_loopback((const struct sockaddr *)&client))
                return false;
        *ret = addresses_network((const struct sockaddr *)&client);
        return true;
}

void http_allow_origin(struct http_request *request, const char *origin)
{
        request->origin = origin;
}

struct parameter_list {
        struct http_parameter *items;
        size_t count;
        bool sound;
};

/* tidy: many because libmicrohttpd says so */
static enum MHD_Result on_parameter(void *argument, enum MHD_ValueKind kind, const char *name, size_t name_size,
                                    const char *value, size_t value_size)
{
        struct parameter_list *list = argument;
        (void)kind;
        if (list->count == PARAMETERS_MAX || strlen(name) != name_size ||
            (value != NULL && strlen(value) != value_size)) {
                list->sound = false;
                return MHD_NO;
        }
        list->items[list->count++] = (struct http_parameter){name, value == NULL ? "" : value};
        return MHD_YES;
}

bool http_parameters(struct http_request *request, const struct http_parameter **ret, size_t *ret_count)
{
        struct parameter_list list = {.sound = true};
        list.items = arena_alloc(&request->arena, PARAMETERS_MAX * sizeof(*list.items));
        (void)MHD_get_connection_values_n(request->mhd, MHD_GET_ARGUMENT_KIND, on_parameter, &list);
        *ret = list.items;
        *ret_count = list.count;
        return list.sound;
}

/* --- answers -------------------------------------------------------------------------------------------------------
 */

static void add_header(struct MHD_Response *response, const char *name, const char *value)
{
        require(MHD_add_response_header(response, name, value) == MHD_YES);
}

/* Security: what a browser must not do with any answer. The last one only where it comes through TLS. */
static const struct http_header guards[] = {
        {"Content-Security-Policy",
         "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Strict-Transport-Security", "max-age=31536000"},
};

/* A problem (front/problem.h), where there is nobody to make one. */
#define UNAVAILABLE(said)                                                                                              \
        "{\"type\":\"/v1/problems/UNAVAILABLE\",\"title\":\"Service indisponible\",\"status\":503,\"detail\":\"" said  \
        "\",\"code\":\"UNAVAILABLE\"}\n"

static size_t guard_count(const struct http_server *server)
{
        return ARRAY_SIZE(guards) - (server->is_loopback ? 1 : 0);
}

static void add_origin(struct MHD_Response *response, const char *origin)
{
        add_header(response, "Access-Control-Allow-Origin", origin);
        add_header(response, "Access-Control-Expose-Headers",
                   "Content-Disposition, Content-Range, ETag, Guichet-Position, Idempotency-Key, Link, Retry-After");
        add_header(response, "Vary", "Origin");
}

/* Of two policies a browser obeys both: one that an answer brings stands in the place of the general one. */
static bool brings(const struct http_response *answer, const char *name)
{
        for (size_t i = 0; i < HTTP_ANSWER_HEADERS_MAX && answer->headers[i].name != NULL; i++)
                if (strcmp(answer->headers[i].name, name) == 0)
                        return true;
        return false;
}

static void answer_with(struct http_request *request, const struct http_response *answer, struct MHD_Response *response)
{
        bool suspended = request->state == SUSPENDED;
        require(request->state == HANDLING || suspended);
        require(response != NULL);
        for (size_t i = 0; i < HTTP_ANSWER_HEADERS_MAX && answer->headers[i].name != NULL; i++)
                add_header(response, answer->headers[i].name, answer->headers[i].value);
        for (size_t i = 0; i < guard_count(request->server); i++)
                if (!brings(answer, guards[i].name))
                        add_header(response, guards[i].name, guards[i].value);
        if (request->origin != NULL)
                add_origin(response, request->origin);
        if (http_flaw(request) != NULL || request->server->draining)
                add_header(response, "Connection", "close");
        request->response = response;
        request->status = (unsigned)answer->status;
        request->state = ANSWERED;
        if (suspended) {
                MHD_resume_connection(request->mhd);
                run(request->server);
        }
}

void http_answer(struct http_request *request, const struct http_response *answer)
{
        answer_with(request, answer,
                    MHD_create_response_from_buffer(answer->body.size, (void *)(uintptr_t)answer->body.data,
                                                    MHD_RESPMEM_PERSISTENT));
}

static ssize_t on_room(void *argument, uint64_t at, char *bytes, size_t room)
{
        struct http_request *request = argument;
        (void)at; /* in their order */
        ssize_t size = request->is_cut ? -1 : request->source.give(request->source.context, bytes, room);
        if (size < 0)
                return MHD_CONTENT_READER_END_WITH_ERROR;
        if (size == 0)
                pause_request(request);
        return size;
}

void http_keep_source(struct http_request *request, struct http_source source)
{
        require(request->state == HANDLING && request->source.gone == NULL);
        request->source = source;
}

void http_answer_pieces(struct http_request *request, const struct http_response *answer, uint64_t size)
{
        require(request->source.gone != NULL);
        answer_with(request, answer, MHD_create_response_from_callback(size, SOURCE_BLOCK, on_room, request, NULL));
}

/* --- streams -------------------------------------------------------------------------------------------------------
 */

static struct slice stream_head(struct http_request *request, const struct http_response *head)
{
        struct arena *arena = &request->arena;
        char *text = arena_printf(arena, "HTTP/1.1 %d OK\r\nConnection: close\r\n", head->status);
        for (size_t i = 0; i < HTTP_ANSWER_HEADERS_MAX && head->headers[i].name != NULL; i++)
                text = arena_printf(arena, "%s%s: %s\r\n", text, head->headers[i].name, head->headers[i].value);
        for (size_t i = 0; i < guard_count(request->server); i++)
                text = arena_printf(arena, "%s%s: %s\r\n", text, guards[i].name, guards[i].value);
        if (request->origin != NULL)
                text = arena_printf(arena, "%sAccess-Control-Allow-Origin: %s\r\nVary: Origin\r\n", text,
                                    request->origin);
        return slice_of_text(arena_printf(arena, "%s\r\n", text));
}

struct visitor *http_stream(struct http_request *request, const struct http_response *head,
                            void (*gone)(void *argument), void *argument)
{
        struct http_server *server = request->server;
        struct visitor *visitor = request->visitor;
        bool suspended = request->state == SUSPENDED;
        require(request->state == HANDLING || suspended);
        struct slice bytes = stream_head(request, head);
        bool is_here = visitor_stream(visitor, gone, argument) && visitor_tell(visitor, bytes);
        request->state = DETACHED;
        if (suspended) {
                MHD_resume_connection(request->mhd);
                run(server);
        }
        return is_here ? visitor : NULL;
}

/* --- life ----------------------------------------------------------------------------------------------------------
 */

const struct door_counts *http_counts(const struct http_server *server)
{
        return door_counts(server->door);
}

/* "127.0.0.1:8080", "[::1]:8080" */
static bool parse_address(const char *text, struct sockaddr_storage *ret)
{
        const char *colon = strrchr(text, ':');
        char host[64];
        uint64_t port;

        if (colon == NULL || text_to_u64(colon + 1, 65535, &port) != 0 || (size_t)(colon - text) >= sizeof(host))
                return false;
        size_t length = (size_t)(colon - text);
        bool bracketed = length >= 2 && text[0] == '[' && text[length - 1] == ']';
        memcpy(host, text + (bracketed ? 1 : 0), length - (bracketed ? 2 : 0));
        host[length - (bracketed ? 2 : 0)] = '\0';
        return bracketed ? uv_ip6_addr(host, (int)port, (struct sockaddr_in6 *)(void *)ret) == 0
                         : uv_ip4_addr(host, (int)port, (struct sockaddr_in *)(void *)ret) == 0;
}

/* It listens nowhere and has no deadlines: the door brings it connections, and takes them away. */
static struct MHD_Daemon *start_daemon(struct http_server *server, bool is_v6)
{
        unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET;
        if (is_v6)
                flags |= MHD_USE_IPv6;
        return MHD_start_daemon(flags, 0, NULL, NULL, on_access, server, MHD_OPTION_CONNECTION_LIMIT,
                                server->options.door.seats + SPARE_CONNECTIONS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                                (size_t)POOL_SIZE, MHD_OPTION_CONNECTION_TIMEOUT, 0u, MHD_OPTION_STRICT_FOR_CLIENT, 1,
                                MHD_OPTION_NOTIFY_COMPLETED, on_completed, server, MHD_OPTION_NOTIFY_CONNECTION,
                                on_connection, server, MHD_OPTION_END);
}

/* What is said where there is no seat to say it from. */
static struct slice busy_answer(struct http_server *server)
{
        static const char body[] = UNAVAILABLE("Trop de connexions sont ouvertes en ce moment : réessayez dans "
                                               "quelques secondes.");
        char *text = server->busy;
        size_t room = sizeof(server->busy), used = 0;
        used += (size_t)snprintf(text, room,
                                 "HTTP/1.1 503 Service Unavailable\r\nContent-Type: " HTTP_PROBLEM_TYPE "\r\n"
                                 "Content-Length: %zu\r\nConnection: close\r\nRetry-After: 5\r\n",
                                 sizeof(body) - 1);
        for (size_t i = 0; i < guard_count(server); i++)
                used += (size_t)snprintf(text + used, room - used, "%s: %s\r\n", guards[i].name, guards[i].value);
        used += (size_t)snprintf(text + used, room - used, "\r\n%s", body);
        require(used < room);
        return slice_of(text, used);
}

static struct door *open_door(struct http_server *server, const struct sockaddr_storage *address, struct err_info *info)
{
        struct door_options options = server->options.door;
        options.address = (const struct sockaddr *)address;
        options.knows = on_knows;
        options.seat = on_seat;
        options.wake = on_wake;
        options.argument = server;
        options.proxies = server->proxies;
        options.busy = busy_answer(server);
        return door_open(server->loop, &options, info);
}

struct http_server *http_open(uv_loop_t *loop, const struct http_options *options, struct err_info *info)
{
        struct sockaddr_storage address = {0};
        if (!parse_address(options->address, &address)) {
                (void)err_set(info, ERR_CONFIG, "http: \"%s\" is not an address like 127.0.0.1:8080", options->address);
                return NULL;
        }
        struct http_server *server = calloc(1, sizeof(*server));
        require(server != NULL);
        server->options = *options;
        server->loop = loop;
        server->is_loopback = is_loopback((const struct sockaddr *)&address);
        server->proxies = proxies_new(options->proxies == NULL ? "" : options->proxies, info);
        if (server->proxies == NULL) {
                free(server);
                return NULL;
        }
        require(uv_timer_init(loop, &server->timer) == 0);
        server->timer.data = server;
        server->handles_open = 1;
        server->daemon = start_daemon(server, address.ss_family == AF_INET6);
        require(server->daemon != NULL);
        int fd = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
        require(uv_poll_init(loop, &server->poll, fd) == 0);
        server->poll.data = server;
        server->handles_open = 2;
        require(uv_poll_start(&server->poll, UV_READABLE, on_ready) == 0);
        server->door = open_door(server, &address, info);
        if (server->door == NULL) {
                http_close(server);
                return NULL;
        }
        return server;
}

static void on_closed(uv_handle_t *handle)
{
        struct http_server *server = handle->data;
        if (--server->handles_open > 0)
                return;
        proxies_free(server->proxies);
        free(server);
}

bool http_drain(struct http_server *server)
{
        server->draining = true;
        door_drain(server->door);
        run(server); /* the library sees who has left */
        return door_is_empty(server->door);
}

/* Suspended connections would make MHD_stop_daemon() abort: whoever still waits is told that the service stops. */
static void answer_the_waiting(struct http_server *server)
{
        static const char text[] =
                UNAVAILABLE("Ce service s'arrête : renvoyez la même demande dans quelques secondes.");
        const struct http_response response = {
                .status = MHD_HTTP_SERVICE_UNAVAILABLE,
                .body = {(const uint8_t *)text, sizeof(text) - 1},
                .headers = {{"Content-Type", HTTP_PROBLEM_TYPE}, {"Connection", "close"}},
        };
        for (struct http_request *request = server->requests, *next; request != NULL; request = next) {
                next = request->next;
                request->is_cut = true;
                if (request->is_paused) {
                        request->is_paused = false;
                        MHD_resume_connection(request->mhd);
                }
                if (request->state == SUSPENDED) {
                        server->running = true; /* this list must not change under our feet */
                        http_answer(request, &response);
                        server->running = false;
                }
        }
        run(server);
        run(server); /* the first wakes them up, the second sends */
}

void http_close(struct http_server *server)
{
        if (server == NULL)
                return;
        server->closing = true;
        answer_the_waiting(server);
        require(uv_poll_stop(&server->poll) == 0);
        server->running = true; /* what it lets go must not run it again */
        MHD_stop_daemon(server->daemon);
        if (server->door != NULL)
                door_close(server->door);
        uv_close((uv_handle_t *)&server->poll, on_closed);
        uv_close((uv_handle_t *)&server->timer, on_closed);
}
