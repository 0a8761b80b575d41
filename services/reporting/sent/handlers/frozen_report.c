/* FrozenReport: figures as they were sent, as they are today, and each change between. */
#include "reporting/calls.h"
#include "services/reporting/queries/consolidation.h"
#include "services/reporting/queries/statement.h"
#include "services/reporting/sent/changes.h"
#include "services/reporting/sent/figures.h"
#include "services/reporting/sent/sent_views.h"

static void tell_statement(struct work *work, const Reporting__ReportSent *sent, Reporting__FrozenReportReply *reply)
{
        reply->statement = sent->statement;
        reply->statement_today = statement_reply(work, sent->contract_id);
        reply->sent = figures_of_statement_reply(work->arena, reply->statement);
        reply->today = figures_of_statement_reply(work->arena, reply->statement_today);
        changes_of_statement(work, sent, reply);
}

static void tell_consolidation(struct work *work, const Reporting__ReportSent *sent,
                               Reporting__FrozenReportReply *reply)
{
        Reporting__ConsolidationRequest request = REPORTING__CONSOLIDATION_REQUEST__INIT;
        request.year = sent->year;
        request.territory = sent->territory;
        reply->consolidation = sent->consolidation;
        reply->consolidation_today = consolidation_reply(work, &request);
        reply->sent = figures_of_consolidation(work->arena, reply->consolidation);
        reply->today = figures_of_consolidation(work->arena, reply->consolidation_today);
        changes_of_consolidation(work, sent, reply);
}

struct reply handle_frozen_report(struct work *work, const ProtobufCMessage *message)
{
        const Reporting__FrozenReportRequest *query = (const void *)message;
        const Reporting__SentReportRow *row = sent_get(work->txn, id_of(query->report_id), work->arena);
        Reporting__FrozenReportReply *reply = pb_new(&reporting__frozen_report_reply__descriptor, work->arena);
        if (row == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "report_id",
                                    "Indiquez l'envoi dont vous voulez les chiffres (SentReports les liste).");
        reply->report = view_of_report(row, work->arena);
        if (row->sent->contract_id != NULL)
                tell_statement(work, row->sent, reply);
        else
                tell_consolidation(work, row->sent, reply);
        reply->text = text_of_report(reply, work->arena);
        return reply_ok(work, reply);
}
