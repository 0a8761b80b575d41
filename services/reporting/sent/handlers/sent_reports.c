/* SentReports: what was sent of figures, newest first, withdrawn ones too. */
#include "common/service/page.h"
#include "reporting/calls.h"
#include "services/reporting/rights.h"
#include "services/reporting/sent/sent_views.h"
#include "services/reporting/store.h"

struct reply handle_sent_reports(struct work *work, const ProtobufCMessage *message)
{
        const Reporting__SentReportsRequest *query = (const void *)message;
        Reporting__SentReportsReply *reply = pb_new(&reporting__sent_reports_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct id contract = id_of(query->contract_id), id;
        struct walk walk;

        sent_walk(work->txn, query->contract_id == NULL ? NULL : &contract, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                const Reporting__SentReportRow *row = sent_get(work->txn, id, work->arena);
                /* Security: statements as their contract is seen, consolidations by whom they are open to. */
                if ((query->year == 0 || row->sent->year == query->year) &&
                    report_standing(work, row) != STANDING_UNKNOWN)
                        page_add(&page, view_of_report(row, work->arena));
        }
        return page_reply(&page);
}
