#include "services/gateway/front/children.h"

#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/base/log.h"
#include "common/base/require.h"
#include "common/base/text.h"

enum { PIECE = 64 * 1024, NO_CODE = 1, NO_BYTES_MAX = 600, CHILD_NAME_MAX = 32 };

struct children {
        uv_loop_t *loop;
        char program[PATH_MAX];
        uint64_t timeout_ms;
        struct child_job *jobs;
        size_t count;
};

struct child_job {
        struct child_job *next;
        struct children *children; /* NULL: it has no place any more, and is freed when its handles are closed */
        struct id account;
        int file; /* -1: the child has it */
        const struct child_task *task;
        child_done_f done;
        void *argument;

        uv_process_t process;
        uv_pipe_t pipe;
        uv_timer_t timer;
        unsigned handles_open;
        bool runs, ended /* its output */, late, too_much;
        int64_t code;
        int number; /* of the signal that ended it */
        char *text;
        size_t size, room;
};

/* ---- places */

struct children *children_new(uv_loop_t *loop, const struct child_program *program)
{
        struct children *children = calloc(1, sizeof(*children));
        require(children != NULL);
        children->loop = loop;
        children->timeout_ms = program->timeout_ms;
        if (program->path[0] != '\0') {
                (void)snprintf(children->program, sizeof(children->program), "%s", program->path);
                return children;
        }
        char self[PATH_MAX - CHILD_NAME_MAX];
        size_t size = sizeof(self);
        require(uv_exepath(self, &size) == 0);
        (void)snprintf(children->program, sizeof(children->program), "%s/%s", dirname(self), program->beside);
        return children;
}

void children_free(struct children *children)
{
        if (children == NULL)
                return;
        while (children->jobs != NULL)
                child_drop(children->jobs);
        free(children);
}

enum child_refusal child_take(struct children *children, struct id account, struct child_job **ret)
{
        for (const struct child_job *job = children->jobs; job != NULL; job = job->next)
                if (id_equal(job->account, account))
                        return CHILD_OWN_BUSY;
        if (children->count == CHILDREN_MAX)
                return CHILD_ALL_BUSY;
        int file = memfd_create("given", MFD_CLOEXEC);
        if (file < 0)
                return CHILD_NO_MEMORY;
        struct child_job *job = calloc(1, sizeof(*job));
        require(job != NULL);
        job->children = children;
        job->account = account;
        job->file = file;
        job->next = children->jobs;
        children->jobs = job;
        children->count++;
        *ret = job;
        return CHILD_TAKEN;
}

int child_file(const struct child_job *job)
{
        return job->file;
}

static void close_file(struct child_job *job)
{
        if (job->file >= 0)
                (void)close(job->file);
        job->file = -1;
}

static void let_go(struct child_job *job)
{
        if (job->handles_open > 0 || job->children != NULL)
                return;
        free(job->text);
        free(job);
}

static void on_closed(uv_handle_t *handle)
{
        struct child_job *job = handle->data;
        job->handles_open--;
        let_go(job);
}

static void close_handle(uv_handle_t *handle)
{
        if (handle->data != NULL && !uv_is_closing(handle))
                uv_close(handle, on_closed);
}

/* The child, and what it has started: it leads a group of its own. */
static void end_child(const struct child_job *job)
{
        if (!job->runs)
                return;
        require(job->process.pid > 1); /* or the group would be everybody */
        (void)uv_kill(-job->process.pid, SIGKILL);
}

void child_drop(struct child_job *job)
{
        struct children *children = job->children;
        struct child_job **link = &children->jobs;
        while (*link != job)
                link = &(*link)->next;
        *link = job->next;
        children->count--;
        job->children = NULL;
        job->done = NULL;
        end_child(job);
        close_file(job);
        close_handle((uv_handle_t *)&job->timer);
        close_handle((uv_handle_t *)&job->pipe);
        close_handle((uv_handle_t *)&job->process);
        let_go(job);
}

/* ---- what the child says */

static bool is_words(struct slice text)
{
        return text.size > 0 && text.size <= NO_BYTES_MAX && memchr(text.data, '\0', text.size) == NULL &&
               utf8_valid((const char *)text.data, text.size);
}

static enum child_outcome outcome_of(const struct child_job *job)
{
        struct slice text = slice_of(job->text, job->size);
        if (job->late || job->number == SIGXCPU)
                return CHILD_LATE;
        if (job->number == 0 && !job->too_much && job->code == 0 && job->task->is_answer(text))
                return CHILD_DONE;
        if (job->number == 0 && !job->too_much && job->code == NO_CODE && is_words(text))
                return CHILD_SAYS_NO;
        return CHILD_BROKEN;
}

