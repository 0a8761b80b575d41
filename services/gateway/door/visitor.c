#include "services/gateway/door/visitor.h"

#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/require.h"

enum {
        DISCARD_MAX = GUARD_PIECES_MAX + GUARD_BODY_MAX, /* what a client may still send while our last words are
                                                        * under way */
        PENDING_MAX = GUARD_HEAD_MAX + 64 * 1024,
};

static void finish(struct visitor *v);
static void pump(struct visitor *v);

/* --- writing -------------------------------------------------------------------------------------------------------
 */

struct write {
        uv_write_t request;
        struct visitor *visitor;
        char bytes[];
};

/* What does not go at once is copied, and `done` is called when it went. True: all went. */
static bool send_on(struct visitor *v, uv_stream_t *to, struct slice bytes, uv_write_cb done)
{
        uv_buf_t buffer = uv_buf_init((char *)(uintptr_t)bytes.data, (unsigned)bytes.size);
        int sent = uv_try_write(to, &buffer, 1);
        size_t went = sent > 0 ? (size_t)sent : 0;
        if (went == bytes.size)
                return true;
        struct write *write = malloc(sizeof(*write) + bytes.size - went);
        require(write != NULL);
        write->visitor = v;
        memcpy(write->bytes, bytes.data + went, bytes.size - went);
        buffer = uv_buf_init(write->bytes, (unsigned)(bytes.size - went));
        require(uv_write(&write->request, to, &buffer, 1, done) == 0);
        return false;
}

void visitor_on_buffer(uv_handle_t *handle, size_t wanted, uv_buf_t *ret)
{
        struct visitor *v = handle->data;
        (void)wanted;
        *ret = uv_buf_init(v->door->buffer, sizeof(v->door->buffer));
}

/* --- from the library to the client --------------------------------------------------------------------------------
 */

static void on_taken(uv_write_t *request, int status)
{
        struct write *write = (struct write *)(void *)request;
        struct visitor *v = write->visitor;
        free(write);
        if (status != 0 || visitor_has_left(v)) {
                door_drop(v);
                return;
        }
        v->taking_ms = 0;
        if (v->answered_all)
                finish(v);
        else
                require(uv_read_start((uv_stream_t *)&v->inner, visitor_on_buffer, visitor_on_answer) == 0);
}

void visitor_on_answer(uv_stream_t *inner, ssize_t size, const uv_buf_t *buffer)
{
        struct visitor *v = inner->data;
        if (size == 0)
                return;
        if (size < 0) { /* the library closed its end */
                door_close_inner(v);
                v->answered_all = true;
                finish(v);
        } else if (!send_on(v, (uv_stream_t *)&v->outer, slice_of(buffer->base, (size_t)size), on_taken)) {
                (void)uv_read_stop(inner);
                v->taking_ms = door_in_s(v->door, v->door->options.request_timeout_s);
        }
}

/* What lies there already need not wait for the loop's next turn. */
static void relay(struct visitor *v)
{
        int fd;
        ssize_t size;
        if (!v->inner_open || v->taking_ms != 0 || uv_fileno((uv_handle_t *)&v->inner, &fd) != 0)
                return;
        while (v->taking_ms == 0 && (size = read(fd, v->door->buffer, sizeof(v->door->buffer))) > 0) {
                const uv_buf_t buffer = uv_buf_init(v->door->buffer, 0);
                visitor_on_answer((uv_stream_t *)&v->inner, size, &buffer);
        }
}

static void on_client(uv_stream_t *outer, ssize_t size, const uv_buf_t *buffer);

static void on_shut(uv_shutdown_t *request, int status)
{
        (void)status; /* a client that is gone is seen by the read */
        free(request);
}

static void shut(uv_stream_t *stream)
{
        uv_shutdown_t *request = malloc(sizeof(*request));
        require(request != NULL);
        if (uv_shutdown(request, stream, on_shut) != 0)
                free(request);
}

/* Nothing more will be said. The end of the stream is told, and what still comes is read, or else the kernel would
 * tear the connection down, and our last words with it. */
static void finish(struct visitor *v)
{
        if (visitor_has_left(v) || v->taking_ms != 0 || v->turn == TURN_STREAM)
                return;
        if (v->ended) {
                door_drop(v);
                return;
        }
        v->turn = TURN_LINGER;
        v->pending_size = 0;
        v->deadline_ms = uv_now(v->door->loop) + DOOR_LINGER_MS;
        shut((uv_stream_t *)&v->outer);
        (void)uv_read_start((uv_stream_t *)&v->outer, visitor_on_buffer, on_client);
}

