#include "services/gateway/door/door.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "common/base/require.h"
#include "services/gateway/door/visitor.h"

enum {
        BACKLOG = 4096,
        ACCEPTS_PER_WAKEUP = 8, /* then those who are there have their turn */
        SWEEP_MS = 250,
        AUTHORIZATION_MAX = 256,
        OTHER_FILES = 256, /* stores, sockets of daemons, logs */
};

/* --- leaving -------------------------------------------------------------------------------------------------------
 */

void visitor_released(struct visitor *v)
{
        struct door *door = v->door;
        door->counts.seated--;
        v->seated = false;
        v->refused = true;                                    /* there is nobody any more to ask */
        if (!visitor_has_left(v) && v->turn != TURN_STREAM) { /* its last words are still under way */
                door_line_up(v);
                door->counts.waiting++;
        }
        visitor_unref(v);
}

/* Makes room: the first of the list whom nobody is answering. False: there is none. */
static bool let_go_one(struct door *door, struct list *list)
{
        for (struct visitor *v = list->first; v != NULL; v = v->next) {
                if (v->turn == TURN_OURS && v->taking_ms == 0)
                        continue;
                door->counts.let_go++;
                door_drop(v);
                return true;
        }
        return false;
}

/* Who shows a good token is no stranger any more, however long the connection lasts. */
static void recognise(struct visitor *v, const struct guard_look *look)
{
        char text[AUTHORIZATION_MAX];
        int size = look->authorization != NULL
                           ? snprintf(text, sizeof(text), "%.*s", (int)look->authorization_size, look->authorization)
                           : snprintf(text, sizeof(text), "Bearer %.*s", (int)look->session.size,
                                      (const char *)look->session.data);
        if (v->known || size >= (int)sizeof(text) || (look->authorization == NULL && look->session.size == 0))
                return;
        v->known = v->door->options.knows(v->door->options.argument, text);
        sodium_memzero(text, sizeof(text));
        if (v->known)
                door_uncount(v);
}

static bool open_seat(struct visitor *v)
{
        struct door *door = v->door;
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0)
                return false;
        require(uv_pipe_init(door->loop, &v->inner, 0) == 0);
        v->inner.data = v;
        v->inner_open = true;
        v->references += 2;
        door->counts.seated++;
        door->counts.waiting--;
        v->seated = true;
        door_line_up(v);
        if (uv_pipe_open(&v->inner, ends[0]) == 0 && door->options.seat(door->options.argument, v, ends[1]))
                return uv_read_start((uv_stream_t *)&v->inner, visitor_on_buffer, visitor_on_answer) == 0;
        door_close_inner(v);
        visitor_released(v);
        return false;
}

static bool take_seat(struct visitor *v, const struct guard_look *look)
{
        struct door *door = v->door;
        recognise(v, look);
        if (v->seated) {
                door_line_up(v);
                return true;
        }
        if (door->counts.seated >= door->options.seats && let_go_one(door, &door->strangers))
                door->options.wake(door->options.argument); /* the library sees the end, and releases */
        if (door->counts.seated < door->options.seats && open_seat(v))
                return true;
        visitor_turn_away(v);
        return false;
}

/* --- coming --------------------------------------------------------------------------------------------------------
 */

/* A new visitor, and what it has said already. */
static void welcome(struct door *door, int fd, const struct sockaddr_storage *address, size_t said)
{
        struct visitor *v = calloc(1, sizeof(*v));
        require(v != NULL);
        v->door = door;
        v->address = *address;
        v->came_ms = uv_now(door->loop);
        v->deadline_ms = door_in_s(door, door->options.head_timeout_s);
        v->references = 1;
        door->handles_open++;
        require(uv_tcp_init(door->loop, &v->outer) == 0 && uv_tcp_open(&v->outer, fd) == 0);
        v->outer.data = v;
        (void)uv_tcp_nodelay(&v->outer, 1);
        if (door->counts.waiting >= (uint64_t)door->options.seats * DOOR_WAITING_PER_SEAT)
                (void)let_go_one(door, &door->waiting);
        door_line_up(v);
        door->counts.waiting++;
        v->counted = !proxies_has(door->options.proxies, (struct sockaddr *)&v->address);
        if (v->counted &&
            addresses_add(door->addresses, (struct sockaddr *)&v->address) > door->options.strangers_per_address)
                visitor_turn_away(v);
        else
                visitor_listen(v, said);
}

/* Who says nothing is kept back by the kernel for a second; who comes without a word and leaves costs no more than this
 * look. */
static void look_at(struct door *door, int fd, const struct sockaddr_storage *address)
{
        ssize_t said = recv(fd, door->buffer, sizeof(door->buffer), MSG_DONTWAIT);
        if (said == 0 || (said < 0 && errno != EAGAIN))
                (void)close(fd);
        else
                welcome(door, fd, address, said > 0 ? (size_t)said : 0);
}

static void on_knock(uv_poll_t *poll, int status, int events)
{
        struct door *door = poll->data;
        (void)status;
        (void)events;
        for (int i = 0; i < ACCEPTS_PER_WAKEUP; i++) {
                struct sockaddr_storage address;
                socklen_t size = sizeof(address);
                int fd = accept4(door->fd, (struct sockaddr *)&address, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
                if (fd >= 0) {
                        look_at(door, fd, &address);
                } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
                        /* somebody goes, or else all have to wait for the next sweep */
                        if (!let_go_one(door, &door->waiting) && !let_go_one(door, &door->strangers))
                                (void)uv_poll_stop(&door->poll);
                        return;
                } else if (errno != ECONNABORTED && errno != EINTR) {
                        return;
                }
        }
}

