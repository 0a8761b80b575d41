/* Copies that are filled again: what rests on them waits, and another history is noticed. */
#include "tests/unit/common/service/reactor.h"

#include "common/service/migrate.h"
#include "common/store/position.h"

enum { TOLD = 30 };

static struct toy *source, *other, *toy;

static int setup(void **state)
{
        (void)state;
        source = toy_open(&toy_source);
        other = toy_open(&toy_source); /* the source, after somebody put a store back */
        toy_tell(source, TOLD);
        toy = reactor_open();
        assert_int_equal(reactor_hear(toy, source, 0, NULL), TOLD);
        reactor_become(toy, &reactor_new);
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        toy_close(toy);
        toy_close(other);
        toy_close(source);
        return 0;
}

static void commands_and_queries_wait_for_the_copies(void **state)
{
        (void)state;
        Notifications__Subscribe request = NOTIFICATIONS__SUBSCRIBE__INIT;
        request.organisation_name = (char *)(uintptr_t) "Mission locale";
        Notifications__SubscriptionsRequest query = NOTIFICATIONS__SUBSCRIPTIONS_REQUEST__INIT;
        request.territory = (char *)(uintptr_t) "31";
        assert_true(engine_is_filling(toy->engine));
        assert_int_equal(reactor_refusal(toy, "Subscribe", &request), TYPES__REFUSAL_CODE__UNAVAILABLE);
        assert_int_equal(reactor_refusal(toy, "Subscriptions", &query), TYPES__REFUSAL_CODE__UNAVAILABLE);
        reactor_become(toy, &reactor_new); /* a restart in the middle */
        assert_true(engine_is_filling(toy->engine));
        (void)reactor_hear(toy, source, 0, NULL);
        assert_false(engine_is_filling(toy->engine));
        assert_int_equal(reactor_refusal(toy, "Subscribe", &request), 0);
        assert_int_equal(reactor_refusal(toy, "Subscriptions", &query), 0);
        reactor_become(toy, &reactor_new);
        assert_false(engine_is_filling(toy->engine));
}

static void a_commit_that_fails_opens_nothing(void **state)
{
        (void)state;
        struct slice batch = engine_events_after(source->engine, 0, 1 << 20, &toy->arena);
        struct item *item =
                engine_accept_events(toy->engine, &reactor_new_subscriptions[0], REACTOR_SOURCE, batch, &toy->info);
        assert_non_null(item);
        toy_fault = ENOSPC;
        assert_int_equal(engine_run(toy->engine, item, &toy->info), ERR_DISK_FULL);
        assert_true(engine_is_filling(toy->engine));
        toy_fault = 0;
        assert_int_equal(engine_run(toy->engine, item, &toy->info), 0);
        assert_false(engine_is_filling(toy->engine));
        item_free(toy->engine, &item);
}

static void another_history_is_noticed_while_copies_are_filled(void **state)
{
        (void)state;
        bool diverged;
        toy_tell(other, TOLD + 2);
        (void)reactor_hear(toy, other, 0, &diverged);
        assert_true(diverged);
        assert_int_equal(engine_position(toy->engine), TOLD); /* and nothing of it was reacted to */
}

static void a_source_that_has_less_than_was_taken_in_is_noticed(void **state)
{
        (void)state;
        bool diverged;
        toy_tell(other, 7);
        (void)reactor_hear(toy, other, 0, &diverged);
        assert_true(diverged);
        assert_true(engine_is_filling(toy->engine));
}

/* What --rebuild leaves of a source that is only copied: any history will do, and all of it is enough. */
static void copies_alone_begin_with_any_history(void **state)
{
        (void)state;
        bool diverged;
        struct txn *txn = txn_begin_write(engine_store(toy->engine), &toy->info);
        struct position position = position_get(txn, REACTOR_SOURCE);
        memset(position.taken.hash, 0, sizeof(position.taken.hash));
        position_put(txn, REACTOR_SOURCE, &position);
        assert_int_equal(txn_commit(txn, &toy->info), 0);
        toy_tell(other, 7);
        assert_int_equal(reactor_hear(toy, other, 0, &diverged), 7);
        assert_false(diverged);
        assert_false(engine_is_filling(toy->engine));
        assert_int_equal(reactor_rows(toy, T_REACTOR_COPY, "new"), 7);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(commands_and_queries_wait_for_the_copies),
                TEST(a_commit_that_fails_opens_nothing),
                TEST(another_history_is_noticed_while_copies_are_filled),
                TEST(a_source_that_has_less_than_was_taken_in_is_noticed),
                TEST(copies_alone_begin_with_any_history),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