/* --- from the client to the library --------------------------------------------------------------------------------
 */

void visitor_turn_away(struct visitor *v)
{
        struct door *door = v->door;
        door->counts.turned_away++;
        v->refused = v->answered_all = true;
        if (!send_on(v, (uv_stream_t *)&v->outer, door->options.busy, on_taken))
                v->taking_ms = uv_now(door->loop) + DOOR_LINGER_MS;
        finish(v);
}

static void on_passed(uv_write_t *request, int status)
{
        struct write *write = (struct write *)(void *)request;
        struct visitor *v = write->visitor;
        free(write);
        v->inner_full = false;
        if (status == 0 && !visitor_has_left(v))
                pump(v);
}

static void pass(struct visitor *v, const char *bytes, size_t size)
{
        if (v->inner_open && !send_on(v, (uv_stream_t *)&v->inner, slice_of(bytes, size), on_passed))
                v->inner_full = true;
}

static void consume(struct visitor *v, size_t size)
{
        v->pending_size -= size;
        memmove(v->pending, v->pending + size, v->pending_size);
        if (v->pending_size == 0) {
                free(v->pending);
                v->pending = NULL;
                v->pending_room = 0;
        }
}

/* One step: true where there may be another. */
static bool pump_once(struct visitor *v)
{
        struct door *door = v->door;
        struct guard_look look = guard_look(&v->guard, v->pending, v->pending_size);

        if (look.verdict == GUARD_MORE)
                return false;
        if (v->turn == TURN_HEAD && !v->door->take_seat(v, &look))
                return false;
        bool was_head = v->turn == TURN_HEAD;
        v->turn = look.is_whole ? TURN_OURS : TURN_BODY;
        if (look.is_whole)
                v->deadline_ms = 0;
        else if (was_head)
                v->deadline_ms = door_in_s(door, door->options.request_timeout_s);
        if (look.verdict == GUARD_FLAW) {
                door->counts.flawed++;
                v->flaw = look.flaw;
                v->refused = true;
                pass(v, look.instead, strlen(look.instead));
                consume(v, v->pending_size);
        } else {
                pass(v, v->pending, look.size);
                consume(v, look.size);
        }
        door->options.wake(door->options.argument);
        return true;
}

static void pump(struct visitor *v)
{
        if (v->pumping)
                return;
        v->pumping = true;
        while (!visitor_has_left(v) && !v->refused && !v->inner_full &&
               (v->turn == TURN_HEAD || v->turn == TURN_BODY) && pump_once(v))
                ;
        v->pumping = false;
        if (!visitor_has_left(v) && v->turn != TURN_LINGER && v->pending_size < PENDING_MAX && !v->ended)
                (void)uv_read_start((uv_stream_t *)&v->outer, visitor_on_buffer, on_client);
}

static void keep(struct visitor *v, const char *bytes, size_t size)
{
        if (v->pending_size + size > v->pending_room) {
                size_t room = v->pending_room == 0 ? 1024 : v->pending_room;
                while (room < v->pending_size + size)
                        room *= 2;
                v->pending = realloc(v->pending, room);
                require(v->pending != NULL);
                v->pending_room = room;
        }
        memcpy(v->pending + v->pending_size, bytes, size);
        v->pending_size += size;
}

static void on_client(uv_stream_t *outer, ssize_t size, const uv_buf_t *buffer)
{
        struct visitor *v = outer->data;
        if (size == 0)
                return;
        if (size < 0) {
                v->ended = true;
                if (size != UV_EOF || v->turn == TURN_BODY || v->turn == TURN_LINGER || !v->inner_open)
                        door_drop(v);
                else if (v->turn == TURN_HEAD) /* half closed, it may still wait for the last answer */
                        shut((uv_stream_t *)&v->inner);
                return;
        }
        if (v->refused || v->turn == TURN_LINGER || v->turn == TURN_STREAM) {
                v->discarded += (size_t)size;
                if (v->discarded > DISCARD_MAX)
                        door_drop(v);
                return;
        }
        if (v->turn == TURN_HEAD && v->pending_size == 0 && v->seated)
                v->deadline_ms = door_in_s(v->door, v->door->options.head_timeout_s);
        keep(v, buffer->base, (size_t)size);
        if (v->pending_size >= PENDING_MAX)
                (void)uv_read_stop(outer);
        pump(v);
}

/* --- streams -------------------------------------------------------------------------------------------------------
 */

