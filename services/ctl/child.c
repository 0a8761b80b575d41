#include "services/ctl/child.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "common/base/require.h"
#include "services/ctl/options.h"

enum {
        PAUSE_MS = 100, /* the first, then doubled */
        PAUSE_MAX_MS = 10000,
        PAUSE_RESET_MS = 30000, /* a daemon that lived that long is healthy: its next end is a new story */
};

static void set_state(struct child *child, enum child_state state)
{
        child->state = state;
        child->changed(child);
}

static void on_buffer(uv_handle_t *handle, size_t wanted, uv_buf_t *ret)
{
        (void)wanted;
        struct child *child = handle->data;
        *ret = uv_buf_init(child->buffer, sizeof(child->buffer));
}

static void on_pipe_closed(uv_handle_t *handle)
{
        struct child *child = handle->data;
        child->pipe_open = false;
}

static void close_pipe(struct child *child)
{
        if (!uv_is_closing((uv_handle_t *)&child->pipe))
                uv_close((uv_handle_t *)&child->pipe, on_pipe_closed);
}

static void on_output(uv_stream_t *stream, ssize_t size, const uv_buf_t *buffer)
{
        struct child *child = stream->data;
        if (size > 0)
                log_file_write(&child->log, buffer->base, (size_t)size);
        if (size < 0)
                close_pipe(child);
}

static void on_pause_over(uv_timer_t *timer)
{
        child_start(timer->data);
}

static void start_later(struct child *child)
{
        uint64_t now_ms = uv_now(child->loop);
        if (child->pause_ms == 0 || now_ms - child->started_ms >= PAUSE_RESET_MS)
                child->pause_ms = PAUSE_MS;
        else
                child->pause_ms = child->pause_ms * 2 < PAUSE_MAX_MS ? child->pause_ms * 2 : PAUSE_MAX_MS;
        require(uv_timer_start(&child->timer, on_pause_over, child->pause_ms, 0) == 0);
        set_state(child, CHILD_WAITING);
}

static void on_ended(uv_process_t *process, int64_t status, int number)
{
        struct child *child = process->data;
        child->pid = 0;
        child->health[0] = '\0';
        uv_close((uv_handle_t *)process, NULL);
        if (number != 0)
                (void)snprintf(child->ended, sizeof(child->ended), "interrompu par le signal %d (%s)", number,
                               strsignal(number));
        else
                (void)snprintf(child->ended, sizeof(child->ended), "terminé avec le code %lld", (long long)status);
        if (child->state == CHILD_STOPPING)
                set_state(child, CHILD_STOPPED);
        else
                start_later(child);
}

void child_open(struct child *child, const char *log_path)
{
        child->state = CHILD_STOPPED;
        require(uv_timer_init(child->loop, &child->timer) == 0);
        child->timer.data = child;
        log_file_open(&child->log, log_path);
}

static void open_pipe(struct child *child)
{
        require(uv_pipe_init(child->loop, &child->pipe, 0) == 0);
        child->pipe.data = child;
        child->pipe_open = true;
}

void child_start(struct child *child)
{
        if (child->pipe_open) { /* its end of file comes after the process's end: a moment more */
                require(uv_timer_start(&child->timer, on_pause_over, 1, 0) == 0);
                return;
        }
        char parent[16];
        char self[4096];
        size_t self_size = sizeof(self);
        (void)snprintf(parent, sizeof(parent), "%d", (int)getpid());
        require(uv_exepath(self, &self_size) == 0);
        const char *args[] = {self,         "child",         parent,       child->program,
                              "--topology", child->topology, "--instance", child->instance->name,
                              NULL};
        uv_stdio_container_t stdio[3] = {{.flags = UV_IGNORE}, {.flags = UV_IGNORE}, {.flags = UV_IGNORE}};
        open_pipe(child);
        stdio[2].flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE;
        stdio[2].data.stream = (uv_stream_t *)&child->pipe;
        uv_process_options_t options = {
                .exit_cb = on_ended,
                .file = self,
                .args = (char **)(uintptr_t)args,
                .flags = UV_PROCESS_DETACHED, /* Ctrl-C reaches the supervisor, which stops them in good order */
                .stdio_count = 3,
                .stdio = stdio,
        };
        child->process.data = child;
        child->started_ms = uv_now(child->loop);
        child->starts++;
        int err = uv_spawn(child->loop, &child->process, &options);
        if (err == 0) {
                child->pid = child->process.pid;
                require(uv_read_start((uv_stream_t *)&child->pipe, on_buffer, on_output) == 0);
                set_state(child, CHILD_STARTING);
                return;
        }
        (void)snprintf(child->ended, sizeof(child->ended), "pas démarré : %s", uv_strerror(err));
        close_pipe(child);
        uv_close((uv_handle_t *)&child->process, NULL);
        start_later(child);
}

void child_stop(struct child *child)
{
        (void)uv_timer_stop(&child->timer);
        if (child->pid == 0) {
                set_state(child, CHILD_STOPPED);
                return;
        }
        (void)uv_process_kill(&child->process, SIGTERM);
        set_state(child, CHILD_STOPPING);
}

void child_kill(struct child *child)
{
        if (child->pid != 0)
                (void)uv_process_kill(&child->process, SIGKILL);
}

void child_close(struct child *child)
{
        uv_close((uv_handle_t *)&child->timer, NULL);
}

void child_heard(struct child *child, const char *health)
{
        bool serving = child->state == CHILD_STARTING && strcmp(health, "starting") != 0;
        bool news = strcmp(child->health, health) != 0;
        (void)snprintf(child->health, sizeof(child->health), "%s", health);
        if (child->pid == 0 || child->state == CHILD_STOPPING || !(serving || news))
                return;
        set_state(child, serving ? CHILD_SERVING : child->state);
}

/* Between fork and the daemon: asks the kernel for SIGTERM when the supervisor dies, whatever kills it. */
static int run_child(const struct verb *verb, int argc, char **argv)
{
        if (argc < 2)
                return misused(verb, "ce verbe est à l'usage de « guichetctl up ».");
        if (prctl(PR_SET_PDEATHSIG, SIGTERM) != 0)
                return complain("prctl : %s.", strerror(errno));
        if (getppid() != (pid_t)strtol(argv[0], NULL, 10)) /* it died before prctl() */
                return CTL_FAILED;
        (void)execv(argv[1], argv + 1);
        return complain("%s : %s.", argv[1], strerror(errno));
}

const struct verb verb_child = {
        .name = "child",
        .usage = "guichetctl child PID PROGRAMME ARGUMENTS…\n\n"
                 "À l'usage de « guichetctl up » : remplace ce processus par le programme, qui s'arrêtera quand le\n"
                 "processus PID s'arrête.",
        .run = run_child,
};
