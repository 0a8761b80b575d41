/* Files that are being read: places, and what comes of a child that says what it should, or anything else. The child is
 * a program of the system. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/limits.h"
#include "services/gateway/front/tables.h"

#define GOOD "{\"table\":{\"encoding\":\"UTF-8\",\"rows\":[]}}\n"

static uv_loop_t loop;
static int calls;
static enum table_outcome outcome;
static char *said;

static struct id account(uint8_t number)
{
        return (struct id){.b = {number}};
}

static void on_done(void *argument, enum table_outcome got, struct slice text)
{
        calls++;
        outcome = got;
        free(said);
        said = strndup(text.size == 0 ? "" : (const char *)text.data, text.size);
        table_drop(argument);
}

/* What `program` makes of these bytes. */
static enum table_outcome made_of(const char *program, const char *bytes, size_t size)
{
        struct tables *tables = tables_new(&loop, program, 10000);
        struct table_job *job;
        calls = 0;
        assert_int_equal(table_take(tables, account(1), &job), TABLE_TAKEN);
        assert_int_equal(write(table_file(job), bytes, size), size);
        table_read_file(job, on_done, job);
        assert_int_equal(calls, 0); /* later */
        assert_int_equal(uv_run(&loop, UV_RUN_DEFAULT), 0);
        assert_int_equal(calls, 1);
        tables_free(tables);
        return outcome;
}

static void what_it_says_is_looked_over(void **state)
{
        static const char *const nonsense[] = {
                "",
                "bonjour\n",
                "{\"table\":{\"encoding\":\"UTF-8\",\"rows\":[]}\n",
                GOOD GOOD,
                "{\"table\":{\"encoding\":\"\xff\"}}\n",
                "{\"table\":[]}\n",
        };
        (void)state;
        assert_int_equal(made_of("/bin/cat", GOOD, sizeof(GOOD) - 1), TABLE_READ);
        assert_string_equal(said, GOOD);
        for (size_t i = 0; i < ARRAY_SIZE(nonsense); i++)
                assert_int_equal(made_of("/bin/cat", nonsense[i], strlen(nonsense[i])), TABLE_BROKEN);
}

static void too_much_is_cut_off(void **state)
{
        enum { SIZE = LIMIT_TABLE_BYTES + 1 };
        char *bytes = malloc(SIZE);
        (void)state;
        memset(bytes, ' ', SIZE);
        memcpy(bytes, GOOD, sizeof(GOOD) - 2);
        bytes[SIZE - 1] = '\n';
        assert_int_equal(made_of("/bin/cat", bytes, SIZE), TABLE_BROKEN);
        free(bytes);
}

static void its_end_counts(void **state)
{
        (void)state;
        assert_int_equal(made_of("/bin/false", GOOD, sizeof(GOOD) - 1), TABLE_BROKEN); /* a refusal without words */
        assert_int_equal(made_of("/nowhere/guichet-table", GOOD, sizeof(GOOD) - 1), TABLE_NO_CHILD);
}

static void places_are_few(void **state)
{
        struct table_job *jobs[TABLES_MAX], *more;
        (void)state;
        struct tables *tables = tables_new(&loop, "/bin/cat", 10000);
        for (uint8_t i = 0; i < TABLES_MAX; i++)
                assert_int_equal(table_take(tables, account(i), &jobs[i]), TABLE_TAKEN);
        assert_int_equal(table_take(tables, account(0), &more), TABLE_OWN_BUSY);
        assert_int_equal(table_take(tables, account(TABLES_MAX), &more), TABLE_ALL_BUSY);
        table_drop(jobs[1]);
        assert_int_equal(table_take(tables, account(1), &more), TABLE_TAKEN);
        tables_free(tables); /* with all that is there */
}

static void a_dropped_one_is_not_told(void **state)
{
        struct table_job *job;
        (void)state;
        struct tables *tables = tables_new(&loop, "/bin/cat", 10000);
        calls = 0;
        assert_int_equal(table_take(tables, account(1), &job), TABLE_TAKEN);
        table_read_file(job, on_done, job);
        tables_free(tables);
        assert_int_equal(uv_run(&loop, UV_RUN_DEFAULT), 0);
        assert_int_equal(calls, 0);
}

static int open_loop(void **state)
{
        (void)state;
        return uv_loop_init(&loop);
}

static int close_loop(void **state)
{
        (void)state;
        free(said);
        return uv_loop_close(&loop);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_it_says_is_looked_over),
                cmocka_unit_test(too_much_is_cut_off),
                cmocka_unit_test(its_end_counts),
                cmocka_unit_test(places_are_few),
                cmocka_unit_test(a_dropped_one_is_not_told),
        };
        return cmocka_run_group_tests(tests, open_loop, close_loop);
}
