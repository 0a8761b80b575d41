/* demo_actors.h: who gives each command of the demo region: of every department three facilitators by name, of every
 * organisation somebody of its own. Called by demo.c, by the rows of demo_phases.c. */
#ifndef SERVICES_CTL_DEMO_ACTORS_H
#define SERVICES_CTL_DEMO_ACTORS_H

#include "services/ctl/demo_plan.h"
#include "services/ctl/session.h"

enum { DEMO_FACILITATORS = 3 /* of a department */ };

/* A facilitator of the department: the same `n` is the same one. */
void demo_facilitator(const struct demo_plan *plan, const char *territory, size_t n, struct session_actor *ret);
/* Somebody who acts for an organisation of the plan, in a department. */
void demo_partner(const struct demo_plan *plan, Types__Role role, size_t organisation, const char *territory,
                  struct session_actor *ret);

/* As demo_phase.who. */
void who_keeps_organisation(const struct demo_plan *plan, size_t n, struct session_actor *ret);
void who_keeps_contract(const struct demo_plan *plan, size_t n, struct session_actor *ret);
void who_subscribes(const struct demo_plan *plan, size_t n, struct session_actor *ret);
void who_needs(const struct demo_plan *plan, size_t n, struct session_actor *ret);
void who_refers(const struct demo_plan *plan, size_t n, struct session_actor *ret);
void who_refers_again(const struct demo_plan *plan, size_t n, struct session_actor *ret);
void who_decides(const struct demo_plan *plan, size_t n, struct session_actor *ret);
void who_follows_placement(const struct demo_plan *plan, size_t n, struct session_actor *ret);
void who_makes_contact(const struct demo_plan *plan, size_t n, struct session_actor *ret);
void who_states(const struct demo_plan *plan, size_t n, struct session_actor *ret);
void who_validates(const struct demo_plan *plan, size_t n, struct session_actor *ret);
void who_keeps_invoice(const struct demo_plan *plan, size_t n, struct session_actor *ret);
void who_proposes(const struct demo_plan *plan, size_t n, struct session_actor *ret);
void who_sends(const struct demo_plan *plan, size_t n, struct session_actor *ret);
void who_answers(const struct demo_plan *plan, size_t n, struct session_actor *ret);

#endif
