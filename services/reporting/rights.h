/* rights.h: the table of rights of reporting. Run by the engine before any handler: what a handler then finds is the
 * actor's to read, or to change. */
#ifndef SERVICES_REPORTING_RIGHTS_H
#define SERVICES_REPORTING_RIGHTS_H

#include "common/service/rights.h"
#include "reporting/state.pb-c.h"

extern const struct rights reporting_rights;

/* How the one who acts stands to a note that figures were sent. For lists. */
enum standing report_standing(const struct work *work, const Reporting__SentReportRow *row);

#endif
