/* progress: how far obligations are against the time that has passed, worst first; of a territory, a buyer, a company.
 * Caller: facilitator, coordinator, auditor: all; buyer: those of its contracts; company: its own.
 * Refuses: INVALID_FIELD (territory, buyer_siret; too many to be ranked), NOT_ALLOWED. */
#include "services/contracts/control/control.h"

#include <stdlib.h>
#include <string.h>

#include "services/contracts/control/control_views.h"
#include "services/contracts/control/listing.h"

/* Ranking reads all of them, some 20 µs each, on the thread that serves queries. */
enum { RANKED_MAX = 3000 };

struct ranked {
        uint32_t rank;
        struct id id;
};
struct ranking {
        struct ranked *lines;
        size_t count;
};

static int worst_first(const void *a, const void *b)
{
        const struct ranked *left = a, *right = b;
        if (left->rank != right->rank)
                return left->rank < right->rank ? -1 : 1;
        return memcmp(left->id.b, right->id.b, sizeof(left->id.b));
}

static bool rank_all(const struct work *work, const struct listing *listing, struct ranking *ret,
                     struct refusal *ret_refusal)
{
        const Contracts__ObligationRecorded *obligation;
        struct ranking ranking = {NULL, 0};
        struct matter matter;
        struct walk walk;
        bool fits = true;

        listing_walk(work, listing, slice_of(NULL, 0), &walk);
        while (fits && listing_next(work, listing, &walk, &obligation)) {
                if (obligation == NULL || !matter_load(work, obligation, &matter))
                        continue;
                ranking.lines = pb_append(ranking.lines, &ranking.count, sizeof(*ranking.lines), work->arena);
                ranking.lines[ranking.count - 1] =
                        (struct ranked){pace_rank(&matter.pace), id_of(obligation->obligation_id)};
                fits = ranking.count <= RANKED_MAX;
        }
        contracts_walk_end(&walk);
        if (!fits)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "territory",
                              "Plus de %d obligations répondent : précisez le territoire, l'acheteur ou l'entreprise.",
                              RANKED_MAX);
        if (ranking.count > 1)
                qsort(ranking.lines, ranking.count, sizeof(*ranking.lines), worst_first);
        *ret = ranking;
        return true;
}

static struct key cursor_of(const struct ranked *line)
{
        struct key key = key_empty();
        key_u32(&key, line->rank);
        key_id(&key, line->id);
        return key;
}

/* The first line after the page before. A cursor that is not ours begins anew. */
static size_t first_line(const struct ranking *ranking, struct slice after)
{
        size_t i = 0;
        if (after.size != sizeof(uint32_t) + sizeof(struct id))
                return 0;
        struct ranked last = {key_read_u32(after, 0), key_read_id(after, sizeof(uint32_t))};
        while (i < ranking->count && worst_first(&ranking->lines[i], &last) <= 0)
                i++;
        return i;
}

struct reply handle_progress(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ProgressRequest *query = (const Contracts__ProgressRequest *)message;
        Contracts__ProgressReply *reply = pb_new(&contracts__progress_reply__descriptor, work->arena);
        uint32_t limit = page_limit(query->page);
        struct listing_query filter = {query->territory, query->buyer_siret, query->contractor_organisation};
        struct listing listing;
        struct ranking ranking = {NULL, 0};
        struct refusal refusal;

        if (!listing_scope(work, &filter, &listing, &refusal) || !rank_all(work, &listing, &ranking, &refusal))
                return reply_refusal(work, &refusal);
        for (size_t i = first_line(&ranking, page_after(query->page)); i < ranking.count; i++) {
                struct matter matter;
                if (reply->n_lines == limit) {
                        struct key cursor = cursor_of(&ranking.lines[i - 1]);
                        reply->next = pb_bytes(arena_copy_slice(work->arena, key_slice(&cursor)));
                        break;
                }
                const Contracts__ObligationRecorded *obligation =
                        contracts_obligation_find(work->txn, work->arena, ranking.lines[i].id);
                if (obligation == NULL || !matter_load(work, obligation, &matter))
                        continue;
                reply->lines = pb_append(reply->lines, &reply->n_lines, sizeof(*reply->lines), work->arena);
                reply->lines[reply->n_lines - 1] = view_progress(work, &matter);
        }
        return reply_ok(work, reply);
}
