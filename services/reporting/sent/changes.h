/* changes.h: what changed of figures since they were sent. Of a statement each event, read from the changes that lie
 * behind the positions it was noted at and reckoned forward from there; of a consolidation the sums of a month and a
 * cause, as they are today less as they were, and one line of persons. What was sent and what is given here make
 * together the figures of today: held over random histories by test_frozen_report.c. */
#ifndef SERVICES_REPORTING_SENT_CHANGES_H
#define SERVICES_REPORTING_SENT_CHANGES_H

#include "common/service/work.h"
#include "reporting/queries.pb-c.h"

/* What figures rest on, as it is now. In the event that keeps them. */
void changes_positions(struct work *work, Reporting__ReportSent *sent);
void changes_sums(struct work *work, Reporting__ReportSent *sent);

/* Fills in `changes`. */
void changes_of_statement(struct work *work, const Reporting__ReportSent *sent, Reporting__FrozenReportReply *reply);
void changes_of_consolidation(struct work *work, const Reporting__ReportSent *sent,
                              Reporting__FrozenReportReply *reply);

#endif
