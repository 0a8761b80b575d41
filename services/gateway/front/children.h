/* children.h: bytes that a child process of its own makes something of: a file that an account gave, read by
 * guichet-table (api_table.h); a document, printed by guichet-print (api_print.h). The child gets nothing but these
 * bytes: no environment, no descriptor, so much time and memory. At most one of an account and CHILDREN_MAX in all are
 * there at a time, from child_take() to child_drop(). What the child says is bounded and looked over, not parsed: it
 * goes to the one who asked.
 *
 * One thread: the loop's. */
#ifndef SERVICES_GATEWAY_FRONT_CHILDREN_H
#define SERVICES_GATEWAY_FRONT_CHILDREN_H

#include <uv.h>

#include "common/base/attr.h"
#include "common/base/id.h"
#include "common/base/slice.h"

enum { CHILDREN_MAX = 4 };

struct children;
struct child_job;

/* The program, and how long it may take. `path`: "" for the one named `beside`, beside this program; both borrowed. */
struct child_program {
        const char *path;
        const char *beside;
        uint64_t timeout_ms;
};
struct children *children_new(uv_loop_t *loop, const struct child_program *program);
/* Ends the children that are left; what waits for them is not told. The loop must run once more. Accepts NULL. */
void children_free(struct children *children);

enum child_refusal { CHILD_TAKEN, CHILD_OWN_BUSY, CHILD_ALL_BUSY, CHILD_NO_MEMORY };
/* A place for a file of the account, and the file, still empty. Given back by child_drop(). */
enum child_refusal child_take(struct children *children, struct id account, struct child_job **ret) ATTR_MUST_CHECK;
int child_file(const struct child_job *job);

/* What came of it. `text` lives until the callback is over. */
enum child_outcome {
        CHILD_DONE,        /* what is_answer() takes */
        CHILD_SAYS_NO,     /* exit code 1, and French: why, and what to do */
        CHILD_LATE,        /* ended at its deadline, or for the time that it took */
        CHILD_BROKEN,      /* it ended otherwise, or said what cannot be */
        CHILD_NOT_STARTED, /* it could not be started */
};
typedef void (*child_done_f)(void *argument, enum child_outcome outcome, struct slice text);
/* What the child is started for. */
struct child_task {
        const char *argument; /* NULL: none */
        size_t answer_max;    /* bytes */
        bool (*is_answer)(struct slice said);
};
/* Starts the child on the file; `task` lives until it is done. `done` is called once, later, unless the job is dropped
 * before. */
void child_start(struct child_job *job, const struct child_task *task, child_done_f done, void *argument);
void child_drop(struct child_job *job); /* its child, if any, is ended */

#endif
