/* writer.h: the writer thread: the only one that writes the store. It takes all that waits, within a bound, and runs it
 * as one transaction. Between it and the loop thread there are two lists of items, and nothing else. */
#ifndef COMMON_SERVICE_WRITER_H
#define COMMON_SERVICE_WRITER_H

#include <uv.h>

#include "common/service/engine.h"

struct writer;

/* `done` comes on the loop thread with a list of items that were run, in their order; it frees them. */
typedef void (*writer_done_f)(void *argument, struct item *items);

struct writer *writer_new(struct engine *engine, uv_loop_t *loop, writer_done_f done, void *argument);
bool writer_push(struct writer *writer, struct item *item); /* false: the queue is full, the item is still yours */
/* Runs what waits, ends the thread, delivers what is done. Then run the loop until it is empty. */
void writer_finish(struct writer *writer);
size_t writer_waiting(const struct writer *writer);
uint64_t writer_commit_us(const struct writer *writer); /* time spent in transactions, since the start */
bool writer_full(const struct writer *writer);          /* the last batch met a full disk or map */

#endif
