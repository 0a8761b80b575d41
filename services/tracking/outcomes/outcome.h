/* outcome.h: the rules on what becomes of a person at the end of a placement, six and twelve months later: when it may
 * be asked and by when it must, what may be recorded, and what an answer replaces. Pure: no store, no clock. Called by
 * handlers, and by apply for the days. */
#ifndef SERVICES_TRACKING_OUTCOMES_OUTCOME_H
#define SERVICES_TRACKING_OUTCOMES_OUTCOME_H

#include "common/base/day.h"
#include "common/codec/refusal.h"
#include "services/tracking/placements/placement.h"
#include "tracking/outcomes.pb-c.h"

/* The three moments, in their order. */
enum { OUTCOME_MOMENTS = 3 };
extern const Tracking__OutcomeMoment outcome_moments[OUTCOME_MOMENTS];

/* The day of a moment: months after the end, which are in its name and in no rule. */
struct day outcome_day(struct day ended_on, Tracking__OutcomeMoment at);
const Tracking__OutcomeMomentRule *outcome_rule(const Tracking__OutcomesVersion *rules, Tracking__OutcomeMoment at);

/* Nothing recorded is no answer, nor is it that nobody was reached. */
bool outcome_is_told(const Tracking__OutcomeRow *row);
/* Is it still to be asked? `exit`: the row of the end. Of who has withdrawn, nothing more is. */
bool outcome_is_due(const Tracking__OutcomeRow *row, const Tracking__OutcomeRow *exit, Tracking__OutcomeMoment at);

Tracking__OutcomeView *outcome_view(struct arena *arena, Tracking__OutcomeMoment at, const Tracking__OutcomeRow *row);

struct outcome_telling {
        const Tracking__RecordOutcome *command;
        const Tracking__OutcomesVersion *rules;
        const struct placement *placement;
        const Tracking__OutcomeRow *before; /* NULL: none */
        struct day today;
};
bool outcome_may_be_told(const struct outcome_telling *telling, struct refusal *ret) ATTR_MUST_CHECK;
/* Not reached, and to be tried again. */
bool outcome_goes_on(const struct outcome_telling *telling);

/* Why something is corrected: said, and without a social security number. */
bool correction_is_sound(const char *correction, struct refusal *ret) ATTR_MUST_CHECK;

#endif
