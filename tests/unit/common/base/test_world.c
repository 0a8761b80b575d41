#include "common/base/world.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/id.h"

static void the_same_seed_gives_the_same_history(void **state)
{
        (void)state;
        struct world a = world_seeded(31, 1000), b = world_seeded(31, 1000), c = world_seeded(32, 1000);

        for (int i = 0; i < 100; i++) {
                struct id from_a = id_new(&a, a.now_ms(&a), 0);
                assert_true(id_equal(from_a, id_new(&b, b.now_ms(&b), 0)));
                assert_false(id_equal(from_a, id_new(&c, c.now_ms(&c), 0)));
        }
}

static void any_number_of_bytes_is_drawn(void **state)
{
        (void)state;
        struct world seeded = world_seeded(5, 0), real = world_real();
        struct world *worlds[] = {&seeded, &real};

        for (size_t w = 0; w < ARRAY_SIZE(worlds); w++) {
                uint8_t ever[256] = {0};
                for (size_t size = 0; size <= sizeof(ever); size++) {
                        uint8_t bytes[257] = {0};
                        worlds[w]->random(worlds[w], bytes, size);
                        assert_int_equal(bytes[size], 0); /* no byte beyond those asked for */
                        for (size_t i = 0; i < size; i++)
                                ever[i] |= bytes[i];
                }
                for (size_t i = 0; i + 8 < sizeof(ever); i++) /* and none forgotten: each was drawn 9 times or more */
                        assert_int_not_equal(ever[i], 0);
        }
}

static void the_seeded_clock_moves_when_told(void **state)
{
        (void)state;
        struct world world = world_seeded(1, 5000);
        assert_int_equal(world.now_ms(&world), 5000);
        assert_int_equal(world.now_ms(&world), 5000);
        world.now_ms_value += 7;
        assert_int_equal(world.now_ms(&world), 5007);
        assert_int_equal(world.monotonic_us(&world), 5007000);
}

static void commits_fail_from_the_one_told(void **state)
{
        (void)state;
        struct world world = world_seeded(1, 0);
        for (int i = 0; i < 10; i++)
                assert_int_equal(world.commit_fault(&world), 0);

        world.commits_until_fault = 2;
        world.fault_errno = ENOSPC;
        assert_int_equal(world.commit_fault(&world), 0);
        assert_int_equal(world.commit_fault(&world), 0);
        assert_int_equal(world.commit_fault(&world), ENOSPC);
        assert_int_equal(world.commit_fault(&world), ENOSPC);
        world.commits_until_fault = -1;
        assert_int_equal(world.commit_fault(&world), 0);
}

static void the_real_world_has_a_clock_and_no_faults(void **state)
{
        (void)state;
        struct world world = world_real();
        uint64_t before_us = world.monotonic_us(&world);

        assert_true(world.now_ms(&world) > 1700000000000); /* later than November 2023 */
        for (int i = 0; i < 1000; i++) {
                uint64_t now_us = world.monotonic_us(&world);
                assert_true(now_us >= before_us);
                before_us = now_us;
        }
        assert_int_equal(world.commit_fault(&world), 0);
}

enum { DRAWS = 2000 };

static void *draw(void *ids)
{
        struct world world = world_real();
        for (int i = 0; i < DRAWS; i++)
                ((struct id *)ids)[i] = id_new(&world, 0, 0);
        return NULL;
}

static int compare_ids(const void *a, const void *b)
{
        return memcmp(a, b, sizeof(struct id));
}

static void threads_draw_apart(void **state)
{
        (void)state;
        static struct id ids[4][DRAWS];
        pthread_t threads[ARRAY_SIZE(ids)];

        for (size_t i = 0; i < ARRAY_SIZE(threads); i++)
                assert_int_equal(pthread_create(&threads[i], NULL, draw, ids[i]), 0);
        for (size_t i = 0; i < ARRAY_SIZE(threads); i++)
                assert_int_equal(pthread_join(threads[i], NULL), 0);

        struct id *all = &ids[0][0];
        size_t count = ARRAY_SIZE(ids) * DRAWS;
        qsort(all, count, sizeof(*all), compare_ids);
        for (size_t i = 1; i < count; i++)
                assert_false(id_equal(all[i - 1], all[i]));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(the_same_seed_gives_the_same_history),
                cmocka_unit_test(any_number_of_bytes_is_drawn),
                cmocka_unit_test(the_seeded_clock_moves_when_told),
                cmocka_unit_test(commits_fail_from_the_one_told),
                cmocka_unit_test(the_real_world_has_a_clock_and_no_faults),
                cmocka_unit_test(threads_draw_apart),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
