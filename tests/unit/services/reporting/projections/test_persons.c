/* Who worked in several departments, and who has several files, counts once. */
#include "tests/unit/services/reporting/fixture.h"

enum { HIRE = MODALITY(DIRECT_HIRE), PROVIDED = MODALITY(STAFF_PROVIDED) };

static void hours_of_year(struct fixture *f, uint32_t person, int32_t modality, const char *territory, int year)
{
        tell_hours(f, (struct validated){.person = person,
                                         .obligation = person,
                                         .modality = modality,
                                         .territory = territory,
                                         .year = year,
                                         .month = 1,
                                         .hundredths = 1000});
}

/* Whoever worked in two departments counts in the first by its code, in whichever order they tell of it. */
static void test_two_departments_and_one_person(void **state)
{
        struct fixture *f = *state;
        hours_of_year(f, 1, HIRE, "82", 2025);
        assert_int_equal(activity_of(f, 2025, "82").persons, 1);
        hours_of_year(f, 1, PROVIDED, "31", 2025);
        assert_int_equal(activity_of(f, 2025, "31").persons, 1);
        assert_int_equal(activity_of(f, 2025, "82").persons, 0);
        assert_int_equal(activity_of(f, 2025, "82").persons_by_modality[HIRE], 1);
        assert_int_equal(activity_of(f, 2025, "31").persons_by_modality[PROVIDED], 1);
        assert_int_equal(activity_of(f, 0, "31").persons + activity_of(f, 0, "82").persons, 1);
}

static void test_merged_files_are_one_person(void **state)
{
        struct fixture *f = *state;
        hours_of_year(f, 1, HIRE, "31", 2024);
        hours_of_year(f, 1, HIRE, "31", 2025);
        hours_of_year(f, 2, HIRE, "31", 2025);
        hours_of_year(f, 2, PROVIDED, "82", 2026);
        struct activity before[] = {activity_of(f, 0, "31"), activity_of(f, 2025, "31"), activity_of(f, 2026, "82"),
                                    activity_of(f, 0, "82")};
        assert_int_equal(before[0].persons, 2);
        tell_same(f, NULL, 2, 1, 1);
        assert_int_equal(activity_of(f, 0, "31").persons, 1);
        assert_int_equal(activity_of(f, 0, "82").persons, 0);
        assert_int_equal(activity_of(f, 2024, "31").persons, 1);
        assert_int_equal(activity_of(f, 2025, "31").persons, 1);
        assert_int_equal(activity_of(f, 2025, "31").persons_by_modality[HIRE], 1);
        assert_int_equal(activity_of(f, 2025, "31").hundredths[HIRE], 2000); /* all that was worked */
        assert_int_equal(activity_of(f, 2026, "82").persons, 1);

        hours_of_year(f, 2, HIRE, "31", 2024); /* of a year in which the other is counted */
        assert_int_equal(activity_of(f, 2024, "31").persons, 1);
        tell_hours(f,
                   (struct validated){
                           .person = 2, .obligation = 2, .modality = HIRE, .year = 2024, .month = 1, .replaced = 1000});
        tell_same(f, NULL, 2, 1, -1);
        struct activity after[] = {activity_of(f, 0, "31"), activity_of(f, 2025, "31"), activity_of(f, 2026, "82"),
                                   activity_of(f, 0, "82")};
        assert_memory_equal(before, after, sizeof(before));
}

/* The partition where she is now unmerges what another one had merged, and is heard first; a third file joins. */
static void test_partitions_tell_of_it_in_any_order(void **state)
{
        struct fixture *f = *state;
        for (uint32_t person = 1; person <= 3; person++)
                hours_of_year(f, person, HIRE, "31", 2025);
        tell_same(f, "tracking-2", 2, 1, -1);
        assert_int_equal(activity_of(f, 2025, "31").persons, 3);
        tell_same(f, NULL, 2, 1, 1);
        assert_int_equal(activity_of(f, 2025, "31").persons, 3);
        tell_same(f, NULL, 2, 1, 1);
        tell_same(f, "tracking-2", 3, 1, 1);
        assert_int_equal(activity_of(f, 2025, "31").persons, 1);
        tell_same(f, "tracking-2", 2, 1, -1);
        assert_int_equal(activity_of(f, 2025, "31").persons, 2);
        tell_same(f, NULL, 1, 1, 1); /* what is no pair changes nothing */
        assert_int_equal(activity_of(f, 2025, "31").persons, 2);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_two_departments_and_one_person, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_merged_files_are_one_person, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_partitions_tell_of_it_in_any_order, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
