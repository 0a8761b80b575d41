/* jobs.h: what a daemon does when an instant comes (due.h): mails leave, deadlines are told. A kind of job is a row of
 * the daemon's spec; service.c runs them all. A job of a kind goes
 *
 *   due -> load()    loop thread, on a snapshot: all that run() needs, into the job's memory
 *       -> ask()     loop thread: what another daemon has to say first, where there is such a thing
 *       -> run()     a worker thread of libuv: may wait for others; touches nothing but its job
 *       -> record()  the writer thread: records what came of it as events of the service, whose apply() says what
 *                    becomes of the row: due_cancel(), due_again(), due_park(), due_set() for the next time
 *       -> settled() loop thread, after the commit
 *
 * and is free of all that a crash takes away: until its event is committed its row is still due. So run() happens at
 * least once, record() and what it records exactly once. What was moved or cancelled while it was under way is not
 * recorded: it runs again when it is due then, or not at all. A kind without run() goes straight from due to record(),
 * and so happens exactly once.
 *
 * Of one kind, what is due first is started first. The clock may jump: forward, what is due by it starts within
 * JOBS_LOOK_AGAIN_MS; back, nothing is done twice, and what waits goes on waiting. */
#ifndef COMMON_SERVICE_JOBS_H
#define COMMON_SERVICE_JOBS_H

#include <stdatomic.h>
#include <uv.h>

#include "common/service/backoff.h"
#include "common/service/due.h"
#include "common/service/work.h"

enum {
        JOBS_KINDS_MAX = 16,
        JOBS_AT_ONCE_MAX = 256,         /* of one kind */
        JOBS_LOOK_AGAIN_MS = 60 * 1000, /* while something waits, the clock is read this often at least */
        JOBS_RECORD_AGAIN_MS = 1000,    /* after a result could not be recorded (full disk) */
};

struct job_result {
        bool done;
        bool permanent;               /* not done, and no use to try again */
        char reason[DUE_REASON_SIZE]; /* "" where done; goes into events and the log: nothing personal in it */
};

/* One that is under way. */
struct job {
        struct due due;
        size_t slot;             /* 0 … at_once - 1: of its kind, nobody else has it meanwhile */
        struct arena arena;      /* its memory, from load() until it is settled */
        struct engine *engine;   /* not for run() */
        void *context;           /* what the service's start() made */
        const atomic_bool *quit; /* true: the daemon stops, run() should end within a second, whatever comes of it */
        void *data;              /* load()'s, for run() and record() */
        struct job_result result;
        struct verdict verdict; /* record(): of what is not done */
};

struct job_kind {
        uint8_t number;   /* in the keys of its rows: 1 …, never changed, never given to another kind */
        const char *name; /* in the log and in metrics: "mail" */
        uint32_t at_once; /* under way at the same time; those that run() share libuv's four threads with all others */
        struct backoff backoff;
        bool (*ready)(void *context); /* false: none is started, all wait (no mail server). NULL: always */
        uint32_t ready_again_ms;      /* how soon it is asked again; 0: not before something is committed */
        /* False: there is nothing to run, and the result says why. NULL: run() or record() need nothing. */
        bool (*load)(struct job *job, struct txn *txn);
        /* Calls `then` once, at once or later; where it has set a reason, the job ends there with that result. */
        void (*ask)(struct job *job, void (*then)(struct job *job));
        void (*run)(struct job *job); /* NULL: done as soon as it is due */
        /* It must record an event after which the row is not as it was: else it would be done for ever. What is done
         * may turn up as not done after all, and permanently: the event was larger than one may be. A batch may run
         * more than once before it is committed: nothing is kept but by recording. */
        void (*record)(struct work *work, const struct job *job);
        void (*settled)(const struct job *job); /* NULL: nobody wants to know */
};

/* Part of the service_spec: the kinds, and where what waits for them stands. */
struct job_kinds {
        const struct job_kind *const *kinds;
        size_t count;
        const struct due_tables *tables;
};

/* --- the runtime's side, loop thread ------------------------------------------------------------------------------ */

struct jobs_options {
        const struct job_kinds *kinds;
        struct engine *engine;
        uv_loop_t *loop;
        /* As service_write() does. */
        void (*write)(void *argument, void (*fn)(struct work *work, void *of), void (*done)(void *of, int err),
                      void *of);
        void *argument;
};

struct jobs;
struct jobs *jobs_new(const struct jobs_options *options) ATTR_MUST_CHECK; /* from here on, what is due starts */
void jobs_look(struct jobs *jobs);                                         /* something may be due: after commits */
/* Nothing more is started, and what no thread has begun is not begun. The loop must run until it is empty. */
void jobs_quit(struct jobs *jobs);
void jobs_free(struct jobs *jobs); /* accepts NULL; nothing may run */

struct job_figures {
        uint64_t done;
        uint64_t failed; /* attempts */
        uint32_t under_way;
};
struct job_figures jobs_figures(const struct jobs *jobs, uint8_t kind);
/* When it looks again by itself; 0: not before somebody asks, nothing waits. */
uint64_t jobs_look_in_ms(const struct jobs *jobs);
/* Lines of /metrics. */
char *jobs_metrics(const struct jobs *jobs, struct txn *txn, const char *instance, struct arena *arena);

#endif
