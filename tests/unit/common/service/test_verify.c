/* replay(log) == tables, where the tables are copies too: what engine_verify() of test_engine.c does not show. */
#include "tests/unit/common/service/toy.h"

#include "tests/lib/overwrite.h"

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

/* --- while it is written to --- */

enum { ROWS = 20000, COMMITS = 400, EVENTS_BETWEEN = 50, LAG_MAX = 100 };

/* The store that is verified, and how its daemon goes on meanwhile: one commit every so many events of the replay. */
static struct {
        struct toy *toy;
        bool verifying, inside;
        unsigned commits;
        uint64_t seen, lag_max;
} busy;

static void put_while_it_goes_on(struct txn *txn, struct arena *arena, const struct event *event)
{
        struct store_room room;
        toy_put(txn, arena, event);
        if (!busy.verifying || busy.inside || busy.commits == COMMITS || ++busy.seen % EVENTS_BETWEEN != 0)
                return;
        busy.inside = true;
        toy_tell(busy.toy, 1);
        busy.commits++;
        store_room(engine_store(busy.toy->engine), &room);
        if (room.reader_lag > busy.lag_max)
                busy.lag_max = room.reader_lag;
        busy.inside = false;
}

static uint64_t used_bytes(struct toy *toy)
{
        struct store_room room;
        store_room(engine_store(toy->engine), &room);
        return room.used_bytes;
}

static struct verify_report verify_while_it_goes_on(struct toy *toy)
{
        struct verify_report report = {0};
        busy.toy = toy;
        busy.verifying = true;
        busy.commits = 0;
        busy.seen = busy.lag_max = 0;
        assert_int_equal(engine_verify(toy->engine, NULL, 0, &report, &toy->info), 0);
        busy.verifying = false;
        return report;
}

/* No snapshot is held for longer than a slice, so freed pages are used again and the file does not grow with the
 * commits; the verdict is right all the same, of what was there and of what came. */
static void a_store_that_is_written_to_is_not_held_up(void **state)
{
        (void)state;
        struct service_spec spec = toy_source;
        spec.apply = put_while_it_goes_on;
        struct toy *toy = toy_open(&spec);
        toy_tell_many(toy, ROWS);
        toy_tell(toy, 100);
        for (int i = 0; i < 2; i++) /* room for all that comes: growing waits for snapshots, and this is one thread */
                assert_int_equal(store_grow(engine_store(toy->engine), &toy->info), 0);
        uint64_t before = used_bytes(toy);
        struct verify_report report = verify_while_it_goes_on(toy);
        assert_int_equal(report.differences, 0);
        assert_int_equal(busy.commits, COMMITS);
        assert_in_range(report.events, ROWS + 100 + COMMITS - EVENTS_BETWEEN, ROWS + 100 + COMMITS);
        assert_in_range(report.rows, ROWS + 100, ROWS + 100 + COMMITS);
        (void)printf("# %u commits: at most %llu behind the oldest snapshot, %llu KiB more\n", busy.commits,
                     (unsigned long long)busy.lag_max, (unsigned long long)(used_bytes(toy) - before) / 1024);
        assert_in_range(busy.lag_max, 1, LAG_MAX);
        assert_in_range(used_bytes(toy) - before, 0, 4 << 20);

        /* a damage in what is looked at late, and a row too many behind all others */
        struct key last = key_of_u64(ROWS), beyond = key_of_u64(1000000);
        struct txn *txn = txn_begin_write(engine_store(toy->engine), &toy->info);
        assert_non_null(txn);
        txn_allow(txn, TABLE_STATE);
        txn_put(txn, T_TOY, key_slice(&last), slice_of_text("autre chose"));
        txn_put(txn, T_TOY, key_slice(&beyond), slice_of_text("en trop"));
        assert_int_equal(txn_commit(txn, &toy->info), 0);
        report = verify_while_it_goes_on(toy);
        assert_int_equal(report.differences, 2);
        assert_non_null(strstr(toy->info.text, "key 0000000000004e20: another value"));
        toy_close(toy);
}

/* What a damaged page says: a row that stands before those it comes behind. The walk must not begin anew there. */
static void keys_out_of_order_are_told(void **state)
{
        static const uint8_t held[] = "\x41\x42\x43\x44\x45\x46\x47\x48";
        static const uint8_t wrong[] = "\x00\x00\x00\x00\x00\x00\x00\x02";
        struct pair *pair = *state;
        char path[128];
        write_row(pair, UINT64_C(0x4142434445464748), "en trop");
        (void)snprintf(path, sizeof(path), "%s/data.mdb", pair->follower->directory);
        assert_true(overwrite(path, slice_of(held, 8), 0, slice_of(wrong, 8)) > 0);
        struct verify_report report = verify(pair);
        assert_int_equal(report.differences, 1);
        assert_non_null(strstr(pair->follower->info.text, "out of order: the store is damaged"));
}

static void the_scratch_store_is_gone_afterwards(void **state)
{
        struct pair *pair = *state;
        char path[128];
        (void)verify(pair);
        (void)snprintf(path, sizeof(path), "%s.verify", pair->follower->directory);
        assert_int_not_equal(access(path, F_OK), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(copies_equal_what_their_source_told),
                TEST(events_after_the_position_held_do_not_count),
                TEST(every_kind_of_difference_is_counted_and_the_first_told),
                cmocka_unit_test(a_store_that_is_written_to_is_not_held_up),
                TEST(keys_out_of_order_are_told),
                TEST(the_scratch_store_is_gone_afterwards),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
