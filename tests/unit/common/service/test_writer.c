/* The writer thread between a loop and a store: order, batches, a full disk, the end. Run under ThreadSanitizer too. */
#include "tests/unit/common/service/toy.h"

#include "common/base/limits.h"
#include "common/service/writer.h"

struct scene {
        struct toy *toy;
        uv_loop_t loop;
        struct writer *writer;
        size_t pushed, done, granted, unavailable, refused, wrong_order;
        uint64_t last_position;
};

static void on_done(void *argument, struct item *items)
{
        struct scene *scene = argument;
        while (items != NULL) {
                struct arena arena scoped(arena_fini) = {0};
                struct item *item = items;
                items = item->next;
                const Wire__Reply *reply = pb_decode(&wire__reply__descriptor, item->reply, &arena);
                assert_non_null(reply);
                if (reply->outcome_case == WIRE__REPLY__OUTCOME_BODY) {
                        scene->granted++;
                        scene->wrong_order += reply->position <= scene->last_position;
                        scene->last_position = reply->position;
                } else if (reply->refusal->code == TYPES__REFUSAL_CODE__UNAVAILABLE) {
                        scene->unavailable++;
                } else {
                        scene->refused++;
                }
                scene->done++;
                item_free(scene->toy->engine, &item);
        }
}

static int setup(void **state)
{
        struct scene *scene = calloc(1, sizeof(*scene));
        assert_non_null(scene);
        assert_int_equal(uv_loop_init(&scene->loop), 0);
        scene->toy = toy_open(&toy_source);
        scene->writer = writer_new(scene->toy->engine, &scene->loop, on_done, scene);
        *state = scene;
        return 0;
}

static void finish(struct scene *scene)
{
        writer_finish(scene->writer);
        scene->writer = NULL;
        assert_int_equal(uv_run(&scene->loop, UV_RUN_DEFAULT), 0);
}

static int teardown(void **state)
{
        struct scene *scene = *state;
        if (scene->writer != NULL)
                finish(scene);
        assert_int_equal(uv_loop_close(&scene->loop), 0);
        toy_close(scene->toy);
        free(scene);
        return 0;
}

/* As the loop thread does: accepts a frame and hands it over. False where the queue is full. */
static bool push(struct scene *scene, const char *territory)
{
        struct slice reply;
        struct item *item = engine_accept(scene->toy->engine, slice_of("p", 1), toy_frame(scene->toy, territory),
                                          &scene->toy->arena, &reply);
        assert_non_null(item);
        bool pushed = writer_push(scene->writer, item);
        if (!pushed)
                item_free(scene->toy->engine, &item);
        scene->pushed += pushed;
        arena_reset(&scene->toy->arena);
        return pushed;
}

static void wait_for_all(struct scene *scene)
{
        while (scene->done < scene->pushed)
                (void)uv_run(&scene->loop, UV_RUN_ONCE);
}

static void commands_are_done_in_their_order_while_queries_go_on(void **state)
{
        enum { COMMANDS = 3000 };
        struct scene *scene = *state;
        for (int i = 0; i < COMMANDS; i++) {
                assert_true(push(scene, "31"));
                if (i % 64 == 0) {
                        (void)uv_run(&scene->loop, UV_RUN_NOWAIT);
                        (void)engine_position(scene->toy->engine); /* a read snapshot beside the writer */
                        (void)writer_waiting(scene->writer);
                        (void)writer_commit_us(scene->writer);
                        (void)engine_figures(scene->toy->engine);
                }
        }
        wait_for_all(scene);
        assert_int_equal(scene->granted, COMMANDS);
        assert_int_equal(scene->wrong_order, 0);
        assert_int_equal(engine_position(scene->toy->engine), COMMANDS);
        assert_int_equal(toy_rows(scene->toy), COMMANDS);
        assert_int_equal(writer_waiting(scene->writer), 0);
        struct engine_figures figures = engine_figures(scene->toy->engine);
        assert_int_equal(figures.commands, COMMANDS);
        assert_true(figures.commits <= COMMANDS && figures.commits >= COMMANDS / LIMIT_BATCH_COMMANDS);
}

