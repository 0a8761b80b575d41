/* sent_views.h: a note that figures were sent, as it is told, and as it is printed with the figures. */
#ifndef SERVICES_REPORTING_SENT_SENT_VIEWS_H
#define SERVICES_REPORTING_SENT_SENT_VIEWS_H

#include "common/base/arena.h"
#include "reporting/queries.pb-c.h"
#include "reporting/state.pb-c.h"

Reporting__SentReport *view_of_report(const Reporting__SentReportRow *row, struct arena *arena);

/* French: the figures then and now, and why they differ. Of a reply whose other fields are filled in. */
char *text_of_report(const Reporting__FrozenReportReply *reply, struct arena *arena);

#endif
