/* needs.c: what companies look for, as it is read.
 * needs: a page of it, newest first; of one territory, or of all.
 * Those still looked for, unless closed_too.
 * Caller: facilitator, coordinator, auditor, structure: all; prescriber: its territories; company, buyer: their own. */
#include "contracts/calls.h"
#include "services/contracts/needs/needs.h"

#include <string.h>

#include "common/service/page.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/needs/needs_access.h"
#include "services/contracts/needs/needs_rows.h"
#include "services/contracts/needs/needs_views.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

/* By the narrowest index that holds all that may be shown. */
static void walk_by(struct work *work, const Contracts__NeedsRequest *query, struct slice before, struct walk *ret)
{
        const Contracts__ObligationRecorded *obligation =
                query->obligation_id == NULL
                        ? NULL
                        : contracts_obligation_find(work->txn, work->arena, id_of(query->obligation_id));
        if (obligation != NULL)
                needs_walk_of_contract(work->txn, id_of(obligation->contract_id), before, ret);
        else
                needs_walk(work->txn, query->territory, before, ret);
}

static bool passes(const Contracts__NeedsRequest *query, const Contracts__NeedRow *row)
{
        return (query->closed_too || row->state == CONTRACTS__NEED_STATE__NEED_OPEN) &&
               (*query->territory == '\0' || strcmp(query->territory, row->need->territory) == 0) &&
               (query->obligation_id == NULL || id_equal(id_of(query->obligation_id), id_of(row->need->obligation_id)));
}

struct reply handle_needs(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__NeedsRequest *query = (const Contracts__NeedsRequest *)message;
        Contracts__NeedsReply *reply = pb_new(&contracts__needs_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;
        struct id id;

        walk_by(work, query, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                const Contracts__NeedRow *row = needs_find(work->txn, work->arena, id);
                /* Security: only what is theirs to see. */
                if (row != NULL && passes(query, row) && access_need(work, row->need))
                        page_add(&page, view_of_need(work, row));
        }
        return page_reply(&page);
}

/* need_by_id: one need, open or closed.
 * Caller: whoever may list it. */
struct reply handle_need_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__NeedById *query = (const Contracts__NeedById *)message;
        const Contracts__NeedRow *row = needs_find(work->txn, work->arena, id_of(query->need_id));

        if (row == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "need_id",
                                    "Ce besoin n'est pas connu : vérifiez son identifiant.");
        return reply_ok(work, view_of_need(work, row));
}
