#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "services/directory/words/word_list.h"

static struct arena arena;
static struct word_list *list;
static const int things[7];

static int open_list(void **state)
{
        static const struct {
                const char *name;
                uint32_t weight;
        } names[] = {{"Saint-Gaudens", 12},  {"Saint-Étienne-de-Tulmont", 4},
                     {"L'Isle-Jourdain", 9}, {"Jourdain", 1},
                     {"Sainte-Croix", 3},    {"Toulouse", 500},
                     {"Tournefeuille", 29}};
        (void)state;
        arena_init(&arena);
        list = word_list_new(&arena);
        for (uint32_t i = 0; i < ARRAY_SIZE(names); i++)
                word_list_add(list, names[i].name, &things[i], names[i].weight);
        word_list_add(list, "Toulouse la rose", &things[5], 0); /* another name of the same */
        word_list_close(list);
        return 0;
}

static int close_list(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

static struct best find(const char *asked)
{
        struct best found;
        word_list_find(list, &(struct word_list_wish){.asked = asked, .most = 10}, &found);
        return found;
}

#define assert_first(asked, item)                                                                                      \
        do {                                                                                                           \
                struct best found = find(asked);                                                                       \
                assert_true(found.count > 0);                                                                          \
                assert_ptr_equal(found.offers[0].thing, &things[item]);                                                \
        } while (0)

static void test_beginnings_of_words(void **state)
{
        (void)state;
        assert_first("toulouse", 5);
        assert_first("TOUL", 5);
        assert_first("st gaud", 0);
        assert_first("gaudens saint", 0);
        assert_first("etienne", 1);
        assert_first("saint-etienne de tulmont", 1);
        assert_first("ste croix", 4);
        assert_int_equal(find("ouse").count, 0); /* no beginning */
        assert_int_equal(find("saint toulouse").count, 0);
        assert_int_equal(find("").count, 0);
        assert_int_equal(find(" - ").count, 0);
}

static void test_the_best_first(void **state)
{
        (void)state;
        assert_first("jourdain", 3); /* the name itself before one that has it */
        assert_first("tou", 5);      /* the heavier one */
        assert_int_equal(find("toulouse").count, 1);
        assert_int_equal(find("sain").count, 3);
        assert_first("sain", 0);
}

static void test_a_wrong_letter(void **state)
{
        (void)state;
        assert_first("toulousse", 5);
        assert_first("tolouse", 5);
        assert_first("sainr", 0); /* of those as near, the heaviest */
        assert_first("st gaudans", 0);
        assert_int_equal(find("xoulouse").count, 0); /* the first one is right */
        assert_int_equal(find("jxx").count, 0);
}

static bool is_odd(const void *argument, const void *thing)
{
        (*(unsigned *)(uintptr_t)argument)++;
        return ((const int *)thing - things) % 2 == 1;
}

static void test_what_is_wanted(void **state)
{
        (void)state;
        struct best found;
        unsigned asked = 0;
        word_list_find(list, &(struct word_list_wish){"s", 1, is_odd, &asked}, &found);
        assert_int_equal(found.count, 1);
        assert_ptr_equal(found.offers[0].thing, &things[1]);
        assert_false(found.more);
        assert_true(asked >= 3);
        word_list_find(list, &(struct word_list_wish){.asked = "s", .most = 1}, &found);
        assert_ptr_equal(found.offers[0].thing, &things[0]);
        assert_true(found.more);
}

static void test_any_text(void **state)
{
        char longest[2000];
        (void)state;
        memset(longest, 'a', sizeof(longest) - 1);
        longest[sizeof(longest) - 1] = '\0';
        assert_int_equal(find(longest).count, 0);
        for (size_t i = 1; i < sizeof(longest) - 1; i += 2)
                longest[i] = ' ';
        assert_int_equal(find(longest).count, 0);
        assert_int_equal(find("\xff\xfe").count, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_beginnings_of_words),
                cmocka_unit_test(test_the_best_first),
                cmocka_unit_test(test_a_wrong_letter),
                cmocka_unit_test(test_what_is_wanted),
                cmocka_unit_test(test_any_text),
        };
        return cmocka_run_group_tests(tests, open_list, close_list);
}
