/* noted.h: figures that are noted as sent, and what is told of them. */
#ifndef TESTS_UNIT_SERVICES_REPORTING_SENT_NOTED_H
#define TESTS_UNIT_SERVICES_REPORTING_SENT_NOTED_H

#include "tests/unit/services/reporting/fixture.h"

static inline Reporting__NoteReportSent note_of_contract(struct fixture *f, uint32_t contract)
{
        Reporting__NoteReportSent note = REPORTING__NOTE_REPORT_SENT__INIT;
        note.contract_id = id_message(f, CONTRACT, contract);
        note.recipient = (char *)"Toulouse Métropole";
        return note;
}

static inline Reporting__NoteReportSent note_of_year(uint32_t year, const char *territory)
{
        Reporting__NoteReportSent note = REPORTING__NOTE_REPORT_SENT__INIT;
        note.year = year;
        note.territory = (char *)(uintptr_t)territory;
        note.recipient = (char *)"Région Occitanie";
        return note;
}

static inline const Types__Id *noted(struct fixture *f, const Reporting__NoteReportSent *note)
{
        const Reporting__NoteReportSentReply *reply = fixture_get(f, coordinator(f), "NoteReportSent", note);
        return reply->report_id;
}

static inline const Reporting__FrozenReportReply *frozen(struct fixture *f, const Types__Id *report)
{
        Reporting__FrozenReportRequest request = REPORTING__FROZEN_REPORT_REQUEST__INIT;
        request.report_id = (Types__Id *)(uintptr_t)report;
        return fixture_get(f, coordinator(f), "FrozenReport", &request);
}

static inline const Reporting__ReportChange *change_of(const Reporting__FrozenReportReply *reply, int32_t cause)
{
        for (size_t i = 0; i < reply->n_changes; i++)
                if ((int32_t)reply->changes[i]->cause == cause)
                        return reply->changes[i];
        return NULL;
}

static inline void withdraw(struct fixture *f, const Types__Id *report, const char *reason)
{
        Reporting__WithdrawSentReport command = REPORTING__WITHDRAW_SENT_REPORT__INIT;
        command.report_id = (Types__Id *)(uintptr_t)report;
        command.reason = (char *)(uintptr_t)reason;
        (void)fixture_get(f, coordinator(f), "WithdrawSentReport", &command);
}

#define CAUSE(name) REPORTING__CHANGE_CAUSE__##name

#endif
