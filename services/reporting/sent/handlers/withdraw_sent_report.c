/* WithdrawSentReport: what was noted as sent was not, or was something else. Emits SentReportWithdrawn: it stays
 * listed. Refuses what is withdrawn already, and a day before it was sent. */
#include "common/base/french.h"
#include "reporting/calls.h"
#include "services/reporting/store.h"

struct reply handle_withdraw_sent_report(struct work *work, const ProtobufCMessage *message)
{
        const Reporting__WithdrawSentReport *command = (const void *)message;
        const Reporting__SentReportRow *row = sent_get(work->txn, id_of(command->report_id), work->arena);
        Reporting__SentReportWithdrawn withdrawn = REPORTING__SENT_REPORT_WITHDRAWN__INIT;
        if (row == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "report_id",
                                    "Indiquez l'envoi à retirer (SentReports les liste).");
        if (row->withdrawn != NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "report_id",
                                    "Cet envoi est déjà retiré, depuis le %s.",
                                    french_day(work->arena, day_of(row->withdrawn->withdrawn_on)));
        withdrawn.report_id = command->report_id;
        withdrawn.reason = command->reason;
        withdrawn.withdrawn_on =
                command->withdrawn_on != NULL ? command->withdrawn_on : day_to(work->arena, work->today);
        if (withdrawn.withdrawn_on->days < row->sent->sent_on->days)
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "withdrawn_on",
                                    "L'envoi est du %s : il ne peut être retiré avant.",
                                    french_day(work->arena, day_of(row->sent->sent_on)));
        work_record(work, &withdrawn.base);
        return reply_ok(work, pb_new(&reporting__withdraw_sent_report_reply__descriptor, work->arena));
}
