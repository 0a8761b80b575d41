/* wanted.h: what waits for whom, by the facts of a thing and the dated rules. Pure but for the copies that it reads:
 * the same facts, rules and day want the same. Called by planning.h. */
#ifndef SERVICES_NOTIFICATIONS_DEADLINES_WANTED_H
#define SERVICES_NOTIFICATIONS_DEADLINES_WANTED_H

#include "common/base/arena.h"
#include "common/base/days.h"
#include "common/store/store.h"
#include "services/notifications/deadlines/deadline_rules.h"
#include "services/notifications/deadlines/kinds.h"

/* Details that are no state of contracts or tracking. */
enum {
        WAIT_OF_COMPANY = 1,
        WAIT_OF_FACILITATOR = 2,
        WAIT_IN_DOUBT = 1,
        WAIT_OF_TERM = 1,
        WAIT_OF_TACIT_TERM = 2,
        WAIT_AFTER_OBSERVATIONS = 100,
};

struct wanting {
        struct txn *txn;
        struct arena *arena;
        const struct deadline_rules *rules;
        struct day today; /* asked only by what renews itself */
        struct id subject;
        const Notifications__FollowedThing *thing;
        const struct wait_kind *kind; /* whose turn it is */
        Notifications__Wait **waits;  /* what is wanted, in the arena */
        size_t count;
};

/* All that the thing has wait. */
void wanted_of(struct wanting *wanting);

/* The functions of the kinds. */
void want_decision(struct wanting *wanting);
void want_confirmation(struct wanting *wanting);
void want_renewal(struct wanting *wanting);
void want_step(struct wanting *wanting);
void want_contact(struct wanting *wanting);
void want_gone(struct wanting *wanting);
void want_tutor(struct wanting *wanting);
void want_outcomes(struct wanting *wanting);
void want_hours(struct wanting *wanting);
void want_hours_again(struct wanting *wanting);
void want_validation(struct wanting *wanting);
void want_placement_end(struct wanting *wanting);
void want_statement(struct wanting *wanting);
void want_progress(struct wanting *wanting);
void want_responsible(struct wanting *wanting);
void want_agreement(struct wanting *wanting);
void want_answer(struct wanting *wanting);
void want_questions_end(struct wanting *wanting);
void want_case(struct wanting *wanting);

/* --- for them --- */

/* `since` and, where the event or a rule of others tells it, `until`; else it follows from the kind's own rule. */
struct want {
        Types__Role role;
        const Types__Id *organisation; /* of whoever is no facilitator and no buyer */
        const char *territory, *siret;
        const Types__Id *thing;
        struct day since;
        const struct day *until;
        const struct day *shown; /* NULL: by the kind's rule */
        bool since_shown;        /* it waits since the day on which that rule shows it; `since`: any day before */
        const struct day *dropped;
        uint32_t detail;
        uint32_t part; /* tells apart those of one kind and thing: a month, a moment, a term */
        bool is_month; /* part: of hours */
        const char *label, *contract;
        bool is_private;
};
void wanted_add(struct wanting *wanting, const struct want *want);

#endif
