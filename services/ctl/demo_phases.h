/* demo_phases.h: the demo region as commands, phase after phase. Each phase is a row: which command, how many, how to
 * make the n-th out of the plan, what to keep of its answer. demo.c sends them. */
#ifndef SERVICES_CTL_DEMO_PHASES_H
#define SERVICES_CTL_DEMO_PHASES_H

#include "common/base/arena.h"
#include "services/ctl/demo_plan.h"
#include "services/ctl/session.h"

struct demo_phase {
        const char *title; /* French; also what the idempotency keys are derived from */
        const char *method;
        size_t count;
        bool settle; /* what came before must be known everywhere */
        void (*who)(const struct demo_plan *plan, size_t n, struct session_actor *ret); /* gives the n-th */
        /* NULL: there is no n-th (an earlier command was refused). */
        const ProtobufCMessage *(*make)(const struct demo_plan *plan, size_t n, struct arena *arena);
        void (*took)(struct demo_plan *plan, size_t n, const ProtobufCMessage *body); /* may be NULL */
};

extern const struct demo_phase demo_phases[];
extern const size_t demo_phase_count;

#endif
