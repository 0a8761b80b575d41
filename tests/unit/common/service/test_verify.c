/* replay(log) == tables, where the tables are copies too: what engine_verify() of test_engine.c does not show. */
#include "tests/unit/common/service/toy.h"

struct pair {
        struct toy *source, *follower;
};

static void follow(struct pair *pair)
{
        uint64_t after = engine_source_position(pair->follower->engine, "notifications-1");
        struct arena *arena = &pair->follower->arena;
        struct slice batch = engine_events_after(pair->source->engine, after, 1 << 20, arena);
        struct item *item = engine_accept_events(pair->follower->engine, &toy_subscriptions_of[0], "notifications-1",
                                                 batch, &pair->follower->info);
        assert_non_null(item);
        assert_int_equal(engine_run(pair->follower->engine, item, &pair->follower->info), 0);
        item_free(pair->follower->engine, &item);
}

static int setup(void **state)
{
        struct pair *pair = calloc(1, sizeof(*pair));
        assert_non_null(pair);
        pair->source = toy_open(&toy_source);
        pair->follower = toy_open(&toy_follower);
        toy_tell(pair->source, 40);
        follow(pair);
        *state = pair;
        return 0;
}

static int teardown(void **state)
{
        struct pair *pair = *state;
        toy_close(pair->source);
        toy_close(pair->follower);
        free(pair);
        return 0;
}

static struct verify_report verify(struct pair *pair)
{
        struct verify_report report = {0};
        struct verify_source source = {"notifications-1", "notifications", engine_store(pair->source->engine)};
        assert_int_equal(engine_verify(pair->follower->engine, &source, 1, &report, &pair->follower->info), 0);
        return report;
}

static void write_row(struct pair *pair, uint64_t number, const char *value)
{
        struct key key = key_of_u64(number);
        struct txn *txn = txn_begin_write(engine_store(pair->follower->engine), &pair->follower->info);
        assert_non_null(txn);
        txn_allow(txn, TABLE_COPY);
        if (value == NULL)
                txn_delete(txn, T_TOY, key_slice(&key));
        else
                txn_put(txn, T_TOY, key_slice(&key), slice_of_text(value));
        assert_int_equal(txn_commit(txn, &pair->follower->info), 0);
}

static void copies_equal_what_their_source_told(void **state)
{
        struct verify_report report = verify(*state);
        assert_int_equal(report.events, 40);
        assert_int_equal(report.rows, 40);
        assert_int_equal(report.differences, 0);
}

/* The source goes on while its follower is looked at: only what was taken in is replayed. */
static void events_after_the_position_held_do_not_count(void **state)
{
        struct pair *pair = *state;
        toy_tell(pair->source, 10);
        struct verify_report report = verify(pair);
        assert_int_equal(report.events, 40);
        assert_int_equal(report.differences, 0);
}

static void every_kind_of_difference_is_counted_and_the_first_told(void **state)
{
        struct pair *pair = *state;
        write_row(pair, 7, "autre chose");
        write_row(pair, 9, NULL);
        write_row(pair, 1000, "en trop");
        struct verify_report report = verify(pair);
        assert_int_equal(report.differences, 3);
        assert_non_null(strstr(pair->follower->info.text, "table toy, key 0000000000000007: another value"));
}

static void the_scratch_store_is_gone_afterwards(void **state)
{
        struct pair *pair = *state;
        char path[128];
        (void)verify(pair);
        (void)snprintf(path, sizeof(path), "%s.verify", pair->follower->directory);
        assert_int_not_equal(access(path, F_OK), 0);
}

static void an_entry_that_cannot_be_read_is_no_event(void **state)
{
        struct pair *pair = *state;
        struct event event;
        const ProtobufCMessageDescriptor *type = &notifications__event__descriptor;
        struct slice nothing = slice_of(NULL, 0);
        assert_false(event_of_entry(type, "x", slice_of("\377", 1), nothing, &pair->source->arena, &event));
        assert_false(event_of_entry(type, "x", nothing, nothing, &pair->source->arena, &event)); /* without a cause */
}

/* A reaction's cause is derived from source and number, so that doing it again after a crash gives the same ids. */
static void an_events_id_is_the_same_each_time_and_for_nobody_else(void **state)
{
        struct pair *pair = *state;
        struct arena *arena = &pair->source->arena;
        struct slice bytes = engine_events_after(pair->source->engine, 0, 0, arena);
        const Wire__EventBatch *batch = pb_decode(&wire__event_batch__descriptor, bytes, arena);
        struct slice nothing = slice_of(NULL, 0);
        struct event one, again, next, other;
        const ProtobufCMessageDescriptor *type = &notifications__event__descriptor;
        assert_true(event_of_entry(type, "a", pb_slice(batch->records[0]), nothing, arena, &one));
        assert_true(event_of_entry(type, "a", pb_slice(batch->records[0]), nothing, arena, &again));
        assert_true(event_of_entry(type, "a", pb_slice(batch->records[1]), nothing, arena, &next));
        assert_true(event_of_entry(type, "b", pb_slice(batch->records[0]), nothing, arena, &other));
        assert_true(id_equal(one.id, again.id));
        assert_false(id_equal(one.id, next.id));
        assert_false(id_equal(one.id, other.id));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(copies_equal_what_their_source_told),
                TEST(events_after_the_position_held_do_not_count),
                TEST(every_kind_of_difference_is_counted_and_the_first_told),
                TEST(the_scratch_store_is_gone_afterwards),
                TEST(an_entry_that_cannot_be_read_is_no_event),
                TEST(an_events_id_is_the_same_each_time_and_for_nobody_else),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
