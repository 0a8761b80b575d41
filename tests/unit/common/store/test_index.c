/* Index rows: those of a record as it is are there, those of the record as it was are not, in every table of it. */
#include "tests/unit/common/store/fixture.h"

#include "common/store/index.h"

enum { T_BY_PLACE = RUNTIME_POSITIONS, T_BY_NAME = RUNTIME_DEDUP };

/* A record with a row for each letter of its places, and one with a value for its name, where it has one. */
struct thing {
        const char *places;
        const char *name;
        const char *value;
};

static const struct id thing_id = {{1}};
static unsigned values_made;

static void rows_of(const void *record, struct index_rows *rows)
{
        const struct thing *thing = record;
        for (const char *place = thing->places; *place != '\0'; place++) {
                struct key key = key_empty();
                key_u8(&key, (uint8_t)*place);
                index_id(rows, T_BY_PLACE, key, thing_id);
        }
        values_made += index_wants_values(rows);
        if (*thing->name != '\0')
                index_row(rows, T_BY_NAME, key_of_text(thing->name), slice_of_text(thing->value));
}

static void move(struct fixture *f, const struct thing *before, const struct thing *now)
{
        index_move(f->txn, rows_of, before, now);
}

static void expect_places(struct fixture *f, const char *places)
{
        struct scan scan = scan_prefix(f->txn, T_BY_PLACE, slice_of(NULL, 0));
        while (scan_next(&scan)) {
                assert_int_equal(scan.key.size, 1 + sizeof(struct id));
                assert_memory_equal(scan.key.data + 1, thing_id.b, sizeof(thing_id.b));
                assert_int_equal(scan.value.size, 0);
                assert_int_equal(scan.key.data[0], *places++);
        }
        scan_end(&scan);
        assert_int_equal(*places, '\0');
}

static void expect_name(struct fixture *f, const char *name, const char *value)
{
        struct key key = key_of_text(name);
        struct slice found;
        assert_int_equal(txn_count(f->txn, T_BY_NAME), 1);
        assert_true(txn_get(f->txn, T_BY_NAME, key_slice(&key), &found));
        assert_true(slice_equal(found, slice_of_text(value)));
}

static void a_new_record_has_its_rows(void **state)
{
        struct fixture *f = *state;
        move(f, NULL, &(struct thing){"ab", "n", "v"});
        expect_places(f, "ab");
        expect_name(f, "n", "v");
        move(f, NULL, &(struct thing){"abc", "", ""}); /* another one's */
        expect_places(f, "abc");
        expect_name(f, "n", "v");
}

static void what_it_was_goes_what_stays_stays(void **state)
{
        struct fixture *f = *state;
        const struct thing first = {"abx", "n", "v"}, second = {"bcy", "n", "w"}, third = {"bcy", "m", "w"};
        move(f, NULL, &first);
        move(f, &first, &second);
        expect_places(f, "bcy");
        expect_name(f, "n", "w"); /* the same key, another value */
        move(f, &second, &third);
        expect_places(f, "bcy");
        expect_name(f, "m", "w");
        move(f, &third, NULL);
        expect_places(f, "");
        assert_int_equal(txn_count(f->txn, T_BY_NAME), 0);
}

static void of_many_rows_too(void **state)
{
        struct fixture *f = *state;
        const struct thing first = {"abcdefghijkl", "", ""}, second = {"acegikmoqs", "", ""};
        move(f, NULL, &first);
        move(f, &first, &second);
        expect_places(f, "acegikmoqs");
        move(f, &second, &first);
        expect_places(f, "abcdefghijkl");
        move(f, &first, NULL);
        expect_places(f, "");
}

static void a_row_that_is_named_twice_is_one(void **state)
{
        struct fixture *f = *state;
        const struct thing first = {"aa", "", ""}, second = {"aab", "", ""};
        move(f, NULL, &first);
        move(f, &first, &second);
        expect_places(f, "ab");
        move(f, &second, NULL);
        expect_places(f, "");
}

static void values_are_made_of_what_is_put(void **state)
{
        struct fixture *f = *state;
        const struct thing thing = {"a", "n", "v"};
        values_made = 0;
        move(f, NULL, &thing);
        assert_int_equal(values_made, 1);
        move(f, &thing, NULL);
        assert_int_equal(values_made, 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(a_new_record_has_its_rows),        TEST(what_it_was_goes_what_stays_stays), TEST(of_many_rows_too),
                TEST(a_row_that_is_named_twice_is_one), TEST(values_are_made_of_what_is_put),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
