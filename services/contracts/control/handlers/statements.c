/* statements.c: the statements of the calendar, as they come and as they do not. */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include <string.h>

#include "common/base/text.h"
#include "common/service/page.h"
#include "services/contracts/control/control_views.h"
#include "services/contracts/control/listing.h"
#include "services/contracts/control/loaded_control.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

/* record_statement: documents of a period came. What came before counts too; the rest is told as missing.
 * Caller: facilitator (of one of the obligation's territories), coordinator.  Emits: StatementReceived, or nothing
 * where nothing new came. Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (no plan), INVALID_FIELD (period_end,
 * received_on, documents). */
static bool check_documents(const Contracts__RecordStatement *command, const struct loaded_control *loaded,
                            const struct period *period, struct refusal *ret_refusal)
{
        char *const *wanted;
        size_t count = loaded_control_wanted(loaded, period, &wanted);
        for (size_t i = 0; i < command->n_documents; i++)
                if (!text_is_among(command->documents[i], wanted, count))
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "documents",
                                      "« %.40s » n'est pas attendu pour cette période par le plan de contrôle de la "
                                      "clause.",
                                      command->documents[i]);
        return true;
}

/* Whether the document is known to have come by that day: papers are entered in any order. */
static bool had_come(const Contracts__StatementRow *row, const char *document, const Types__Day *day)
{
        for (size_t i = 0; i < row->n_receipts; i++)
                if (row->receipts[i]->received_on->days <= day->days &&
                    text_is_among(document, row->receipts[i]->documents, row->receipts[i]->n_documents))
                        return true;
        return false;
}

/* What came, added to the row. False: all of it was known. */
static bool take_in(const struct work *work, const Contracts__RecordStatement *command, Contracts__StatementRow *row)
{
        bool is_new = false;
        for (size_t i = 0; i < command->n_documents; i++) {
                is_new = is_new || !had_come(row, command->documents[i], command->received_on);
                if (text_is_among(command->documents[i], row->documents, row->n_documents))
                        continue;
                row->documents = pb_append(row->documents, &row->n_documents, sizeof(char *), work->arena);
                row->documents[row->n_documents - 1] = command->documents[i];
        }
        return is_new;
}

struct reply handle_record_statement(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RecordStatement *command = (const Contracts__RecordStatement *)message;
        struct refusal refusal;
        struct loaded_control loaded;
        struct period period;

        if (!loaded_control_of_obligation(work, command->obligation_id, &loaded, &refusal) ||
            !loaded_control_period(&loaded, command->period_end, &period, &refusal) ||
            !day_follows(command->received_on, period.begin, "received_on", &refusal) ||
            !check_documents(command, &loaded, &period, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__StatementRow *row =
                control_statement_of(work->txn, work->arena, command->obligation_id, command->period_end);
        Contracts__StatementReceived body = CONTRACTS__STATEMENT_RECEIVED__INIT;
        bool is_new = take_in(work, command, row);
        body.n_missing = loaded_control_missing(&loaded, &period, row, work->arena, &body.missing);
        if (is_new) {
                body.documents = command->documents;
                body.n_documents = command->n_documents;
                body.obligation_id = loaded.obligation->obligation_id;
                body.contract_id = loaded.obligation->contract_id;
                body.period_end = command->period_end;
                body.received_on = command->received_on;
                work_record(work, &body.base);
        }
        Contracts__RecordStatementReply *reply = pb_new(&contracts__record_statement_reply__descriptor, work->arena);
        reply->missing = body.missing;
        reply->n_missing = body.n_missing;
        return reply_ok(work, reply);
}

/* late_statements: statements that are due and not complete, obligation by obligation; also those due soon.
 * Caller: facilitator, coordinator, auditor: all; buyer: those of its contracts; company: its own.
 * Refuses: INVALID_FIELD (territory, buyer_siret, within_days), NOT_ALLOWED. */
static void add_lines(const struct work *work, const struct loaded_control *loaded, struct day until, struct page *page)
{
        struct calendar calendar = calendar_begin(loaded->plan, &loaded->span);
        struct period period;

        while (calendar_next(&calendar, &period) && day_number(period.due) <= day_number(until)) {
                const Contracts__StatementRow *row = control_statement_find(
                        work->txn, work->arena, id_of(loaded->obligation->obligation_id), period.end);
                Contracts__StatementLine *line = view_statement(work, loaded, &period, row);
                if (line != NULL)
                        page_add(page, line);
        }
}

struct reply handle_late_statements(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__LateStatementsRequest *query = (const Contracts__LateStatementsRequest *)message;
        Contracts__LateStatementsReply *reply = pb_new(&contracts__late_statements_reply__descriptor, work->arena);
        struct listing_query filter = {query->territory, query->buyer_siret, NULL};
        struct page page = page_begin(work, query->page, &reply->base);
        /* Due today is not late yet: it is told with those that are due soon. */
        struct day until = day_of_number(day_number(work->today) + (int32_t)query->within_days -
                                         (query->within_days == 0 ? 1 : 0));
        struct listing listing;
        struct refusal refusal;
        struct loaded_control loaded;
        struct walk walk;
        struct id id;

        if (!listing_scope(work, &filter, &listing, &refusal))
                return reply_refusal(work, &refusal);
        listing_walk(work, &listing, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                const Contracts__ObligationRecorded *obligation = contracts_obligation_find(work->txn, work->arena, id);
                if (obligation != NULL && listing_holds(work, &listing, obligation) &&
                    loaded_control_read(work, obligation, &loaded) && loaded.plan != NULL && loaded.has_span &&
                    !loaded.is_quit)
                        add_lines(work, &loaded, until, &page);
        }
        return page_reply(&page);
}