static bool is_late(const struct visitor *v, uint64_t now_ms)
{
        return (v->deadline_ms != 0 && v->deadline_ms <= now_ms) || (v->taking_ms != 0 && v->taking_ms <= now_ms) ||
               (!v->known && v->turn == TURN_HEAD &&
                v->came_ms + v->door->options.stranger_age_s * UINT64_C(1000) <= now_ms);
}

static void drop_if_late(struct visitor *v)
{
        struct door *door = v->door;
        if (!is_late(v, uv_now(door->loop)))
                return;
        door->counts.slow += v->turn == TURN_STREAM;
        door->counts.late += v->turn != TURN_LINGER && v->turn != TURN_STREAM;
        door_drop(v);
}

static void on_sweep(uv_timer_t *timer)
{
        struct door *door = timer->data;
        door_each(&door->waiting, drop_if_late);
        door_each(&door->strangers, drop_if_late);
        door_each(&door->known, drop_if_late);
        door_each(&door->streams, drop_if_late);
        if (!door->draining)
                require(uv_poll_start(&door->poll, UV_READABLE, on_knock) == 0);
}

/* --- draining ------------------------------------------------------------------------------------------------------
 */

static void drop_if_silent(struct visitor *v)
{
        if (v->turn == TURN_HEAD && v->pending_size == 0)
                door_drop(v);
}

void door_drain(struct door *door)
{
        if (!door->draining) {
                on_knock(&door->poll, 0, UV_READABLE); /* who stands at the door still comes in */
                door->draining = true;
                require(uv_poll_stop(&door->poll) == 0);
                (void)close(door->fd);
                door->fd = -1;
        }
        door_each(&door->waiting, drop_if_silent);
        door_each(&door->strangers, drop_if_silent);
        door_each(&door->known, drop_if_silent);
}

bool door_is_empty(const struct door *door)
{
        return door->waiting.first == NULL && door->strangers.first == NULL && door->known.first == NULL;
}

/* --- life ----------------------------------------------------------------------------------------------------------
 */

/* A seat is three descriptors, and each may have its visitors waiting. */
static int allow_files(unsigned seats, unsigned streams, struct err_info *info)
{
        struct rlimit limit;
        rlim_t needed = (rlim_t)seats * (3 + DOOR_WAITING_PER_SEAT) + streams + OTHER_FILES;
        require(getrlimit(RLIMIT_NOFILE, &limit) == 0);
        if (limit.rlim_cur >= needed)
                return 0;
        if (limit.rlim_max < needed)
                return err_set(
                        info, ERR_CONFIG,
                        "http: connections_max %u and streams_max %u need %llu open files, and %llu are allowed: lower "
                        "them, or raise the limit (LimitNOFILE, ulimit -n)",
                        seats, streams, (unsigned long long)needed, (unsigned long long)limit.rlim_max);
        limit.rlim_cur = needed;
        return setrlimit(RLIMIT_NOFILE, &limit) == 0
                       ? 0
                       : err_set(info, -errno, "http: cannot open %llu files", (unsigned long long)needed);
}

static int listen_on(const struct sockaddr *address, int *ret, struct err_info *info)
{
        const int on = 1, defer_s = 1;
        bool v6 = address->sa_family == AF_INET6;
        socklen_t size = v6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
        int fd = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) == 0 &&
            (!v6 || setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on)) == 0) && bind(fd, address, size) == 0 &&
            listen(fd, BACKLOG) == 0) {
                (void)setsockopt(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, &defer_s, sizeof(defer_s)); /* else it costs more */
                *ret = fd;
                return 0;
        }
        int err = err_set(info, ERR_TRANSPORT, "http: cannot listen: %s", strerror(errno));
        if (fd >= 0)
                (void)close(fd);
        return err;
}

struct door *door_open(uv_loop_t *loop, const struct door_options *options, struct err_info *info)
{
        int fd = -1;
        if (allow_files(options->seats, options->streams, info) != 0 || listen_on(options->address, &fd, info) != 0)
                return NULL;
        struct door *door = calloc(1, sizeof(*door));
        require(door != NULL);
        door->options = *options;
        door->take_seat = take_seat;
        door->loop = loop;
        door->fd = fd;
        door->addresses = addresses_new();
        require(uv_poll_init(loop, &door->poll, fd) == 0 && uv_timer_init(loop, &door->sweep) == 0);
        door->poll.data = door->sweep.data = door;
        door->handles_open = 2;
        require(uv_poll_start(&door->poll, UV_READABLE, on_knock) == 0 &&
                uv_timer_start(&door->sweep, on_sweep, SWEEP_MS, SWEEP_MS) == 0);
        return door;
}

const struct door_counts *door_counts(const struct door *door)
{
        return &door->counts;
}

static void close_list(struct list *list)
{
        while (list->first != NULL) {
                visitor_hand_over(list->first);
                door_drop(list->first);
        }
}

static void on_door_closed(uv_handle_t *handle)
{
        door_let_go(handle->data);
}

void door_close(struct door *door)
{
        close_list(&door->waiting);
        close_list(&door->strangers);
        close_list(&door->known);
        close_list(&door->streams);
        uv_close((uv_handle_t *)&door->poll, on_door_closed);
        uv_close((uv_handle_t *)&door->sweep, on_door_closed);
        if (door->fd >= 0)
                (void)close(door->fd);
}
