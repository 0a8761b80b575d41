#include "common/service/writer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/base/limits.h"
#include "common/base/log.h"
#include "common/base/require.h"
#include "common/service/guard.h"

/* A command weighs more than an event that is copied: a batch is bounded by time, and weight stands for it. */
enum { WEIGHT_COMMAND = 16, WEIGHT_EVENT = 1, WEIGHT_MAX = LIMIT_BATCH_COMMANDS * WEIGHT_COMMAND };

struct list {
        struct item *first;
        struct item **end; /* where the next one is hung; NULL: empty and never used */
};

struct writer {
        struct engine *engine;
        writer_done_f done;
        void *argument;
        uv_async_t wake_loop;
        pthread_t thread;
        pthread_mutex_t lock; /* of the two lists and the flags below */
        pthread_cond_t wake_writer;
        struct list waiting;
        struct list finished;
        bool sleeping;
        bool stopping;
        atomic_size_t waiting_count, waiting_bytes;
        atomic_uint_fast64_t commit_us;
        atomic_bool full;
};

static void list_add(struct list *list, struct item *first, struct item **end)
{
        if (list->first == NULL)
                list->first = first;
        else
                *list->end = first;
        list->end = end;
}

static size_t weight_of(const struct item *item)
{
        return item->kind == ITEM_EVENTS ? item->event_count * WEIGHT_EVENT : WEIGHT_COMMAND;
}

/* Cuts a batch off the waiting list: at least one item, at most WEIGHT_MAX. */
static struct item *cut_batch(struct writer *writer, struct item ***ret_end)
{
        struct item *first = writer->waiting.first;
        struct item *last = first;
        size_t weight = weight_of(first), count = 1, bytes = first->queued_bytes;
        while (last->next != NULL && weight + weight_of(last->next) <= WEIGHT_MAX) {
                last = last->next;
                weight += weight_of(last);
                bytes += last->queued_bytes;
                count++;
        }
        writer->waiting.first = last->next;
        last->next = NULL;
        writer->waiting_count -= count;
        writer->waiting_bytes -= bytes;
        *ret_end = &last->next;
        return first;
}

static void run(struct writer *writer, struct item *items)
{
        struct err_info info = {0};
        struct world *world = engine_world(writer->engine);
        uint64_t start_us = world->monotonic_us(world), commits = engine_figures(writer->engine).commits;
        int err = engine_run(writer->engine, items, &info);

        writer->commit_us += world->monotonic_us(world) - start_us;
        bool full = err == ERR_DISK_FULL || err == ERR_MAP_FULL;
        if (err != 0 && !full) {
                log_line(LOG_ERROR, "commit.failed",
                         "%s (%s): durability is in doubt, stopping. Where it comes again: "
                         "`guichetctl verify`, and put a damaged store back (`guichetctl restore --help`)",
                         info.text, err_name(err));
                _exit(EXIT_STORE); /* the supervisor starts it again; those who asked will ask again with the same key
                                    */
        }
        if (!full && engine_figures(writer->engine).commits == commits)
                return; /* refusals, repeats: they needed no disk and tell nothing of it */
        if (full != writer->full)
                log_line(full ? LOG_ERROR : LOG_INFO, full ? "store.full" : "store.recovered", "%s",
                         full ? info.text : "writing again");
        writer->full = full;
}

static void *write_until_stopped(void *argument)
{
        struct writer *writer = argument;
        (void)pthread_mutex_lock(&writer->lock);
        for (;;) {
                while (writer->waiting.first == NULL && !writer->stopping) {
                        writer->sleeping = true;
                        (void)pthread_cond_wait(&writer->wake_writer, &writer->lock);
                        writer->sleeping = false;
                }
                if (writer->waiting.first == NULL)
                        break;
                struct item **end;
                struct item *batch = cut_batch(writer, &end);
                (void)pthread_mutex_unlock(&writer->lock);
                run(writer, batch);
                (void)pthread_mutex_lock(&writer->lock);
                list_add(&writer->finished, batch, end);
                (void)uv_async_send(&writer->wake_loop);
        }
        (void)pthread_mutex_unlock(&writer->lock);
        return NULL;
}

static void deliver(struct writer *writer)
{
        (void)pthread_mutex_lock(&writer->lock);
        struct item *items = writer->finished.first;
        writer->finished.first = NULL;
        (void)pthread_mutex_unlock(&writer->lock);
        if (items != NULL)
                writer->done(writer->argument, items);
}

static void on_wake_loop(uv_async_t *handle)
{
        deliver(handle->data);
}

struct writer *writer_new(struct engine *engine, uv_loop_t *loop, writer_done_f done, void *argument)
{
        struct writer *writer = calloc(1, sizeof(*writer));
        require(writer != NULL);
        writer->engine = engine;
        writer->done = done;
        writer->argument = argument;
        require(uv_async_init(loop, &writer->wake_loop, on_wake_loop) == 0);
        writer->wake_loop.data = writer;
        require(pthread_mutex_init(&writer->lock, NULL) == 0);
        require(pthread_cond_init(&writer->wake_writer, NULL) == 0);
        require(pthread_create(&writer->thread, NULL, write_until_stopped, writer) == 0);
        return writer;
}

bool writer_push(struct writer *writer, struct item *item)
{
        if (writer->waiting_count >= LIMIT_QUEUE_COMMANDS || writer->waiting_bytes >= LIMIT_QUEUE_BYTES)
                return false;
        item->next = NULL;
        item->queued_bytes = arena_bytes(&item->arena);
        (void)pthread_mutex_lock(&writer->lock);
        list_add(&writer->waiting, item, &item->next);
        writer->waiting_count++;
        writer->waiting_bytes += item->queued_bytes;
        bool wake = writer->sleeping;
        (void)pthread_mutex_unlock(&writer->lock);
        if (wake)
                (void)pthread_cond_signal(&writer->wake_writer);
        return true;
}

static void on_closed(uv_handle_t *handle)
{
        struct writer *writer = handle->data;
        (void)pthread_cond_destroy(&writer->wake_writer);
        (void)pthread_mutex_destroy(&writer->lock);
        free(writer);
}

void writer_finish(struct writer *writer)
{
        (void)pthread_mutex_lock(&writer->lock);
        writer->stopping = true;
        (void)pthread_mutex_unlock(&writer->lock);
        (void)pthread_cond_signal(&writer->wake_writer);
        require(pthread_join(writer->thread, NULL) == 0);
        deliver(writer);
        uv_close((uv_handle_t *)&writer->wake_loop, on_closed);
}

size_t writer_waiting(const struct writer *writer)
{
        return writer->waiting_count;
}
uint64_t writer_commit_us(const struct writer *writer)
{
        return writer->commit_us;
}
bool writer_full(const struct writer *writer)
{
        return writer->full;
}
