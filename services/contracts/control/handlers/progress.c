/* progress: how far obligations are against the time that has passed, worst first; of a territory, a buyer, a company.
 * Where there are more than can be ranked in one query, they come in parts, the oldest obligations first, each with its
 * worst first: a page's `next` goes on through a part and then to the part behind it.
 * Caller: facilitator, coordinator, auditor: all; buyer: those of its contracts; company: its own.
 * Refuses: INVALID_FIELD (territory, buyer_siret), NOT_ALLOWED. */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include <stdlib.h>
#include <string.h>

#include "common/service/page.h"
#include "services/contracts/control/control_views.h"
#include "services/contracts/control/listing.h"
#include "services/contracts/control/pace_rows.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

enum { LINE_ROWS = 16 }; /* what a line may take, at most */

struct ranked {
        uint32_t rank;
        struct id id;
};
/* A part of the list. */
struct ranking {
        struct ranked *lines;
        size_t count;
        struct slice end; /* where the next part begins after; empty: this is the last */
};

static int worst_first(const void *a, const void *b)
{
        const struct ranked *left = a, *right = b;
        if (left->rank != right->rank)
                return left->rank < right->rank ? -1 : 1;
        return memcmp(left->id.b, right->id.b, sizeof(left->id.b));
}

/* Whether the walk that was chosen (listing_walk()) and the short row tell that it is of this list and visible. */
static bool is_told(const struct listing *listing, const struct pace_figures *figures)
{
        bool by_buyer = listing->buyer_siret[0] != '\0', by_organisation = !id_is_zero(listing->organisation);
        bool by_territory = *listing->territory != '\0';
        return !figures->is_private && by_buyer + by_organisation + by_territory <= 1;
}

/* Security: of a private contract, or where several filters meet, the rows themselves are asked. */
static bool holds(const struct work *work, const struct listing *listing, const struct pace_figures *figures,
                  struct id id)
{
        bool is_other_buyers = listing->buyer_siret[0] != '\0' &&
                               strcmp(listing->buyer_siret, figures->buyer_siret) != 0; /* or it is a member */
        if (!is_other_buyers && is_told(listing, figures))
                return true;
        txn_look_short(work->txn, false);
        const Contracts__ObligationRecorded *obligation = contracts_obligation_find(work->txn, work->arena, id);
        bool is_held = obligation != NULL && listing_holds(work, listing, obligation);
        txn_look_short(work->txn, true);
        return is_held;
}

static void rank(const struct work *work, struct pace_figures *figures, struct id id, struct ranking *ranking)
{
        span_on(&figures->span, work->today);
        const Contracts__ControlRulesVersion *rules = rules_on(work, DATED_CONTROL, work->today);
        struct pace pace =
                pace_of(&figures->hours, figures->has_span ? &figures->span : NULL, work->today, rules->light);
        ranking->lines = pb_append(ranking->lines, &ranking->count, sizeof(*ranking->lines), work->arena);
        ranking->lines[ranking->count - 1] = (struct ranked){pace_rank(&pace), id};
}

/* It ends as a page without lines does. */
static void rank_part(const struct work *work, const struct listing *listing, struct page *page,
                      struct ranking *ranking)
{
        bool all = listing->buyer_siret[0] == '\0' && id_is_zero(listing->organisation) && *listing->territory == '\0';
        struct pace_figures figures;
        struct walk walk;
        struct id id;

        txn_look_short(work->txn, true);
        if (all)
                pace_rows_walk(work->txn, page->after, &walk);
        else
                listing_walk(work, listing, page->after, &walk);
        while (page_next(page, &walk, &id)) {
                if (all)
                        pace_row_read(walk.scan.value, &figures);
                if ((all || pace_row_find(work->txn, id, &figures)) && holds(work, listing, &figures, id))
                        rank(work, &figures, id, ranking);
        }
        txn_look_short(work->txn, false);
        if (page->has_more)
                ranking->end = page->last;
        page->has_more = false;
        if (ranking->count > 1)
                qsort(ranking->lines, ranking->count, sizeof(*ranking->lines), worst_first);
}

/* ---- the cursor: rank and id of the last line (zero: none of the part yet), and where the part begins */

enum { CURSOR_HEAD = sizeof(uint32_t) + sizeof(struct id) };

static struct slice head_of(const struct work *work, const struct ranked *line)
{
        struct key key = key_empty();
        key_u32(&key, line->rank);
        key_id(&key, line->id);
        return arena_copy_slice(work->arena, key_slice(&key));
}

/* The first line after the page before. */
static size_t first_line(const struct ranking *ranking, const struct ranked *last)
{
        size_t i = 0;
        if (id_is_zero(last->id))
                return 0;
        while (i < ranking->count && worst_first(&ranking->lines[i], last) <= 0)
                i++;
        return i;
}

static void add_line(const struct work *work, struct id id, struct page *page)
{
        struct loaded_control loaded;
        const Contracts__ObligationRecorded *obligation = contracts_obligation_find(work->txn, work->arena, id);
        if (obligation == NULL || !loaded_control_read(work, obligation, &loaded))
                return;
        page_add(page, view_progress(work, &loaded));
}

struct reply handle_progress(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ProgressRequest *query = (const Contracts__ProgressRequest *)message;
        Contracts__ProgressReply *reply = pb_new(&contracts__progress_reply__descriptor, work->arena);
        struct listing_query filter = {query->territory, query->buyer_siret, query->contractor_organisation};
        struct page page = page_begin(work, query->page, &reply->base);
        struct slice head = page_head(&page, CURSOR_HEAD);
        struct ranked last = {0, {{0}}};
        struct ranking ranking = {NULL, 0, {NULL, 0}};
        struct listing listing;
        struct refusal refusal;

        if (!listing_scope(work, &filter, &listing, &refusal))
                return reply_refusal(work, &refusal);
        if (head.size > 0)
                last = (struct ranked){key_read_u32(head, 0), key_read_id(head, sizeof(uint32_t))};
        rank_part(work, &listing, &page, &ranking);
        size_t i = first_line(&ranking, &last), first = i;
        for (; i < ranking.count && !page_is_full(&page); i++) {
                if (i > first && txn_rows_left(work->txn) < LINE_ROWS)
                        break;
                add_line(work, ranking.lines[i].id, &page);
        }
        if (i < ranking.count) {
                page.head = head_of(work, &ranking.lines[i - 1]);
                page_end_behind(&page, page.after);
        } else if (ranking.end.size > 0) {
                page.head = head_of(work, &(struct ranked){0, {{0}}});
                page_end_behind(&page, ranking.end);
        }
        return page_reply(&page);
}