enum { STREAM_DEAD_MS = 60000 }; /* a peer whose machine says nothing any more */

bool visitor_stream(struct visitor *v, void (*gone)(void *argument), void *argument)
{
        const int buffer = DOOR_STREAM_BUFFER, dead_ms = STREAM_DEAD_MS;
        int fd;
        if (visitor_has_left(v) || uv_fileno((uv_handle_t *)&v->outer, &fd) != 0)
                return false;
        /* what the kernel would hold for a slow reader beyond that, nobody counts */
        (void)setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof(buffer));
        (void)setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &dead_ms, sizeof(dead_ms));
        v->turn = TURN_STREAM;
        v->deadline_ms = v->taking_ms = 0;
        v->pending_size = 0;
        free(v->pending);
        v->pending = NULL;
        v->pending_room = 0;
        v->gone = gone;
        v->argument = argument;
        v->door->counts.streams++;
        door_line_up(v);
        door_close_inner(v);
        (void)uv_read_start((uv_stream_t *)&v->outer, visitor_on_buffer, on_client); /* to hear that it leaves */
        return true;
}

static void on_told(uv_write_t *request, int status)
{
        struct write *write = (struct write *)(void *)request;
        struct visitor *v = write->visitor;
        free(write);
        if (status != 0 || visitor_has_left(v)) {
                door_drop(v);
                return;
        }
        bool all_went = uv_stream_get_write_queue_size((uv_stream_t *)&v->outer) == 0;
        v->taking_ms = all_went ? 0 : door_in_s(v->door, v->door->options.request_timeout_s);
        if (all_went && v->answered_all)
                finish(v);
}

bool visitor_tell(struct visitor *v, struct slice bytes)
{
        size_t waiting = uv_stream_get_write_queue_size((uv_stream_t *)&v->outer);
        if (waiting + bytes.size > DOOR_STREAM_BUFFER && waiting > 0) {
                v->door->counts.slow++;
                door_drop(v);
                return false;
        }
        if (!send_on(v, (uv_stream_t *)&v->outer, bytes, on_told) && v->taking_ms == 0)
                v->taking_ms = door_in_s(v->door, v->door->options.request_timeout_s);
        return true;
}

void visitor_end(struct visitor *v)
{
        void (*gone)(void *argument) = v->gone;
        v->gone = NULL;
        v->door->counts.streams--;
        v->turn = TURN_LINGER;
        v->answered_all = true;
        door_line_up(v);
        v->door->counts.waiting += !v->seated; /* or else once the library has released it */
        finish(v);
        gone(v->argument);
}

/* --- what the library tells ----------------------------------------------------------------------------------------
 */

const struct sockaddr *visitor_address(const struct visitor *v)
{
        return (const struct sockaddr *)&v->address;
}

const struct guard_flaw *visitor_flaw(const struct visitor *v)
{
        return v->flaw;
}

void visitor_refused(struct visitor *v)
{
        v->refused = true;
        v->turn = TURN_OURS;
        v->deadline_ms = 0;
}

void visitor_answered(struct visitor *v)
{
        struct door *door = v->door;
        if (visitor_has_left(v) || v->refused || v->turn != TURN_OURS)
                return; /* the library closes, and that is what ends it */
        relay(v);
        if (door->draining) { /* its answer said so */
                v->answered_all = true;
                finish(v);
                return;
        }
        v->turn = TURN_HEAD;
        v->deadline_ms =
                door_in_s(door, v->pending_size > 0 ? door->options.head_timeout_s : door->options.idle_timeout_s);
        door_line_up(v);
        if (v->ended && v->pending_size == 0)
                shut((uv_stream_t *)&v->inner); /* behind the answer comes the library's end */
        pump(v);
}

/* The library's last words, as far as they fit into the client's socket at once. */
void visitor_hand_over(struct visitor *v)
{
        int fd;
        ssize_t size;
        if (!v->inner_open || uv_fileno((uv_handle_t *)&v->inner, &fd) != 0)
                return;
        while ((size = read(fd, v->door->buffer, sizeof(v->door->buffer))) > 0) {
                uv_buf_t buffer = uv_buf_init(v->door->buffer, (unsigned)size);
                if (uv_try_write((uv_stream_t *)&v->outer, &buffer, 1) != size)
                        return;
        }
}

void visitor_listen(struct visitor *v, size_t said)
{
        require(uv_read_start((uv_stream_t *)&v->outer, visitor_on_buffer, on_client) == 0);
        if (said == 0)
                return;
        keep(v, v->door->buffer, said);
        pump(v);
}
