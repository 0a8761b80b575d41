#include "common/service/replay.h"

#include "common/base/log.h"
#include "common/service/verify.h"
#include "common/store/eventlog.h"

enum { TELL_EVERY_US = 2000000 };

bool event_is_known(const void *event)
{
        const ProtobufCMessage *message = event;
        for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
                if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0)
                        return *(const uint32_t *)(const void *)((const char *)event + field->quantifier_offset) != 0;
        }
        return true; /* not a choice: nothing that could be unknown */
}

static int put_event(struct replay *replay, const struct log_entry *entry, struct txn *into, struct arena *arena,
                     struct err_info *info)
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
        replay->put(into, arena, &event);
        replay->replayed++;
        return 0;
}

/* One transaction's worth of entries. */
static int replay_some(struct replay *replay, struct log_walk *walk, struct txn *into, bool *ret_more,
                       struct err_info *info)
{
        struct arena arena scoped(arena_fini) = {0};
        struct log_entry entry;
        txn_allow(into, replay->kind);
        for (size_t i = 0; i < ROWS_PER_COMMIT; i++) {
                *ret_more = log_walk_next(walk, &entry) && entry.number <= replay->last;
                if (!*ret_more)
                        return 0;
                arena_reset(&arena);
                int err = put_event(replay, &entry, into, &arena, info);
                if (err != 0)
                        return err;
        }
        return 0;
}

static void tell(const struct replay *replay, const struct log_head *head, uint64_t *told_us)
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
        struct log_walk walk;
        uint64_t told_us = 0;
        bool more = true;
        int err = 0;

        log_walk_begin(log, 1, &walk);
        while (more && err == 0) {
                struct txn *into = txn_begin_write(replay->into, info);
                if (into == NULL) {
                        err = ERR_STORE;
                        break;
                }
                err = replay_some(replay, &walk, into, &more, info);
                if (err == 0)
                        err = txn_commit(into, info);
                else
                        txn_abort(into);
                tell(replay, &head, &told_us);
        }
        log_walk_end(&walk);
        return err;
}
