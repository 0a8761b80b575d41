/* Figures beside lines in the answers of tracking. */
#include "common/base/attr.h"
#include "tests/integration/totals/totals.h"

static struct figure figures[] = {
        NO_SUM("tracking.MonthLine", "before", OF_THING),
        NO_SUM("tracking.MonthLine", "before_training", OF_THING),
        NO_SUM("tracking.MonthLine", "submitted", OF_THING),
        NO_SUM("tracking.MonthLine", "training", OF_THING),
        NO_SUM("tracking.MonthLine", "counted", OF_THING),
        NO_SUM("tracking.MonthLine", "validated", OF_THING),
        NO_SUM("tracking.MonthLine", "version", IN_THE_LOG),
        NO_SUM("tracking.HoursSplitView", "hours", OF_THING), /* of all parts; the reader may know of some alone */
        NO_SUM("tracking.PlacementView", "weekly_hours", OF_THING),
        NO_SUM("tracking.PlacementView", "version", IN_THE_LOG),
        NO_SUM("tracking.PlacementView", "link_version", IN_THE_LOG),
        NO_SUM("tracking.ProposalView", "version", IN_THE_LOG),
        NO_SUM("tracking.EvidenceView", "version", IN_THE_LOG),
        NO_SUM("tracking.EligibilityView", "version", IN_THE_LOG),
        NO_SUM("tracking.ContactLine", "version", IN_THE_LOG),
        NO_SUM("tracking.ActionLine", "hours", OF_THING),
        NO_SUM("tracking.ActionLine", "version", IN_THE_LOG),
};

struct figures figures_of_tracking(void)
{
        return (struct figures){figures, ARRAY_SIZE(figures)};
}
