#include "services/gateway/front/tables.h"

#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/base/limits.h"
#include "common/base/log.h"
#include "common/base/require.h"
#include "common/base/text.h"
#include "common/import/json_scan.h"

enum { PIECE = 64 * 1024, NO_LIST_CODE = 1, NO_LIST_BYTES_MAX = 600 };

struct tables {
        uv_loop_t *loop;
        char program[PATH_MAX];
        uint64_t timeout_ms;
        struct table_job *jobs;
        size_t count;
};

struct table_job {
        struct table_job *next;
        struct tables *tables; /* NULL: it has no place any more, and is freed when its handles are closed */
        struct id account;
        int file; /* -1: the child has it */
        table_done_f done;
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

struct tables *tables_new(uv_loop_t *loop, const char *program, uint64_t timeout_ms)
{
        struct tables *tables = calloc(1, sizeof(*tables));
        require(tables != NULL);
        tables->loop = loop;
        tables->timeout_ms = timeout_ms;
        if (program[0] != '\0') {
                (void)snprintf(tables->program, sizeof(tables->program), "%s", program);
                return tables;
        }
        char self[PATH_MAX - sizeof("/guichet-table")];
        size_t size = sizeof(self);
        require(uv_exepath(self, &size) == 0);
        (void)snprintf(tables->program, sizeof(tables->program), "%s/guichet-table", dirname(self));
        return tables;
}

void tables_free(struct tables *tables)
{
        if (tables == NULL)
                return;
        while (tables->jobs != NULL)
                table_drop(tables->jobs);
        free(tables);
}

enum table_refusal table_take(struct tables *tables, struct id account, struct table_job **ret)
{
        for (const struct table_job *job = tables->jobs; job != NULL; job = job->next)
                if (id_equal(job->account, account))
                        return TABLE_OWN_BUSY;
        if (tables->count == TABLES_MAX)
                return TABLE_ALL_BUSY;
        int file = memfd_create("list", MFD_CLOEXEC);
        if (file < 0)
                return TABLE_NO_MEMORY;
        struct table_job *job = calloc(1, sizeof(*job));
        require(job != NULL);
        job->tables = tables;
        job->account = account;
        job->file = file;
        job->next = tables->jobs;
        tables->jobs = job;
        tables->count++;
        *ret = job;
        return TABLE_TAKEN;
}

int table_file(const struct table_job *job)
{
        return job->file;
}

static void close_file(struct table_job *job)
{
        if (job->file >= 0)
                (void)close(job->file);
        job->file = -1;
}

static void let_go(struct table_job *job)
{
        if (job->handles_open > 0 || job->tables != NULL)
                return;
        free(job->text);
        free(job);
}

static void on_closed(uv_handle_t *handle)
{
        struct table_job *job = handle->data;
        job->handles_open--;
        let_go(job);
}

static void close_handle(uv_handle_t *handle)
{
        if (handle->data != NULL && !uv_is_closing(handle))
                uv_close(handle, on_closed);
}

/* The child, and what it has started: it leads a group of its own. */
static void end_child(const struct table_job *job)
{
        if (!job->runs)
                return;
        require(job->process.pid > 1); /* or the group would be everybody */
        (void)uv_kill(-job->process.pid, SIGKILL);
}

void table_drop(struct table_job *job)
{
        struct tables *tables = job->tables;
        struct table_job **link = &tables->jobs;
        while (*link != job)
                link = &(*link)->next;
        *link = job->next;
        tables->count--;
        job->tables = NULL;
        job->done = NULL;
        end_child(job);
        close_file(job);
        close_handle((uv_handle_t *)&job->timer);
        close_handle((uv_handle_t *)&job->pipe);
        close_handle((uv_handle_t *)&job->process);
        let_go(job);
}

/* ---- what the child says */

/* One JSON object that begins as a table does, to its last bracket, and a line end: in UTF-8. */
static bool is_table(struct slice text)
{
        return text.size > 0 && text.data[text.size - 1] == '\n' &&
               slice_starts_with(text, slice_of_text("{\"table\":{\"encoding\":")) &&
               json_scan_value(text, false) == text.size - 1 && utf8_valid((const char *)text.data, text.size);
}

static bool is_words(struct slice text)
{
        return text.size > 0 && text.size <= NO_LIST_BYTES_MAX && memchr(text.data, '\0', text.size) == NULL &&
               utf8_valid((const char *)text.data, text.size);
}

static enum table_outcome outcome_of(const struct table_job *job)
{
        struct slice text = slice_of(job->text, job->size);
        if (job->late || job->number == SIGXCPU)
                return TABLE_LATE;
        if (job->number == 0 && !job->too_much && job->code == 0 && is_table(text))
                return TABLE_READ;
        if (job->number == 0 && !job->too_much && job->code == NO_LIST_CODE && is_words(text))
                return TABLE_NO_LIST;
        return TABLE_BROKEN;
}

/* Its last word is there, and it is gone. */
static void finish(struct table_job *job)
{
        table_done_f done = job->done;
        if (job->runs || !job->ended || done == NULL)
                return;
        enum table_outcome outcome = outcome_of(job);
        if (outcome == TABLE_LATE || outcome == TABLE_BROKEN)
                log_line(LOG_WARN, "table", "%s: code %d, signal %d, %zu bytes%s", job->tables->program, (int)job->code,
                         job->number, job->size, job->late ? ", late" : "");
        job->done = NULL;
        done(job->argument, outcome, slice_of(job->text, job->size));
}

static void on_ended(uv_process_t *process, int64_t code, int number)
{
        struct table_job *job = process->data;
        job->runs = false;
        job->code = code;
        job->number = number;
        close_handle((uv_handle_t *)process);
        close_handle((uv_handle_t *)&job->timer);
        finish(job);
}

static void end_output(struct table_job *job)
{
        job->ended = true;
        close_handle((uv_handle_t *)&job->pipe);
}

static void on_deadline(uv_timer_t *timer)
{
        struct table_job *job = timer->data;
        job->late = true;
        end_child(job);
        end_output(job); /* whoever else still holds it */
        finish(job);
}

static void on_room(uv_handle_t *handle, size_t wanted, uv_buf_t *ret)
{
        struct table_job *job = handle->data;
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
        struct table_job *job = stream->data;
        (void)buffer;
        if (size > 0)
                job->size += (size_t)size;
        job->too_much = job->too_much || job->size > LIMIT_TABLE_BYTES;
        if (size >= 0 && !job->too_much)
                return;
        if (job->too_much)
                end_child(job);
        end_output(job);
        finish(job);
}

/* ---- the child */

static int start(struct table_job *job)
{
        char *arguments[] = {job->tables->program, NULL};
        char path[] = "PATH=/usr/local/bin:/usr/bin:/bin", language[] = "LC_ALL=C.UTF-8";
        char *environment[] = {path, language, NULL};
        uv_stdio_container_t stdio[3] = {
                {.flags = UV_INHERIT_FD, .data.fd = job->file},
                {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE, .data.stream = (uv_stream_t *)&job->pipe},
                {.flags = UV_IGNORE},
        };
        const uv_process_options_t options = {
                .exit_cb = on_ended,
                .file = job->tables->program,
                .args = arguments,
                .env = environment,
                .cwd = "/",
                .flags = UV_PROCESS_DETACHED, /* a group of its own, to be ended as one */
                .stdio_count = 3,
                .stdio = stdio,
        };
        job->process.data = job->pipe.data = job->timer.data = job;
        job->handles_open = 3;
        require(uv_pipe_init(job->tables->loop, &job->pipe, 0) == 0);
        require(uv_timer_init(job->tables->loop, &job->timer) == 0);
        /* Security: LMDB's, and those that whoever started us left open, are not for the child. */
        require(close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC) == 0);
        int err = uv_spawn(job->tables->loop, &job->process, &options);
        job->runs = err == 0;
        return err != 0 ? err : uv_read_start((uv_stream_t *)&job->pipe, on_room, on_output);
}

static void on_not_started(uv_timer_t *timer)
{
        struct table_job *job = timer->data;
        table_done_f done = job->done;
        job->done = NULL;
        done(job->argument, TABLE_NO_CHILD, slice_of(NULL, 0));
}

void table_read_file(struct table_job *job, table_done_f done, void *argument)
{
        job->done = done;
        job->argument = argument;
        require(lseek(job->file, 0, SEEK_SET) == 0);
        int err = start(job);
        close_file(job);
        if (err == 0) {
                require(uv_timer_start(&job->timer, on_deadline, job->tables->timeout_ms, 0) == 0);
                return;
        }
        log_line(LOG_ERROR, "table", "%s: %s", job->tables->program, uv_strerror(err));
        end_child(job);
        require(uv_timer_start(&job->timer, on_not_started, 0, 0) == 0);
}
