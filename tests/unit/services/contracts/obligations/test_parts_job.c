/* The day of a part comes: what begins is posted once, though the daemon was down on that day. */
#include "tests/unit/services/contracts/obligations/scene.h"
#include "tests/unit/services/contracts/obligations/told_parts.h"

static int64_t due_of(struct fixture *f, Types__Id *obligation)
{
        return see_obligation(f, obligation)->due->hundredths / 100;
}

static void put_renewal(struct fixture *f, const struct scene *scene, uint32_t rank, Types__Day *from)
{
        Contracts__PutContractPart *command = part_of(f, scene->contract, TACIT);
        command->rank = rank;
        part_runs(f, command, from);
        part_adds(f, command, scene->lead, 100);
        (void)put_part(f, command);
}

static void test_one_after_the_other(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        struct due due;
        put_renewal(f, &scene, 2, a_day(f, 2028, 3, 2));
        put_renewal(f, &scene, 1, a_day(f, 2027, 3, 2));
        assert_true(part_is_due(f, scene.contract, &due));
        assert_int_equal(due.at_ms, (int64_t)a_day(f, 2027, 3, 2)->days * 86400000);
        part_day_comes(f, scene.contract);
        assert_int_equal(due_of(f, scene.lead), 600);
        part_day_comes(f, scene.contract);
        assert_int_equal(due_of(f, scene.lead), 700);
        assert_false(part_is_due(f, scene.contract, &due));
        fixture_verify(f);
}

static void test_both_days_passed_meanwhile(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        struct due due;
        put_renewal(f, &scene, 1, a_day(f, 2027, 3, 2));
        put_renewal(f, &scene, 2, a_day(f, 2028, 3, 2));
        part_day_comes_late(f, scene.contract, a_day(f, 2028, 6, 1));
        assert_int_equal(due_of(f, scene.lead), 700);
        assert_false(part_is_due(f, scene.contract, &due));
        const char *told = facts_with_parts(f, coordinator(f), scene.contract)->history[0]->text;
        assert_non_null(
                strstr(told, "A commencé, le 1er juin 2028 : reconduction tacite n° 1, reconduction tacite n° 2."));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_one_after_the_other, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_both_days_passed_meanwhile, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
