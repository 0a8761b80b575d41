#include "tests/unit/common/store/fixture.h"

#include "common/store/key.h"
#include "common/store/position.h"

static struct position at(uint64_t taken, uint64_t copied)
{
        struct position position = {position_mark_of(taken, slice_of_text("taken")),
                                    position_mark_of(copied, slice_of_text("copied"))};
        if (taken == copied)
                position.copied = position.taken;
        return position;
}

static void put(struct fixture *f, const char *source, uint64_t taken, uint64_t copied)
{
        struct position position = at(taken, copied);
        position_put(f->txn, source, &position);
}

static void assert_at(struct fixture *f, const char *source, uint64_t taken, uint64_t copied)
{
        struct position held = position_get(f->txn, source), expected = at(taken, copied);
        assert_memory_equal(&held, &expected, sizeof(held));
}

static void a_source_that_is_not_known_stands_at_zero(void **state)
{
        struct fixture *f = *state;
        assert_int_equal(position_get(f->txn, "tracking-1").taken.number, 0);
        assert_int_equal(position_get(f->txn, "tracking-1").copied.number, 0);
}

static void each_source_has_its_own(void **state)
{
        struct fixture *f = *state;
        put(f, "tracking-1", 12, 12);
        put(f, "tracking-10", UINT64_C(1) << 40, 7); /* a name that begins as another's */
        fixture_commit(f);
        assert_at(f, "tracking-1", 12, 12);
        assert_at(f, "tracking-10", UINT64_C(1) << 40, 7);
        assert_int_equal(position_get(f->txn, "tracking").taken.number, 0);
        put(f, "tracking-1", 13, 13);
        assert_at(f, "tracking-1", 13, 13);
}

/* In the transaction of the effect: what is not committed has not been taken in. */
static void what_is_aborted_was_not_taken_in(void **state)
{
        struct fixture *f = *state;
        put(f, "tracking-1", 12, 12);
        fixture_commit(f);
        put(f, "tracking-1", 99, 99);
        txn_abort(f->txn);
        fixture_begin(f);
        assert_at(f, "tracking-1", 12, 12);
}

static void copies_begin_again_and_what_was_taken_in_stays(void **state)
{
        struct fixture *f = *state;
        put(f, "directory-1", 40, 40);
        put(f, "tracking-1", 12, 5);
        position_copy_again(f->txn, &f->arena);
        assert_int_equal(position_get(f->txn, "directory-1").copied.number, 0);
        assert_int_equal(position_get(f->txn, "tracking-1").copied.number, 0);
        put(f, "directory-1", 40, 40); /* they are filled: one mark again */
        assert_at(f, "directory-1", 40, 40);
        struct position_mark taken = position_get(f->txn, "tracking-1").taken, expected = at(12, 5).taken;
        assert_memory_equal(&taken, &expected, sizeof(taken));
}

/* Rows of the first programs hold a number alone. */
static void a_row_without_a_hash_follows_anything(void **state)
{
        struct fixture *f = *state;
        struct key key = key_of_text("tracking-1"), number = key_of_u64(9);
        txn_put(f->txn, RUNTIME_POSITIONS, key_slice(&key), key_slice(&number));
        struct position held = position_get(f->txn, "tracking-1");
        assert_int_equal(held.taken.number, 9);
        assert_int_equal(held.copied.number, 9);
        assert_true(position_is_followed_by(&held.taken, slice_of_text("anything")));
        held.taken = at(9, 9).taken;
        assert_false(position_is_followed_by(&held.taken, slice_of_text("anything")));
        assert_true(position_is_followed_by(&held.taken, slice_of(held.taken.hash, sizeof(held.taken.hash))));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(a_source_that_is_not_known_stands_at_zero), TEST(each_source_has_its_own),
                TEST(what_is_aborted_was_not_taken_in),          TEST(copies_begin_again_and_what_was_taken_in_stays),
                TEST(a_row_without_a_hash_follows_anything),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
