/* Children: places, and what comes of a child that says what it should, or anything else. The child is
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
#include "services/gateway/front/api_table.h"
#include "services/gateway/front/children.h"

#define GOOD "{\"table\":{\"encoding\":\"UTF-8\",\"rows\":[]}}\n"

static uv_loop_t loop;
static int calls;
static enum child_outcome outcome;
static char *said;

static struct id account(uint8_t number)
{
        return (struct id){.b = {number}};
}

static void on_done(void *argument, enum child_outcome got, struct slice text)
{
        calls++;
        outcome = got;
        free(said);
        said = strndup(text.size == 0 ? "" : (const char *)text.data, text.size);
        child_drop(argument);
}

static struct children *children_of(const char *program)
{
        const struct child_program of = {program, "guichet-table", 10000};
        return children_new(&loop, &of);
}

/* What `program` makes of these bytes. */
static enum child_outcome made_of(const char *program, const char *bytes, size_t size)
{
        struct children *children = children_of(program);
        struct child_job *job;
        calls = 0;
        assert_int_equal(child_take(children, account(1), &job), CHILD_TAKEN);
        assert_int_equal(write(child_file(job), bytes, size), size);
        child_start(job, &api_table_task, on_done, job);
        assert_int_equal(calls, 0); /* later */
        assert_int_equal(uv_run(&loop, UV_RUN_DEFAULT), 0);
        assert_int_equal(calls, 1);
        children_free(children);
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
        assert_int_equal(made_of("/bin/cat", GOOD, sizeof(GOOD) - 1), CHILD_DONE);
        assert_string_equal(said, GOOD);
        for (size_t i = 0; i < ARRAY_SIZE(nonsense); i++)
                assert_int_equal(made_of("/bin/cat", nonsense[i], strlen(nonsense[i])), CHILD_BROKEN);
}

static void too_much_is_cut_off(void **state)
{
        enum { SIZE = LIMIT_TABLE_BYTES + 1 };
        char *bytes = malloc(SIZE);
        (void)state;
        memset(bytes, ' ', SIZE);
        memcpy(bytes, GOOD, sizeof(GOOD) - 2);
        bytes[SIZE - 1] = '\n';
        assert_int_equal(made_of("/bin/cat", bytes, SIZE), CHILD_BROKEN);
        free(bytes);
}

static void its_end_counts(void **state)
{
        (void)state;
        assert_int_equal(made_of("/bin/false", GOOD, sizeof(GOOD) - 1), CHILD_BROKEN); /* a refusal without words */
        assert_int_equal(made_of("/nowhere/guichet-table", GOOD, sizeof(GOOD) - 1), CHILD_NOT_STARTED);
}

static void places_are_few(void **state)
{
        struct child_job *jobs[CHILDREN_MAX], *more;
        (void)state;
        struct children *children = children_of("/bin/cat");
        for (uint8_t i = 0; i < CHILDREN_MAX; i++)
                assert_int_equal(child_take(children, account(i), &jobs[i]), CHILD_TAKEN);
        assert_int_equal(child_take(children, account(0), &more), CHILD_OWN_BUSY);
        assert_int_equal(child_take(children, account(CHILDREN_MAX), &more), CHILD_ALL_BUSY);
        child_drop(jobs[1]);
        assert_int_equal(child_take(children, account(1), &more), CHILD_TAKEN);
        children_free(children); /* with all that is there */
}

static void a_dropped_one_is_not_told(void **state)
{
        struct child_job *job;
        (void)state;
        struct children *children = children_of("/bin/cat");
        calls = 0;
        assert_int_equal(child_take(children, account(1), &job), CHILD_TAKEN);
        child_start(job, &api_table_task, on_done, job);
        children_free(children);
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
