/* reactor.h: a third toy (toy.h): `reactor_old` copies what a source tells and records an event of its own for each.
 * `reactor_new` is the same after an upgrade: a higher store version, rows with another content, a copy more. */
#ifndef TESTS_UNIT_COMMON_SERVICE_REACTOR_H
#define TESTS_UNIT_COMMON_SERVICE_REACTOR_H

#include "tests/unit/common/service/toy.h"

#include "common/store/eventlog.h"

enum { T_REACTOR_COPY = RUNTIME_TABLES, T_REACTOR_OWN, T_REACTOR_MORE };

static const char REACTOR_SOURCE[] = "notifications-1";

static inline void reactor_put(struct txn *txn, size_t table, const struct event *event, const char *text)
{
        struct key key = key_of_u64(event->number);
        txn_put(txn, table, key_slice(&key), slice_of_text(text));
}

static inline void reactor_copy_old(struct txn *txn, struct arena *arena, const struct event *event)
{
        (void)arena;
        reactor_put(txn, T_REACTOR_COPY, event, "old");
}

static inline void reactor_copy_new(struct txn *txn, struct arena *arena, const struct event *event)
{
        (void)arena;
        reactor_put(txn, T_REACTOR_COPY, event, "new");
        reactor_put(txn, T_REACTOR_MORE, event, "new");
}

static inline void reactor_apply_old(struct txn *txn, struct arena *arena, const struct event *event)
{
        (void)arena;
        reactor_put(txn, T_REACTOR_OWN, event, "old");
}

static inline void reactor_apply_new(struct txn *txn, struct arena *arena, const struct event *event)
{
        (void)arena;
        reactor_put(txn, T_REACTOR_OWN, event, "new");
}

static inline void reactor_react(struct work *work, const struct event *event)
{
        size_t one = 1;
        (void)event;
        toy_record_many(work, &one);
}

static const struct table_spec reactor_tables[] = {{"copy", TABLE_COPY}, {"own", TABLE_STATE}, {"more", TABLE_COPY}};

static const struct subscription reactor_old_subscriptions[] = {
        {"notifications", &notifications__event__descriptor, .copy = reactor_copy_old, .react = reactor_react},
};
static const struct subscription reactor_new_subscriptions[] = {
        {"notifications", &notifications__event__descriptor, .copy = reactor_copy_new, .react = reactor_react},
};

static const struct service_spec reactor_old = {
        .name = "notifications",
        .store_version = 1,
        .tables = reactor_tables,
        .table_count = 2,
        .dispatch = toy_dispatch,
        .dispatch_count = ARRAY_SIZE(toy_dispatch),
        .rights = &toy_rights,
        .subscriptions = reactor_old_subscriptions,
        .subscription_count = 1,
        .event = &notifications__event__descriptor,
        .apply = reactor_apply_old,
};
static const struct service_spec reactor_new = {
        .name = "notifications",
        .store_version = 2,
        .tables = reactor_tables,
        .table_count = 3,
        .dispatch = toy_dispatch,
        .dispatch_count = ARRAY_SIZE(toy_dispatch),
        .rights = &toy_rights,
        .subscriptions = reactor_new_subscriptions,
        .subscription_count = 1,
        .event = &notifications__event__descriptor,
        .apply = reactor_apply_new,
};

/* Whose copies and reactions are meant: those of the program that the toy became last. */
static const struct subscription *reactor_subscription = &reactor_old_subscriptions[0];

static inline struct toy *reactor_open(void)
{
        reactor_subscription = &reactor_old_subscriptions[0];
        return toy_open(&reactor_old);
}

/* Closes the toy's engine and opens the store with another program, which follows its source at once. */
static inline void reactor_become(struct toy *toy, const struct service_spec *spec)
{
        engine_close(toy->engine);
        toy_open_engine(toy, spec);
        reactor_subscription = &spec->subscriptions[0];
        (void)engine_follow(toy->engine, reactor_subscription, REACTOR_SOURCE);
}

/* Hands over what the source has after `after`. Returns how far the toy then is; *ret_diverged may be NULL. */
static inline uint64_t reactor_hear(struct toy *toy, struct toy *source, uint64_t after, bool *ret_diverged)
{
        struct slice batch = engine_events_after(source->engine, after, 1 << 20, &toy->arena);
        struct item *item = engine_accept_events(toy->engine, reactor_subscription, REACTOR_SOURCE, batch, &toy->info);
        assert_non_null(item);
        assert_int_equal(engine_run(toy->engine, item, &toy->info), 0);
        uint64_t taken = item->taken;
        if (ret_diverged != NULL)
                *ret_diverged = item->diverged;
        item_free(toy->engine, &item);
        return taken;
}

/* How many rows a table has, all of which must say `text`. */
static inline uint64_t reactor_rows(struct toy *toy, size_t table, const char *text)
{
        uint64_t count = 0;
        struct txn *txn = txn_begin_read(engine_store(toy->engine), NULL);
        assert_non_null(txn);
        struct scan scan = scan_prefix(txn, table, slice_of(NULL, 0));
        for (; scan_next(&scan); count++)
                assert_true(slice_equal(scan.value, slice_of_text(text)));
        scan_end(&scan);
        txn_end_read(txn);
        return count;
}

/* The code with which a command is refused; 0: it was granted. */
static inline int reactor_refusal(struct toy *toy, const char *method, const void *request)
{
        struct engine_answer answer;
        assert_int_equal(engine_call(toy->engine, &toy->actor, method, request, NULL, &toy->arena, &answer), 0);
        return answer.refusal == NULL ? 0 : (int)answer.refusal->code;
}

#endif
