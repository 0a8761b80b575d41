#include "reporting/calls.h"
#include "services/reporting/store.h"

void apply_report_sent(const struct change *change, const Reporting__ReportSent *report_sent)
{
        Reporting__SentReportRow row = REPORTING__SENT_REPORT_ROW__INIT;
        row.sent = (Reporting__ReportSent *)(uintptr_t)report_sent;
        row.noted_at = instant_to(change->arena, change->event->at_ms);
        row.noted_by = (char *)(uintptr_t)change->event->user;
        sent_put(change->txn, id_of(report_sent->report_id), &row, change->arena);
}

void apply_sent_report_withdrawn(const struct change *change,
                                 const Reporting__SentReportWithdrawn *sent_report_withdrawn)
{
        struct id id = id_of(sent_report_withdrawn->report_id);
        Reporting__SentReportRow *row = sent_get(change->txn, id, change->arena);
        if (row == NULL)
                return; /* none is withdrawn that was not noted: same log */
        row->withdrawn = (Reporting__SentReportWithdrawn *)(uintptr_t)sent_report_withdrawn;
        row->withdrawn_by = (char *)(uintptr_t)change->event->user;
        sent_put(change->txn, id, row, change->arena);
}
