#include "services/gateway/http.h"

#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "common/base/require.h"
#include "common/base/text.h"

/* A body beyond the bound is read and dropped up to this, so that the client reads its 413; then it is cut off. */
enum { DISCARD_MAX = 4 * HTTP_BODY_MAX, SWEEP_MS = 500, PARAMETERS_MAX = 64 };

struct connection {
        struct connection *next;
        struct connection **link;
        int fd;
        uint64_t deadline_ms; /* 0: it is our turn */
};

enum state { READING, HANDLING, SUSPENDED, ANSWERED };

struct http_request {
        struct http_request *next;
        struct http_request **link;
        struct http_server *server;
        struct MHD_Connection *mhd;
        struct connection *connection;
        struct arena arena;
        const char *method;
        const char *path;
        uint8_t *body;
        size_t body_size;
        size_t body_room;
        size_t discarded;
        bool too_large;
        enum state state;
        struct MHD_Response *response;
        unsigned status;
};

struct http_server {
        struct http_options options;
        uv_loop_t *loop;
        uv_poll_t poll;
        uv_timer_t timer; /* what libmicrohttpd wants to be woken for */
        uv_timer_t sweep; /* slow clients; runs while there are connections */
        int handles_open;
        struct MHD_Daemon *daemon;
        struct connection *connections;
        uint64_t connection_count;
        struct http_request *requests;
        bool running; /* inside MHD_run() */
        bool is_loopback;
        bool closing;
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

/* Who is late is disconnected by shutdown(): libmicrohttpd then sees the end of the stream and cleans up. */
static void on_sweep(uv_timer_t *timer)
{
        struct http_server *server = timer->data;
        uint64_t now_ms = uv_now(server->loop);

        for (struct connection *c = server->connections; c != NULL; c = c->next) {
                if (c->deadline_ms == 0 || c->deadline_ms > now_ms)
                        continue;
                (void)shutdown(c->fd, SHUT_RDWR);
                c->deadline_ms = 0;
        }
}

/* --- connections ---------------------------------------------------------------------------------------------------
 */

static void set_deadline(struct http_server *server, struct connection *connection)
{
        connection->deadline_ms = uv_now(server->loop) + server->options.request_timeout_s * 1000u;
}

static void on_connection(void *argument, struct MHD_Connection *mhd, void **socket_context,
                          enum MHD_ConnectionNotificationCode code)
{
        struct http_server *server = argument;
        struct connection *c = *socket_context;

