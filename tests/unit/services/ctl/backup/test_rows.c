#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/ctl/backup/rows.h"

#include <stdio.h>
#include <string.h>

enum { ROWS = 40000, CHUNKS_MAX = 512 };

/* Cuts ROWS rows, but the one that is left out (or ROWS), into chunks; their sizes and a sum of each. */
struct cut {
        size_t size[CHUNKS_MAX];
        uint64_t sum[CHUNKS_MAX];
        size_t count;
};

static uint64_t sum_of(struct slice bytes)
{
        uint64_t sum = 0;
        for (size_t i = 0; i < bytes.size; i++)
                sum = sum * 1099511628211u + bytes.data[i];
        return sum;
}

static void take(struct cut *cut, struct rows *rows)
{
        assert_true(cut->count < CHUNKS_MAX);
        cut->size[cut->count] = rows_slice(rows).size;
        cut->sum[cut->count++] = sum_of(rows_slice(rows));
        rows_clear(rows);
}

static struct cut cut_without(size_t left_out)
{
        struct cut cut = {0};
        struct rows rows = {0};
        for (size_t i = 0; i < ROWS; i++) {
                char key[16], value[100];
                memset(value, 'v', sizeof(value));
                (void)snprintf(key, sizeof(key), "%08zu", i);
                if (i != left_out && rows_add(&rows, slice_of_text(key), slice_of(value, sizeof(value))))
                        take(&cut, &rows);
        }
        if (rows_slice(&rows).size > 0)
                take(&cut, &rows);
        rows_fini(&rows);
        return cut;
}

static void chunks_are_neither_small_nor_large(void **state)
{
        (void)state;
        struct cut cut = cut_without(ROWS);
        assert_true(cut.count > 5);
        for (size_t i = 0; i + 1 < cut.count; i++)
                assert_true(cut.size[i] >= ROWS_CHUNK_MIN && cut.size[i] < ROWS_CHUNK_MAX + 200);
}

static void a_changed_row_changes_few_chunks(void **state)
{
        (void)state;
        struct cut whole = cut_without(ROWS), changed = cut_without(100);
        size_t shared = 0;
        for (size_t i = 0; i < whole.count; i++)
                for (size_t j = 0; j < changed.count; j++)
                        shared += whole.sum[i] == changed.sum[j] && whole.size[i] == changed.size[j];
        assert_true(shared + 4 >= whole.count);
        assert_true(shared < whole.count);
}

static void rows_come_back(void **state)
{
        (void)state;
        struct rows rows = {0};
        struct slice key, value;
        (void)rows_add(&rows, slice_of_text("a"), slice_of_text("un"));
        (void)rows_add(&rows, slice_of_text("b"), slice_of(NULL, 0));
        struct slice rest = rows_slice(&rows);
        assert_true(rows_next(&rest, &key, &value));
        assert_true(slice_equal(key, slice_of_text("a")) && slice_equal(value, slice_of_text("un")));
        assert_true(rows_next(&rest, &key, &value));
        assert_true(slice_equal(key, slice_of_text("b")) && value.size == 0);
        assert_false(rows_next(&rest, &key, &value));
        assert_int_equal(rest.size, 0);
        rows_fini(&rows);
}

static void what_is_no_rows_is_told(void **state)
{
        (void)state;
        struct slice key, value, rest = slice_of_text("\xff\xff\xff\xff\xff\xff\xff\xff\x01\x02");
        assert_false(rows_next(&rest, &key, &value));
        assert_true(rest.size > 0);
        rest = slice_of_text("abc");
        assert_false(rows_next(&rest, &key, &value));
        assert_int_equal(rest.size, 3);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(chunks_are_neither_small_nor_large),
                cmocka_unit_test(a_changed_row_changes_few_chunks),
                cmocka_unit_test(rows_come_back),
                cmocka_unit_test(what_is_no_rows_is_told),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