static void a_full_disk_is_told_to_each_and_overcome(void **state)
{
        static const int faults[] = {ENOSPC, EDQUOT};
        struct scene *scene = *state;
        for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
                size_t before = scene->granted;
                assert_true(push(scene, "31"));
                wait_for_all(scene);
                assert_false(writer_full(scene->writer));
                assert_int_equal(scene->granted, before + 1);

                toy_fault = faults[i];
                for (int n = 0; n < 20; n++)
                        assert_true(push(scene, "31"));
                wait_for_all(scene);
                assert_true(writer_full(scene->writer));
                assert_int_equal(scene->unavailable, 20 * (i + 1));
                assert_int_equal(scene->granted, before + 1);
                assert_int_equal(engine_position(scene->toy->engine), before + 1);

                assert_true(push(scene, "971")); /* is refused, which takes no disk */
                wait_for_all(scene);
                assert_int_equal(scene->refused, i + 1);
                assert_true(writer_full(scene->writer));

                toy_fault = 0;
                assert_true(push(scene, "31"));
                wait_for_all(scene);
                assert_false(writer_full(scene->writer));
                assert_int_equal(scene->granted, before + 2);
        }
        assert_true(engine_figures(scene->toy->engine).disk_full >= 2);
}

static void a_refusal_leaves_in_its_turn(void **state)
{
        struct scene *scene = *state;
        for (int i = 0; i < 50; i++)
                assert_true(push(scene, i % 2 == 0 ? "31" : "971"));
        wait_for_all(scene);
        assert_int_equal(scene->granted, 25);
        assert_int_equal(scene->refused, 25);
}

static void what_waits_at_the_end_is_done_and_delivered(void **state)
{
        struct scene *scene = *state;
        for (int i = 0; i < 500; i++)
                assert_true(push(scene, "31"));
        finish(scene);
        assert_int_equal(scene->granted, 500);
        assert_int_equal(toy_rows(scene->toy), 500);
}

static void it_ends_when_nothing_was_ever_asked(void **state)
{
        struct scene *scene = *state;
        finish(scene);
        assert_int_equal(scene->done, 0);
}

/* --- backpressure: a piece of work that holds the writer until the queue is full --- */

static atomic_bool may_go_on;
static size_t internal_done;

static void hold(struct work *work, void *argument)
{
        (void)work;
        (void)argument;
        while (!may_go_on)
                (void)uv_os_getpid();
}

static void count_internal(void *argument, struct item *items)
{
        struct scene *scene = argument;
        while (items != NULL) {
                struct item *item = items;
                items = item->next;
                internal_done++;
                item_free(scene->toy->engine, &item);
        }
}

static void do_nothing(struct work *work, void *argument)
{
        (void)work;
        (void)argument;
}

static bool push_internal(struct scene *scene, struct writer *writer, void (*fn)(struct work *, void *))
{
        struct item *item = item_new(scene->toy->engine);
        item->kind = ITEM_INTERNAL;
        item->fn = fn;
        if (writer_push(writer, item))
                return true;
        item_free(scene->toy->engine, &item);
        return false;
}

static void a_full_queue_is_told_at_once(void **state)
{
        struct scene *scene = *state;
        finish(scene);
        may_go_on = false;
        internal_done = 0;
        struct writer *writer = writer_new(scene->toy->engine, &scene->loop, count_internal, scene);
        size_t pushed = 0;
        assert_true(push_internal(scene, writer, hold));
        while (push_internal(scene, writer, do_nothing))
                pushed++;
        /* the writer may have taken a whole batch, and not `hold` alone, before it was held */
        assert_in_range(pushed, LIMIT_QUEUE_COMMANDS - 1, LIMIT_QUEUE_COMMANDS + LIMIT_BATCH_COMMANDS);
        may_go_on = true;
        writer_finish(writer);
        assert_int_equal(uv_run(&scene->loop, UV_RUN_DEFAULT), 0);
        assert_int_equal(internal_done, pushed + 1);
        assert_int_equal(engine_figures(scene->toy->engine).commits, 0); /* nothing was written */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(commands_are_done_in_their_order_while_queries_go_on),
                TEST(a_full_disk_is_told_to_each_and_overcome),
                TEST(a_refusal_leaves_in_its_turn),
                TEST(what_waits_at_the_end_is_done_and_delivered),
                TEST(it_ends_when_nothing_was_ever_asked),
                TEST(a_full_queue_is_told_at_once),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
