/* taking_over.h: what becomes of hours that are taken over, against what is known already (taken_over.h has the
 * rules). Reads rows, records nothing: for the command, the list and its preview. All is in the work's arena. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_TAKING_OVER_H
#define SERVICES_CONTRACTS_OBLIGATIONS_TAKING_OVER_H

#include "services/contracts/obligations/loaded_obligation.h"
#include "services/contracts/obligations/taken_over.h"

struct taker;
struct taking_over {
        Contracts__HoursTakenOver *body; /* its lines: those that change something */
        char **warnings;                 /* French */
        size_t warning_count;
        struct hours more; /* than counted before */
        size_t at;         /* the place of the hours that are refused */
        struct taker *taker;
};

/* What one list tells of several obligations: a person's month is looked at over all of them. */
struct taking_overs {
        struct taking_over **list;
        size_t count;
};

/* As TakeOverHours tells them. */
struct hours_told {
        Contracts__HoursSoFar *const *list;
        size_t count;
};

/* `loaded`: of an obligation that is known, or is going to be recorded just before. False with *ret_refusal, which
 * names the field as TakeOverHours has it ("hours.month"), and ret->at. */
bool taking_over(const struct work *work, const struct loaded_obligation *loaded, const struct hours_told *told,
                 struct taking_over *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The same line by line, for a list whose rows are each taken or not. `beside`: of other obligations, which may grow
 * meanwhile; NULL: of none. */
void taking_over_begin(const struct work *work, const struct loaded_obligation *loaded,
                       const struct taking_overs *beside, struct taking_over *ret);
/* A line more in the body, also where it changes nothing. False with *ret_refusal: none. */
bool taking_over_line(struct taking_over *taking, const Contracts__HoursSoFar *told,
                      struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* The lines of the body from `count` on, and the warnings from `warnings` on, are not taken after all. */
void taking_over_leave_out(struct taking_over *taking, size_t count, size_t warnings);
/* The body is whole: lines that change nothing go, and what is posted is added. */
void taking_over_end(struct taking_over *taking);

/* Tracking tells of that month: the event by which what was taken over of it counts no more; NULL: nothing was. */
Contracts__TakenOverReplaced *taken_over_replaced(const struct work *work, const struct loaded_obligation *loaded,
                                                  struct month month, enum account account);

#endif
