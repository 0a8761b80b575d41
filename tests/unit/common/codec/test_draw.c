/* The draw itself: of the same frame and seed the same, of each seed others, in whatever order the frame is. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/codec/draw.h"

enum { FRAME = 1000, DRAWN = 100 };

static void fill(struct id frame[FRAME])
{
        for (uint32_t i = 0; i < FRAME; i++) {
                memset(&frame[i], 0, sizeof(frame[i]));
                frame[i].b[14] = (uint8_t)(i >> 8);
                frame[i].b[15] = (uint8_t)i;
        }
}

static void test_the_order_of_the_frame_is_nothing(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        struct id frame[FRAME], reversed[FRAME];
        size_t count = DRAWN, again = DRAWN;
        (void)state;
        fill(frame);
        for (size_t i = 0; i < FRAME; i++)
                reversed[i] = frame[FRAME - 1 - i];
        const struct id *drawn = draw_ids("Loto 7 12 33", frame, FRAME, &count, &arena);
        const struct id *same = draw_ids("Loto 7 12 33", reversed, FRAME, &again, &arena);
        assert_int_equal(count, DRAWN);
        assert_memory_equal(drawn, same, DRAWN * sizeof(*drawn));
        for (size_t i = 1; i < count; i++)
                assert_true(memcmp(&drawn[i - 1], &drawn[i], sizeof(*drawn)) < 0);
}

/* Each id of the frame is drawn as often as any other: a tenth of a thousand seeds, within what chance does. */
static void test_nobody_is_drawn_more_often(void **state)
{
        enum { SEEDS = 400, EXPECTED = SEEDS * DRAWN / FRAME };
        struct id frame[FRAME];
        uint32_t times[FRAME] = {0};
        (void)state;
        fill(frame);
        for (int seed = 0; seed < SEEDS; seed++) {
                struct arena arena scoped(arena_fini) = {0};
                size_t count = DRAWN;
                const struct id *drawn = draw_ids(arena_printf(&arena, "%d", seed), frame, FRAME, &count, &arena);
                for (size_t i = 0; i < count; i++)
                        times[(uint32_t)drawn[i].b[14] << 8 | drawn[i].b[15]]++;
        }
        for (size_t i = 0; i < FRAME; i++) /* five standard deviations (6 each) either way */
                assert_in_range(times[i], EXPECTED - 32, EXPECTED + 32);
}

static void test_more_than_there_are(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        struct id frame[FRAME];
        size_t count = 2 * FRAME;
        (void)state;
        fill(frame);
        const struct id *drawn = draw_ids("", frame, FRAME, &count, &arena);
        assert_int_equal(count, FRAME);
        assert_memory_equal(drawn, frame, sizeof(frame));
        count = 3;
        (void)draw_ids("x", frame, 0, &count, &arena);
        assert_int_equal(count, 0);
}

/* Written down in docs/TRACKING.md as what anybody may compute: BLAKE2b. It never changes, or old draws are no more. */
static void test_a_rank_that_is_known(void **state)
{
        static const uint8_t known[DRAW_RANK_SIZE] = {0xde, 0xfb, 0x71, 0x69, 0x4d, 0xca, 0x48, 0x1c,
                                                      0xab, 0x82, 0xb2, 0x59, 0x6d, 0x42, 0xa6, 0x72};
        struct id id = {{0}};
        uint8_t one[DRAW_RANK_SIZE], other[DRAW_RANK_SIZE];
        (void)state;
        draw_rank("a", id, one);
        draw_rank("b", id, other);
        assert_memory_not_equal(one, other, sizeof(one));
        assert_memory_equal(one, known, sizeof(one));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_the_order_of_the_frame_is_nothing),
                cmocka_unit_test(test_nobody_is_drawn_more_often),
                cmocka_unit_test(test_more_than_there_are),
                cmocka_unit_test(test_a_rank_that_is_known),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
