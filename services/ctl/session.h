/* session.h: a verb's connection to the network of a run directory: its topology, a link with the keys of "ctl", and
 * who acts. What cannot be opened is told on standard error, in French. */
#ifndef SERVICES_CTL_SESSION_H
#define SERVICES_CTL_SESSION_H

#include <stdbool.h>

#include "common/clients/link.h"
#include "services/ctl/verb.h"

struct session {
        struct topology *topology;
        struct link *link;
        const char *user; /* whose name the events keep; NULL: "guichetctl" */
};

bool session_topology(const char *directory, struct topology **ret) ATTR_MUST_CHECK; /* without a link */
bool session_open(const char *directory, uint32_t timeout_ms, struct session *ret) ATTR_MUST_CHECK;
void session_close(struct session *session); /* accepts a zeroed one */

/* Acts as `role` for an organisation (NULL: none) in `territories` ("31,82"; "*": everywhere). */
void session_act(struct session *session, Types__Role role, const struct id *organisation, const char *territories);

/* Somebody in particular, by name: as whom one of many commands is given (pipeline.h). */
enum { SESSION_NAME_SIZE = 96 };
struct session_actor {
        Types__Role role;
        struct id organisation; /* zero: none */
        char territories[8];    /* one, or "*" */
        char user[SESSION_NAME_SIZE];
};
void session_act_as(struct session *session, const struct session_actor *actor);

/* FACILITATOR, facilitator, facilitateur, OPERATOR… False where it is no role. */
bool role_parse(const char *text, Types__Role *ret);
/* "« --as X » : ce rôle n'existe pas ; …", with the one that was meant, or with all. Returns CTL_MISUSED. */
int role_unknown(const struct verb *verb, const char *text);

/* A call that must succeed: the reply, or NULL after its refusal or failure was told. */
const void *session_call(struct session *session, const char *method, const void *request, const struct id *key,
                         struct arena *arena) ATTR_MUST_CHECK;
int refusal_exit(const Types__Refusal *refusal); /* the exit code that says what it was */
/* Tells a refusal as session_call() does. */
void session_refused(const char *method, const Types__Refusal *refusal);

#endif
