#include "tests/unit/services/reporting/fixture.h"

static void test_a_line_for_each_modality_that_has_something(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        struct modality_sum sum = {.hundredths = {[MODALITY(DIRECT_HIRE)] = 15167},
                                   .persons = {[MODALITY(DIRECT_HIRE)] = 2},
                                   .placements = {[MODALITY(MODALITY_UNKNOWN)] = 1, [MODALITY(DIRECT_HIRE)] = 3}};
        size_t count;
        Reporting__ModalityFigures **lines = modality_figures(&arena, &sum, &count);
        assert_int_equal(count, 2);
        assert_int_equal(lines[0]->modality, MODALITY(MODALITY_UNKNOWN)); /* not told is a line too */
        assert_int_equal(lines[0]->placements, 1);
        assert_int_equal(lines[1]->modality, MODALITY(DIRECT_HIRE));
        assert_int_equal(hundredths_of(lines[1]->hours), 15167);
        assert_int_equal(lines[1]->persons, 2);
        assert_int_equal(lines[1]->placements, 3);
}

static void test_nothing_is_no_line(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        struct modality_sum sum = {0};
        size_t count = 9;
        (void)modality_figures(&arena, &sum, &count);
        assert_int_equal(count, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_a_line_for_each_modality_that_has_something),
                cmocka_unit_test(test_nothing_is_no_line),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
