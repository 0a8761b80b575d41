/* proposals.c: one proposal, and lists of them: those that the actor may see, in the order in which they were made: no
 * other order, for all are treated alike. */
#include <stdlib.h>
#include <string.h>

#include "common/codec/pb.h"
#include "common/service/page.h"
#include "services/tracking/copies/contract_scope.h"
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/proposals/proposal_view.h"
#include "services/tracking/proposals/proposals_access.h"
#include "services/tracking/proposals/proposals_rows.h"
#include "services/tracking/proposals/recording.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

/* ProposalById: with its steps, for those who follow the person. */
struct reply handle_proposal_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ProposalById *query = (const Tracking__ProposalById *)message;
        struct id id = id_of(query->proposal_id);
        const Tracking__ProposalRow *row = tracking_proposal(work->txn, id, work->arena);
        return row == NULL ? reply_no_proposal(work) : reply_ok(work, view_of_whole_proposal(work, id, row));
}

/* The shortest list that holds all that may be shown. */
static void walk_by(const struct work *work, const Tracking__ProposalsRequest *query, struct slice after,
                    struct walk *ret)
{
        const Tracking__NeedCopy *need =
                query->need_id == NULL ? NULL : tracking_need(work->txn, id_of(query->need_id), work->arena);
        if (query->need_id != NULL) /* Security: one that is not known is walked like one that has none */
                proposals_walk(work->txn, LIST_PROPOSALS_OF_OBLIGATION,
                               key_of_id(need == NULL ? (struct id){0} : id_of(need->obligation_id)), after, ret);
        else if (scope_is_watcher(work->actor))
                proposals_walk(work->txn, LIST_PROPOSALS, key_empty(), after, ret);
        else
                proposals_walk(work->txn, LIST_PROPOSALS_OF_ORGANISATION, key_of_id(id_of(work->actor->organisation)),
                               after, ret);
}

static bool passes(const Tracking__ProposalsRequest *query, const Tracking__ProposalRow *row)
{
        return (query->need_id == NULL || id_equal(id_of(query->need_id), id_of(row->need_id))) &&
               (!query->open_only || proposal_is_open(row));
}

static void add_one(const struct work *work, const Tracking__ProposalsRequest *query, struct id id, struct page *page)
{
        const Tracking__ProposalRow *row = tracking_proposal(work->txn, id, work->arena);
        if (row != NULL && passes(query, row) && proposal_may_be_seen(work, row)) /* Security */
                page_add(page, view_of_proposal(work, id, row));
}

/* ---- a person's, by whichever of her files */

static int compare_ids(const void *a, const void *b)
{
        return memcmp(a, b, sizeof(struct id));
}

static struct proposal_ids of_person(const struct work *work, struct id beneficiary)
{
        struct files files = identity_files(work->txn, beneficiary);
        struct proposal_ids all = {0};
        for (size_t i = 0; i < files.count; i++) {
                struct proposal_ids of_file =
                        proposals_of(work->txn, LIST_PROPOSALS_OF_BENEFICIARY, files.at[i], work->arena);
                for (size_t n = 0; n < of_file.count; n++) {
                        all.at = pb_append(all.at, &all.count, sizeof(*all.at), work->arena);
                        all.at[all.count - 1] = of_file.at[n];
                }
        }
        if (all.count > 0)
                qsort(all.at, all.count, sizeof(*all.at), compare_ids);
        return all;
}

static void add_of_person(const struct work *work, const Tracking__ProposalsRequest *query, struct page *page)
{
        /* Security: a company that knows a person's number from elsewhere must not learn by it who is proposed. */
        if (proposal_is_partner(work->actor))
                return;
        struct proposal_ids ids = of_person(work, id_of(query->beneficiary_id));
        for (size_t i = 0; i < ids.count; i++) {
                if (page->after.size != 0 && memcmp(&ids.at[i], page->after.data, sizeof(struct id)) <= 0)
                        continue;
                if (!page_goes_on(page, id_slice(&ids.at[i])))
                        return;
                add_one(work, query, ids.at[i], page);
        }
}

struct reply handle_proposals(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ProposalsRequest *query = (const Tracking__ProposalsRequest *)message;
        Tracking__ProposalsReply *reply = pb_new(&tracking__proposals_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;
        struct id id;

        if (query->beneficiary_id != NULL) {
                if (page.after.size != 0 && page.after.size != sizeof(struct id))
                        return page_refuse(work);
                add_of_person(work, query, &page);
                return page_reply(&page);
        }
        walk_by(work, query, page.after, &walk);
        while (page_next(&page, &walk, &id))
                add_one(work, query, id, &page);
        return page_reply(&page);
}
