/* Walks: in both orders, within their prefix, on from where a page ended; and what a cursor may not be. */
#include "tests/unit/common/store/fixture.h"

#include "common/codec/types.h"
#include "common/store/walk.h"

enum { T_ROWS = RUNTIME_POSITIONS };

static struct id id_at(uint8_t number)
{
        return (struct id){{[15] = number}};
}

static void put(struct fixture *f, const char *part, uint8_t number)
{
        struct key key = key_of_text(part);
        key_id(&key, id_at(number));
        txn_put(f->txn, T_ROWS, key_slice(&key), slice_of("", 0));
}

static void fill(struct fixture *f)
{
        for (uint8_t i = 1; i <= 3; i++) {
                put(f, "31", i);
                put(f, "32", (uint8_t)(i + 10));
        }
}

/* The last bytes of the ids of what is left of a walk, as a text: "1 2 3 ". */
static const char *rest(struct walk *walk)
{
        static char text[64];
        struct id id;
        size_t size = 0;
        text[0] = '\0';
        while (walk_next(walk, &id))
                size += (size_t)snprintf(text + size, sizeof(text) - size, "%u ", id.b[15]);
        walk_end(walk);
        return text;
}

static void both_orders_within_the_prefix(void **state)
{
        struct fixture *f = *state;
        struct walk walk;
        fill(f);
        walk_up(f->txn, T_ROWS, key_of_text("31"), slice_of(NULL, 0), &walk);
        assert_string_equal(rest(&walk), "1 2 3 ");
        walk_down(f->txn, T_ROWS, key_of_text("32"), slice_of(NULL, 0), &walk);
        assert_string_equal(rest(&walk), "13 12 11 ");
        walk_up(f->txn, T_ROWS, key_empty(), slice_of(NULL, 0), &walk);
        assert_string_equal(rest(&walk), "1 2 3 11 12 13 ");
        walk_up(f->txn, T_ROWS, key_of_text("33"), slice_of(NULL, 0), &walk);
        assert_string_equal(rest(&walk), "");
}

static void it_goes_on_behind_a_cursor(void **state)
{
        struct fixture *f = *state;
        static const struct walk_spec specs[] = {{T_ROWS, WALK_UP, CURSOR_KEY},
                                                 {T_ROWS, WALK_DOWN, CURSOR_KEY},
                                                 {T_ROWS, WALK_UP, CURSOR_ID},
                                                 {T_ROWS, WALK_DOWN, CURSOR_ID}};
        fill(f);
        for (size_t i = 0; i < ARRAY_SIZE(specs); i++) {
                struct walk walk;
                struct id id;
                walk_begin(f->txn, specs[i], key_of_text("31"), slice_of(NULL, 0), &walk);
                assert_true(walk_next(&walk, &id));
                assert_true(walk_next(&walk, &id));
                struct slice cursor = arena_copy_slice(&f->arena, walk_cursor(&walk));
                walk_end(&walk);
                assert_int_equal(cursor.size, specs[i].cursor == CURSOR_ID ? 16 : 3 + 16);
                walk_begin(f->txn, specs[i], key_of_text("31"), cursor, &walk);
                assert_false(walk.is_foreign);
                assert_string_equal(rest(&walk), specs[i].order == WALK_UP ? "3 " : "1 ");
        }
}

/* One part behind the other, and on from where a page ended in either; a cursor of neither is foreign. */
static void two_parts(void **state)
{
        struct fixture *f = *state;
        struct walk walk;
        struct id id;
        fill(f);
        for (int seen = 1; seen <= 6; seen++) {
                static const char *const left[] = {"2 3 11 12 13 ", "3 11 12 13 ", "11 12 13 ", "12 13 ", "13 ", ""};
                walk_up(f->txn, T_ROWS, key_of_text("31"), slice_of(NULL, 0), &walk);
                walk_then(&walk, key_of_text("32"), slice_of(NULL, 0));
                for (int i = 0; i < seen; i++)
                        assert_true(walk_next(&walk, &id));
                struct slice cursor = arena_copy_slice(&f->arena, walk_cursor(&walk));
                walk_end(&walk);
                walk_up(f->txn, T_ROWS, key_of_text("31"), cursor, &walk);
                walk_then(&walk, key_of_text("32"), cursor);
                assert_string_equal(rest(&walk), left[seen - 1]);
        }
        walk_up(f->txn, T_ROWS, key_of_text("30"), slice_of(NULL, 0), &walk);
        walk_then(&walk, key_of_text("33"), slice_of(NULL, 0));
        assert_string_equal(rest(&walk), "");
        struct key other = key_of_text("34");
        key_id(&other, id_at(1));
        walk_up(f->txn, T_ROWS, key_of_text("31"), key_slice(&other), &walk);
        walk_then(&walk, key_of_text("32"), key_slice(&other));
        assert_true(walk.is_foreign);
        assert_string_equal(rest(&walk), "");
}

