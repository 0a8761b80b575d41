/* cases: cases of control, newest first; of an obligation, a territory, a buyer; all, or those that are open.
 * Caller: facilitator, coordinator, auditor: all; buyer: those of its contracts; company: its own.
 * Refuses: INVALID_FIELD (territory, buyer_siret), NOT_ALLOWED. */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "common/service/page.h"
#include "services/contracts/control/control_views.h"
#include "services/contracts/control/ladder.h"
#include "services/contracts/control/listing.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

static Contracts__CaseView *view_of(const struct work *work, const Contracts__CasesRequest *query,
                                    const struct listing *listing, struct id id)
{
        struct loaded_control loaded;
        Contracts__ControlCase *record = control_case_find(work->txn, work->arena, id);
        if (record == NULL || (query->open_only && !case_is_open(record)))
                return NULL;
        const Contracts__ObligationRecorded *obligation =
                contracts_obligation_find(work->txn, work->arena, id_of(record->obligation_id));
        if (obligation == NULL || !listing_holds(work, listing, obligation) ||
            !loaded_control_read(work, obligation, &loaded))
                return NULL;
        return view_case(work, &loaded, record);
}

struct reply handle_cases(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__CasesRequest *query = (const Contracts__CasesRequest *)message;
        Contracts__CasesReply *reply = pb_new(&contracts__cases_reply__descriptor, work->arena);
        struct listing_query filter = {query->territory, query->buyer_siret, NULL};
        struct page page = page_begin(work, query->page, &reply->base);
        struct listing listing;
        struct refusal refusal;
        struct walk walk;
        struct id id;

        if (!listing_scope(work, &filter, &listing, &refusal))
                return reply_refusal(work, &refusal);
        if (id_is_zero(id_of(query->obligation_id)))
                control_walk_cases(work->txn, page.after, &walk);
        else
                control_walk_cases_of(work->txn, id_of(query->obligation_id), page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                Contracts__CaseView *view = view_of(work, query, &listing, id);
                if (view != NULL)
                        page_add(&page, view);
        }
        return page_reply(&page);
}
