/* late_statements: statements that are due and not complete, obligation by obligation; also those due soon.
 * Caller: facilitator, coordinator, auditor: all; buyer: those of its contracts; company: its own.
 * Refuses: INVALID_FIELD (territory, buyer_siret, within_days), NOT_ALLOWED. */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "common/service/page.h"
#include "services/contracts/control/control_views.h"
#include "services/contracts/control/listing.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

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