/* Its last word is there, and it is gone. */
static void finish(struct child_job *job)
{
        child_done_f done = job->done;
        if (job->runs || !job->ended || done == NULL)
                return;
        enum child_outcome outcome = outcome_of(job);
        if (outcome == CHILD_LATE || outcome == CHILD_BROKEN)
                log_line(LOG_WARN, "child", "%s: code %d, signal %d, %zu bytes%s", job->children->program,
                         (int)job->code, job->number, job->size, job->late ? ", late" : "");
        job->done = NULL;
        done(job->argument, outcome, slice_of(job->text, job->size));
}

static void on_ended(uv_process_t *process, int64_t code, int number)
{
        struct child_job *job = process->data;
        job->runs = false;
        job->code = code;
        job->number = number;
        close_handle((uv_handle_t *)process);
        close_handle((uv_handle_t *)&job->timer);
        finish(job);
}

static void end_output(struct child_job *job)
{
        job->ended = true;
        close_handle((uv_handle_t *)&job->pipe);
}

static void on_deadline(uv_timer_t *timer)
{
        struct child_job *job = timer->data;
        job->late = true;
        end_child(job);
        end_output(job); /* whoever else still holds it */
        finish(job);
}

static void on_room(uv_handle_t *handle, size_t wanted, uv_buf_t *ret)
{
        struct child_job *job = handle->data;
        (void)wanted;
        if (job->room - job->size < PIECE) {
                job->room = job->room == 0 ? 2 * PIECE : 2 * job->room;
                job->text = realloc(job->text, job->room);
                require(job->text != NULL);
        }
        *ret = uv_buf_init(job->text + job->size, PIECE);
}

static void on_output(uv_stream_t *stream, ssize_t size, const uv_buf_t *buffer)
{
        struct child_job *job = stream->data;
        (void)buffer;
        if (size > 0)
                job->size += (size_t)size;
        job->too_much = job->too_much || job->size > job->task->answer_max;
        if (size >= 0 && !job->too_much)
                return;
        if (job->too_much)
                end_child(job);
        end_output(job);
        finish(job);
}

/* ---- the child */

static int start(struct child_job *job)
{
        char *arguments[] = {job->children->program, (char *)(uintptr_t)job->task->argument, NULL};
        char path[] = "PATH=/usr/local/bin:/usr/bin:/bin", language[] = "LC_ALL=C.UTF-8";
        char *environment[] = {path, language, NULL};
        uv_stdio_container_t stdio[3] = {
                {.flags = UV_INHERIT_FD, .data.fd = job->file},
                {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE, .data.stream = (uv_stream_t *)&job->pipe},
                {.flags = UV_IGNORE},
        };
        const uv_process_options_t options = {
                .exit_cb = on_ended,
                .file = job->children->program,
                .args = arguments,
                .env = environment,
                .cwd = "/",
                .flags = UV_PROCESS_DETACHED, /* a group of its own, to be ended as one */
                .stdio_count = 3,
                .stdio = stdio,
        };
        job->process.data = job->pipe.data = job->timer.data = job;
        job->handles_open = 3;
        require(uv_pipe_init(job->children->loop, &job->pipe, 0) == 0);
        require(uv_timer_init(job->children->loop, &job->timer) == 0);
        /* Security: LMDB's, and those that whoever started us left open, are not for the child. */
        require(close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC) == 0);
        int err = uv_spawn(job->children->loop, &job->process, &options);
        job->runs = err == 0;
        return err != 0 ? err : uv_read_start((uv_stream_t *)&job->pipe, on_room, on_output);
}

static void on_not_started(uv_timer_t *timer)
{
        struct child_job *job = timer->data;
        child_done_f done = job->done;
        job->done = NULL;
        done(job->argument, CHILD_NOT_STARTED, slice_of(NULL, 0));
}

void child_start(struct child_job *job, const struct child_task *task, child_done_f done, void *argument)
{
        job->task = task;
        job->done = done;
        job->argument = argument;
        require(lseek(job->file, 0, SEEK_SET) == 0);
        int err = start(job);
        close_file(job);
        if (err == 0) {
                require(uv_timer_start(&job->timer, on_deadline, job->children->timeout_ms, 0) == 0);
                return;
        }
        log_line(LOG_ERROR, "child", "%s: %s", job->children->program, uv_strerror(err));
        end_child(job);
        require(uv_timer_start(&job->timer, on_not_started, 0, 0) == 0);
}
