#include "services/contracts/page/history.h"
#include "contracts/calls.h"

#include "common/service/spec.h"
#include "common/store/eventlog.h"
#include "common/store/stored.h"
#include "services/contracts/page/events.h"
#include "services/contracts/publication/publication_rows.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/telling.h"

Contracts__HistoryLine *history_line(const struct work *work, uint64_t number)
{
        struct log_entry entry;
        if (!log_get(work->txn, number, &entry))
                return NULL;
        const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, entry.record, work->arena);
        require_stored(record != NULL);
        const Contracts__Event *event = pb_decode(&contracts__event__descriptor, pb_slice(record->body), work->arena);
        require_stored(event != NULL);
        const struct event_row *row = event_row_of(event->body_case);
        /* Security: the table of events says who may read each. */
        if ((row->readers & (1u << work->actor->role)) == 0)
                return NULL;

        struct telling telling = {work->txn, work->arena, entry.sealed, work->actor, NULL, number};
        contracts_tell_event(&telling, event);
        Contracts__HistoryLine *line = pb_new(&contracts__history_line__descriptor, work->arena);
        line->number = number;
        line->at = instant_to(work->arena, record->at_ms);
        line->user = record->user;
        if (record->account.len == sizeof(struct id)) {
                line->account = pb_new(&types__id__descriptor, work->arena);
                line->account->value = record->account;
        }
        line->event = (char *)(uintptr_t)event_name(event);
        line->text = telling.text;
        line->withdrawn_by = contracts_withdrawn_by(work->txn, number);
        line->may_be_withdrawn = row->remedy == NULL && line->withdrawn_by == 0;
        return line;
}

/* ---- with what was joined */

struct joined {
        struct id id;
        struct walk walk;
        bool has_row; /* that was walked to, and is not given yet */
};

/* The contract, and what was joined to it, or to what was. */
static struct id *joined_to(const struct work *work, struct id contract, size_t *ret_count)
{
        struct id *ids = pb_append(NULL, ret_count, sizeof(*ids), work->arena), twin;
        ids[0] = contract;
        for (size_t i = 0; i < *ret_count; i++) {
                struct walk walk;
                publication_walk_twins(work->txn, ids[i], &walk);
                while (walk_next(&walk, &twin)) {
                        ids = pb_append(ids, ret_count, sizeof(*ids), work->arena);
                        ids[*ret_count - 1] = twin;
                }
                walk_end(&walk);
        }
        return ids;
}

bool history_walk(const struct work *work, struct id contract, enum walk_order order, struct slice after,
                  struct history_walk *ret)
{
        *ret = (struct history_walk){.order = order};
        const struct id *ids = joined_to(work, contract, &ret->count);
        ret->joined = arena_zalloc(work->arena, ret->count * sizeof(*ret->joined));
        for (size_t i = 0; i < ret->count; i++) {
                struct joined *joined = &ret->joined[i];
                joined->id = ids[i];
                contracts_walk_history(work->txn, ids[i], order, after, &joined->walk);
                joined->has_row = walk_step(&joined->walk);
        }
        return !ret->joined[0].walk.is_foreign;
}

static bool is_before(const struct history_walk *walk, uint64_t one, uint64_t other)
{
        return walk->order == WALK_UP ? one < other : one > other;
}

/* An event of several is of the first of them, and given once. */
bool history_step(struct history_walk *walk)
{
        const struct joined *next = NULL;
        for (size_t i = 0; i < walk->count; i++) {
                const struct joined *joined = &walk->joined[i];
                if (joined->has_row &&
                    (next == NULL || is_before(walk, walk_number(&joined->walk), walk_number(&next->walk))))
                        next = joined;
        }
        if (next == NULL)
                return false;
        walk->number = walk_number(&next->walk);
        walk->whose = next->id;
        for (size_t i = 0; i < walk->count; i++) {
                struct joined *joined = &walk->joined[i];
                if (joined->has_row && walk_number(&joined->walk) == walk->number)
                        joined->has_row = walk_step(&joined->walk);
        }
        return true;
}

void history_end(struct history_walk *walk)
{
        for (size_t i = 0; i < walk->count; i++)
                walk_end(&walk->joined[i].walk);
}

Contracts__HistoryLine *history_step_line(const struct work *work, const struct history_walk *walk)
{
        Contracts__HistoryLine *line = history_line(work, walk->number);
        if (line == NULL || id_equal(walk->whose, walk->joined[0].id))
                return line;
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, walk->whose);
        line->publication_id = id_to(work->arena, walk->whose);
        line->text = arena_printf(work->arena, "Publication réunie n° %s : %s", record == NULL ? "" : record->number,
                                  line->text);
        return line;
}
