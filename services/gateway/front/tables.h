/* tables.h: files that accounts give to be read, each by a child process of its own (guichet-table), which gets nothing
 * but the file: no environment, no descriptor, so much time and memory. At most one of an account and TABLES_MAX in all
 * are there at a time, from the head of the request to the end of the child. What the child says is bounded and looked
 * over, not parsed: it goes to the one who gave the file.
 *
 * One thread: the loop's. */
#ifndef SERVICES_GATEWAY_FRONT_TABLES_H
#define SERVICES_GATEWAY_FRONT_TABLES_H

#include <uv.h>

#include "common/base/attr.h"
#include "common/base/id.h"
#include "common/base/slice.h"

enum { TABLES_MAX = 4 };

struct tables;
struct table_job;

/* `program`: "" for guichet-table beside this program; borrowed. */
struct tables *tables_new(uv_loop_t *loop, const char *program, uint64_t timeout_ms);
/* Ends the children that are left; what waits for them is not told. The loop must run once more. Accepts NULL. */
void tables_free(struct tables *tables);

enum table_refusal { TABLE_TAKEN, TABLE_OWN_BUSY, TABLE_ALL_BUSY, TABLE_NO_MEMORY };
/* A place for a file of the account, and the file, still empty. Given back by table_drop(). */
enum table_refusal table_take(struct tables *tables, struct id account, struct table_job **ret) ATTR_MUST_CHECK;
int table_file(const struct table_job *job);

/* What came of it. `text` lives until the callback is over. */
enum table_outcome {
        TABLE_READ,     /* JSON (table/table_json.h) */
        TABLE_NO_LIST,  /* French: why, and what to do */
        TABLE_LATE,     /* ended at its deadline, or for the time that it took */
        TABLE_BROKEN,   /* it ended otherwise, or said what cannot be */
        TABLE_NO_CHILD, /* it could not be started */
};
typedef void (*table_done_f)(void *argument, enum table_outcome outcome, struct slice text);
/* Starts the child on the file. `done` is called once, later, unless the job is dropped before. */
void table_read_file(struct table_job *job, table_done_f done, void *argument);
void table_drop(struct table_job *job); /* its child, if any, is ended */

#endif