        if (code == MHD_CONNECTION_NOTIFY_STARTED) {
                c = calloc(1, sizeof(*c));
                require(c != NULL);
                c->fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
                c->next = server->connections;
                c->link = &server->connections;
                if (c->next != NULL)
                        c->next->link = &c->next;
                server->connections = c;
                set_deadline(server, c);
                *socket_context = c;
                if (server->connection_count++ == 0)
                        require(uv_timer_start(&server->sweep, on_sweep, SWEEP_MS, SWEEP_MS) == 0);
                return;
        }
        *c->link = c->next;
        if (c->next != NULL)
                c->next->link = c->link;
        free(c);
        if (--server->connection_count == 0 && !server->closing)
                require(uv_timer_stop(&server->sweep) == 0);
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
        request->connection = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
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
        (void)mhd;
        (void)code;
        if (request == NULL)
                return;
        set_deadline(argument, request->connection); /* for the next request on it */
        *request->link = request->next;
        if (request->next != NULL)
                request->next->link = request->link;
        if (request->response != NULL)
                MHD_destroy_response(request->response);
        free(request->body);
        arena_fini(&request->arena);
        free(request);
        *context = NULL;
}

static enum MHD_Result queue(struct http_request *request)
{
        set_deadline(request->server, request->connection); /* for the client to take it */
        return MHD_queue_response(request->mhd, request->status, request->response);
}

static enum MHD_Result handle(struct http_request *request)
{
        struct http_server *server = request->server;
        request->state = HANDLING;
        request->connection->deadline_ms = 0;
        server->options.handle(server->options.argument, request);
        if (request->state == ANSWERED)
                return queue(request);
        request->state = SUSPENDED;
        MHD_suspend_connection(request->mhd);
        return MHD_YES;
}

static bool announces_too_much(struct MHD_Connection *mhd)
{
        const char *length = MHD_lookup_connection_value(mhd, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
        uint64_t size;
        return length != NULL && text_to_u64(length, HTTP_BODY_MAX, &size) != 0;
}

static enum MHD_Result take_body(struct http_request *request, const char *bytes, size_t size)
{
        if (request->too_large || size > HTTP_BODY_MAX - request->body_size) {
                request->too_large = true;
                request->discarded += size;
                return request->discarded > DISCARD_MAX ? MHD_NO : MHD_YES;
        }
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
                request->too_large = announces_too_much(mhd);
                return request->too_large ? handle(request) : MHD_YES;
        }
        if (request->state == ANSWERED)
                return queue(request);
        if (*upload_size > 0) {
                enum MHD_Result result = take_body(request, upload, *upload_size);
                *upload_size = 0;
                return result;
        }
        return handle(request);
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
bool http_is_too_large(const struct http_request *request)
{
        return request->too_large;
}

const char *http_header(const struct http_request *request, const char *name)
{
        return MHD_lookup_connection_value(request->mhd, MHD_HEADER_KIND, name);
}

struct slice http_body(const struct http_request *request)
{
        return slice_of(request->body, request->too_large ? 0 : request->body_size);
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

bool http_is_from_loopback(const struct http_request *request)
{
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(request->mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
        /* Security: a proxy on this machine speaks for somebody else */
        return info != NULL && is_loopback(info->client_addr) && http_header(request, "X-Forwarded-For") == NULL &&
               http_header(request, "Forwarded") == NULL;
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

/* Security: what a browser must not do with this answer. */
static void add_guards(const struct http_server *server, struct MHD_Response *response)
{
        add_header(
            response, "Content-Security-Policy",
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        add_header(response, "X-Content-Type-Options", "nosniff");
        add_header(response, "X-Frame-Options", "DENY");
        add_header(response, "Referrer-Policy", "no-referrer");
        add_header(response, "Cross-Origin-Opener-Policy", "same-origin");
        add_header(response, "Cross-Origin-Resource-Policy", "same-origin");
        if (!server->is_loopback)
                add_header(response, "Strict-Transport-Security", "max-age=31536000");
}

void http_answer(struct http_request *request, const struct http_response *answer)
{
        bool suspended = request->state == SUSPENDED;
        require(request->state == HANDLING || suspended);
        struct MHD_Response *response = MHD_create_response_from_buffer(
            answer->body.size, (void *)(uintptr_t)answer->body.data, MHD_RESPMEM_PERSISTENT);
        require(response != NULL);
        for (size_t i = 0; i < HTTP_ANSWER_HEADERS_MAX && answer->headers[i].name != NULL; i++)
                add_header(response, answer->headers[i].name, answer->headers[i].value);
        add_guards(request->server, response);
        request->response = response;
        request->status = (unsigned)answer->status;
        request->state = ANSWERED;
        if (suspended) {
                MHD_resume_connection(request->mhd);
                run(request->server);
        }
}

/* --- life ----------------------------------------------------------------------------------------------------------
 */

uint64_t http_connections(const struct http_server *server)
{
        return server->connection_count;
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

static struct MHD_Daemon *start_daemon(struct http_server *server, const struct sockaddr_storage *address)
{
        unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME;
        if (address->ss_family == AF_INET6)
                flags |= MHD_USE_IPv6;
        return MHD_start_daemon(flags, 0, NULL, NULL, on_access, server, MHD_OPTION_SOCK_ADDR, address,
                                MHD_OPTION_CONNECTION_LIMIT, server->options.connections_max,
                                MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HTTP_HEADERS_MAX,
                                MHD_OPTION_CONNECTION_TIMEOUT, server->options.idle_timeout_s,
                                MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,
                                MHD_OPTION_NOTIFY_CONNECTION, on_connection, server, MHD_OPTION_END);
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
        /* before the daemon, which may have connections as soon as it listens */
        require(uv_timer_init(loop, &server->timer) == 0 && uv_timer_init(loop, &server->sweep) == 0);
        server->timer.data = server->sweep.data = server;
        server->handles_open = 2;
        server->daemon = start_daemon(server, &address);
        if (server->daemon == NULL) {
                (void)err_set(info, ERR_TRANSPORT, "http: cannot listen on %s: %s", options->address, strerror(errno));
                http_close(server);
                return NULL;
        }
        int fd = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
        require(uv_poll_init(loop, &server->poll, fd) == 0);
        server->poll.data = server;
        server->handles_open = 3;
        require(uv_poll_start(&server->poll, UV_READABLE, on_ready) == 0);
        run(server);
        return server;
}

static void on_closed(uv_handle_t *handle)
{
        struct http_server *server = handle->data;
        if (--server->handles_open == 0)
                free(server);
}

/* Suspended connections would make MHD_stop_daemon() abort: whoever still waits is told that the service stops. */
static void answer_the_waiting(struct http_server *server)
{
        static const char text[] =
            "{\"refusal\":{\"code\":\"UNAVAILABLE\",\"text\":\"Ce service s'arrête : renvoyez la "
            "même demande dans quelques secondes.\"}}\n";
        const struct http_response response = {
            .status = MHD_HTTP_SERVICE_UNAVAILABLE,
            .body = {(const uint8_t *)text, sizeof(text) - 1},
            .headers = {{"Content-Type", "application/json; charset=utf-8"}, {"Connection", "close"}},
        };
        for (struct http_request *request = server->requests, *next; request != NULL; request = next) {
                next = request->next;
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
        if (server->daemon != NULL) {
                answer_the_waiting(server);
                require(uv_poll_stop(&server->poll) == 0);
                MHD_stop_daemon(server->daemon);
                uv_close((uv_handle_t *)&server->poll, on_closed);
        }
        uv_close((uv_handle_t *)&server->timer, on_closed);
        uv_close((uv_handle_t *)&server->sweep, on_closed);
}
