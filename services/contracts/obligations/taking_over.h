/* taking_over.h: what becomes of hours that are taken over, against what is known already (taken_over.h has the
 * rules). Reads rows, records nothing: for the command, the list and its preview. All is in the work's arena. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_TAKING_OVER_H
#define SERVICES_CONTRACTS_OBLIGATIONS_TAKING_OVER_H

#include "services/contracts/obligations/loaded_obligation.h"
#include "services/contracts/obligations/taken_over.h"

struct taking_over {
        Contracts__HoursTakenOver *body; /* its lines: those that change something */
        char **warnings;                 /* French */
        size_t warning_count;
        struct hours more; /* than counted before */
        size_t at;         /* the place of the hours that are refused */
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

/* Tracking tells of that month: the event by which what was taken over of it counts no more; NULL: nothing was. */
Contracts__TakenOverReplaced *taken_over_replaced(const struct work *work, const struct loaded_obligation *loaded,
                                                  struct month month, enum account account);

#endif
