#include "common/service/replay.h"

#include "common/base/log.h"
#include "common/store/eventlog.h"

enum { TELL_EVERY_US = 2000000 };

/* tidy: many because two transactions meet here, and it says whether the event had its turn */
static int put_event(struct replay *replay, const struct log_entry *entry, struct txn *into, struct arena *arena,
                     bool *ret_waits, struct err_info *info)
{
        struct event event;
        if (!event_of_entry(replay->type, replay->source, entry->record, entry->sealed, arena, &event))
                return err_set(info, ERR_STORE, "event %llu of the log cannot be read",
                               (unsigned long long)entry->number);
        if (!event_is_known(event.body))
                return err_set(info, ERR_STORE_NEWER,
                               "event %llu of the log is of a kind that this program does not know: start the newer "
                               "program that recorded it",
                               (unsigned long long)entry->number);
        *ret_waits = replay->is_its_turn != NULL && !replay->is_its_turn(replay->argument, &event);
        if (*ret_waits)
                return 0;
        if (!event.is_relayed || replay->source[0] == '\0')
                replay->put(into, arena, &event);
        replay->replayed++;
        return 0;
}

/* One transaction's worth of entries.
 * tidy: many because two transactions meet here, and it says whether there is more */
static int replay_some(struct replay *replay, struct log_walk *walk, size_t most, struct txn *into, bool *ret_more,
                       struct err_info *info)
{
        struct arena arena scoped(arena_fini) = {0};
        struct log_entry entry;
        txn_allow(into, replay->kind);
        for (size_t i = 0; i < most; i++) {
                *ret_more = log_walk_next(walk, &entry) && entry.number <= replay->last;
                if (!*ret_more)
                        return 0;
                arena_reset(&arena);
                bool waits = false;
                int err = put_event(replay, &entry, into, &arena, &waits, info);
                if (err != 0)
                        return err;
                if (waits) {
                        *ret_more = false;
                        return 0;
                }
                replay->taken = entry.number;
        }
        return 0;
}

static int replay_slice(struct replay *replay, struct txn *log, size_t most, bool *ret_more, struct err_info *info)
{
        struct log_walk walk;
        struct txn *into = txn_begin_write(replay->into, info);
        if (into == NULL)
                return ERR_STORE;
        log_walk_begin(log, replay->taken + 1, &walk);
        int err = replay_some(replay, &walk, most, into, ret_more, info);
        log_walk_end(&walk);
        if (err == 0)
                return txn_commit(into, info);
        txn_abort(into);
        return err;
}

static void tell_progress(const struct replay *replay, const struct log_head *head, uint64_t *told_us)
{
        struct world world = world_real();
        uint64_t now_us = world.monotonic_us(&world);
        if (!replay->tell || now_us - *told_us < TELL_EVERY_US)
                return;
        *told_us = now_us;
        log_line(LOG_INFO, "store.replaying", "event %llu of %llu", (unsigned long long)replay->replayed,
                 (unsigned long long)head->number);
}

int replay_log(struct replay *replay, struct txn *log, struct err_info *info)
{
        struct log_head head = log_read_head(log);
        uint64_t told_us = 0;
        bool more = replay->taken < replay->last;
        int err = 0;

        while (more && err == 0) {
                err = replay_slice(replay, log, ROWS_PER_COMMIT, &more, info);
                tell_progress(replay, &head, &told_us);
        }
        return err;
}

int replay_store(struct replay *replay, struct store *log, struct err_info *info)
{
        bool more = replay->taken < replay->last;
        int err = 0;

        while (more && err == 0) {
                struct txn *look = txn_begin_read(log, info);
                if (look == NULL)
                        return ERR_STORE;
                err = replay_slice(replay, look, EVENTS_PER_SLICE, &more, info);
                if (err == 0)
                        err = txn_error(look);
                txn_end_read(look);
        }
        return err;
}