static void numbers_are_what_keys_end_with(void **state)
{
        struct fixture *f = *state;
        struct walk walk;
        for (uint64_t i = 1; i <= 3; i++) {
                struct key key = key_of_id(id_at(7));
                key_u64(&key, i * 1000);
                txn_put(f->txn, T_ROWS, key_slice(&key), slice_of("", 0));
        }
        struct key before = key_of_u64(3000);
        walk_begin(f->txn, (struct walk_spec){T_ROWS, WALK_DOWN, CURSOR_NUMBER}, key_of_id(id_at(7)),
                   key_slice(&before), &walk);
        assert_true(walk_step(&walk));
        assert_int_equal(walk_number(&walk), 2000);
        assert_int_equal(walk_cursor(&walk).size, sizeof(uint64_t));
        walk_end(&walk);
}

static void an_id_may_stand_in_the_value(void **state)
{
        struct fixture *f = *state;
        struct key key = key_of_text("31");
        struct id id = id_at(9);
        struct walk walk;
        key_u32(&key, 2);
        txn_put(f->txn, T_ROWS, key_slice(&key), id_slice(&id));
        walk_up(f->txn, T_ROWS, key_of_text("31"), slice_of(NULL, 0), &walk);
        walk.id_in_value = true;
        assert_string_equal(rest(&walk), "9 ");
}

static void rows_are_read_as_messages(void **state)
{
        struct fixture *f = *state;
        struct key key = key_of_text("31");
        struct id id = id_at(4);
        struct walk walk;
        key_id(&key, id_at(1));
        txn_put_message(f->txn, T_ROWS, key_slice(&key), id_to(&f->arena, id), &f->arena);
        walk_up(f->txn, T_ROWS, key_of_text("31"), slice_of(NULL, 0), &walk);
        assert_true(walk_step(&walk));
        assert_true(id_equal(id_of(walk_message(&walk, &types__id__descriptor, &f->arena)), id));
        walk_end(&walk);
}

static void it_begins_at_a_key(void **state)
{
        struct fixture *f = *state;
        struct key from = key_of_text("31");
        struct walk walk;
        fill(f);
        key_id(&from, id_at(2));
        walk_from(f->txn, (struct walk_spec){T_ROWS, WALK_UP, CURSOR_KEY}, key_of_text("31"), from, &walk);
        assert_string_equal(rest(&walk), "2 3 ");
        walk_from(f->txn, (struct walk_spec){T_ROWS, WALK_DOWN, CURSOR_KEY}, key_of_text("31"), from, &walk);
        assert_string_equal(rest(&walk), "1 ");
}

static void expect_foreign(struct fixture *f, enum walk_cursor kind, const void *bytes, size_t size)
{
        for (unsigned order = WALK_UP; order <= WALK_DOWN; order++) {
                struct walk walk;
                walk_begin(f->txn, (struct walk_spec){T_ROWS, (enum walk_order)order, kind}, key_of_text("32"),
                           slice_of(bytes, size), &walk);
                assert_true(walk.is_foreign);
                assert_string_equal(rest(&walk), "");
        }
}

static void another_cursor_finds_nothing(void **state)
{
        struct fixture *f = *state;
        struct key other = key_of_text("31"), cut = key_of_text("32");
        uint8_t long_one[KEY_SIZE_MAX] = "32"; /* begins as it should */
        fill(f);
        key_id(&other, id_at(1));
        expect_foreign(f, CURSOR_KEY, other.bytes, other.size); /* of another part of the table */
        expect_foreign(f, CURSOR_KEY, cut.bytes, cut.size);     /* no key of it */
        expect_foreign(f, CURSOR_KEY, long_one, sizeof(long_one));
        expect_foreign(f, CURSOR_ID, "xy", 2);
        expect_foreign(f, CURSOR_ID, other.bytes, other.size);
        expect_foreign(f, CURSOR_NUMBER, other.bytes, 16);
        expect_foreign(f, CURSOR_NUMBER, other.bytes, 9);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(both_orders_within_the_prefix),  TEST(it_goes_on_behind_a_cursor),   TEST(two_parts),
                TEST(numbers_are_what_keys_end_with), TEST(an_id_may_stand_in_the_value), TEST(it_begins_at_a_key),
                TEST(rows_are_read_as_messages),      TEST(another_cursor_finds_nothing),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
