/* child.h: one daemon under supervision: started, started again with a growing pause when it ends by itself, stopped.
 * Everything happens on the supervisor's loop. A daemon never outlives its supervisor (verb_child in child.c). */
#ifndef SERVICES_CTL_CHILD_H
#define SERVICES_CTL_CHILD_H

#include <stdbool.h>
#include <uv.h>

#include "common/service/topology.h"
#include "services/ctl/log_file.h"

enum child_state { CHILD_STARTING, CHILD_SERVING, CHILD_WAITING, CHILD_STOPPING, CHILD_STOPPED };

struct child {
        const struct instance *instance;
        const char *program; /* path of guichet-<service> */
        const char *topology;
        uv_loop_t *loop;
        void (*changed)(struct child *child); /* its state, its pid */
        void *owner;

        enum child_state state;
        char health[32]; /* what the daemon last said of itself */
        int pid;         /* 0: does not run */
        uint64_t started_ms;
        uint64_t pause_ms; /* before the next start */
        unsigned starts;
        char ended[96]; /* French: how it last ended */

        uv_process_t process;
        uv_pipe_t pipe;
        uv_timer_t timer;
        bool pipe_open;
        struct log_file log;
        char buffer[65536];
};

/* The caller has filled in the first six members. */
void child_open(struct child *child, const char *log_path);
void child_start(struct child *child);
void child_stop(struct child *child); /* SIGTERM; its end comes as a change of state */
void child_kill(struct child *child);
void child_close(struct child *child); /* once stopped; its journal is the owner's to close when the loop is done */
/* The daemon answered: runtime.HealthReply.state. */
void child_heard(struct child *child, const char *health);

#endif
