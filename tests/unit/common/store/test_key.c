#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "common/store/key.h"

static int order_of(const struct key *a, const struct key *b)
{
        size_t shorter = a->size < b->size ? a->size : b->size;
        int order = memcmp(a->bytes, b->bytes, shorter);
        return order != 0 ? order : (int)a->size - (int)b->size;
}

static void byte_order_is_the_order_of_numbers(void **state)
{
        static const int32_t signed_numbers[] = {INT32_MIN, -70000, -1, 0, 1, 255, 256, 70000, INT32_MAX};
        static const uint64_t numbers[] = {0, 1, 255, 256, UINT32_MAX, (uint64_t)UINT32_MAX + 1, UINT64_MAX};
        (void)state;
        for (size_t i = 1; i < ARRAY_SIZE(signed_numbers); i++) {
                struct key less = key_empty(), more = key_empty();
                key_i32(&less, signed_numbers[i - 1]);
                key_i32(&more, signed_numbers[i]);
                assert_true(order_of(&less, &more) < 0);
        }
        for (size_t i = 1; i < ARRAY_SIZE(numbers); i++) {
                struct key less = key_of_u64(numbers[i - 1]), more = key_of_u64(numbers[i]);
                assert_true(order_of(&less, &more) < 0);
        }
}

static void a_text_part_ends(void **state)
{
        (void)state;
        struct key one = key_of_text("ab"), other = key_of_text("a");
        key_text(&one, "c");
        key_text(&other, "bc");
        assert_int_not_equal(order_of(&one, &other), 0);
        struct key shorter = key_of_text("a"), longer = key_of_text("ab");
        assert_true(order_of(&shorter, &longer) < 0);
        struct key empty = key_of_text("");
        assert_int_equal(empty.size, 1);
}

static void a_text_of_any_length_finds_only_itself(void **state)
{
        (void)state;
        char text[5000], other[5000];
        memset(text, 'x', sizeof(text));
        text[sizeof(text) - 1] = '\0';
        memcpy(other, text, sizeof(other));
        other[sizeof(other) - 2] = 'y';
        struct key one = key_of_text(text), again = key_of_text(text), differs = key_of_text(other);
        assert_int_equal(order_of(&one, &again), 0);
        assert_int_not_equal(order_of(&one, &differs), 0);
        assert_int_equal(one.size, KEY_TEXT_MAX + 1);

        text[KEY_TEXT_MAX] = '\0'; /* the longest that stands there as it is */
        struct key whole = key_of_text(text);
        assert_int_equal(whole.size, KEY_TEXT_MAX + 1);
        assert_memory_equal(whole.bytes, text, KEY_TEXT_MAX + 1);

        struct key full = key_of_text(other);
        key_text(&full, other);
        key_id(&full, (struct id){{1}});
        assert_true(full.size <= KEY_SIZE_MAX - 29);
}

static void parts_are_read_back_where_they_were_put(void **state)
{
        (void)state;
        struct id id = {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}};
        struct key key = key_of_id(id);
        key_u8(&key, 200);
        key_u32(&key, 4000000000u);
        key_i32(&key, -12);
        key_u64(&key, UINT64_MAX - 1);
        struct slice bytes = key_slice(&key);
        assert_int_equal(bytes.size, 16 + 1 + 4 + 4 + 8);
        assert_true(id_equal(key_read_id(bytes, 0), id));
        assert_int_equal(bytes.data[16], 200);
        assert_int_equal(key_read_u32(bytes, 17), 4000000000u);
        assert_int_equal(key_read_i32(bytes, 21), -12);
        assert_true(key_read_u64(bytes, 25) == UINT64_MAX - 1);
        assert_int_equal(key_read_i32(bytes, 21), -12);
        struct key behind = key_of_text("31");
        key_bytes(&behind, bytes);
        assert_int_equal(behind.size, 3 + bytes.size);
        assert_memory_equal(behind.bytes + 3, bytes.data, bytes.size);
}

static void a_full_key_is_still_a_key(void **state)
{
        (void)state;
        struct key key = key_empty();
        for (uint8_t i = 0; i < KEY_SIZE_MAX; i++)
                key_u8(&key, i);
        assert_int_equal(key.size, KEY_SIZE_MAX);
        assert_int_equal(key.bytes[KEY_SIZE_MAX - 1], KEY_SIZE_MAX - 1);
}

/* What is a bug ends the process: seen from outside, in a child. */
static bool dies_of(int number, void (*bug)(void))
{
        int status;
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
                (void)signal(number, SIG_DFL);
                (void)close(STDERR_FILENO); /* what require() says */
                bug();
                _exit(0);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        return WIFSIGNALED(status) && WTERMSIG(status) == number;
}

static void put_too_much(void)
{
        struct key key = key_empty();
        for (size_t i = 0; i <= KEY_SIZE_MAX; i++)
                key_u8(&key, 0);
}

static void read_past_the_end(void)
{
        (void)key_read_u64(slice_of("1234567", 7), 0);
}

static void read_an_id_past_the_end(void)
{
        (void)key_read_id(slice_of("0123456789abcdef", 16), 1);
}

static void a_key_beyond_its_bounds_is_a_bug_or_a_damage(void **state)
{
        (void)state;
        assert_true(dies_of(SIGABRT, put_too_much));
        assert_true(dies_of(SIGBUS, read_past_the_end)); /* as a damaged page does: the daemon's guard tells it */
        assert_true(dies_of(SIGBUS, read_an_id_past_the_end));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(byte_order_is_the_order_of_numbers),
                cmocka_unit_test(a_text_part_ends),
                cmocka_unit_test(a_text_of_any_length_finds_only_itself),
                cmocka_unit_test(parts_are_read_back_where_they_were_put),
                cmocka_unit_test(a_full_key_is_still_a_key),
                cmocka_unit_test(a_key_beyond_its_bounds_is_a_bug_or_a_damage),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
