/* Needs and clauses added up, without a store. */
#include "tests/lib/engine_fixture.h"

#include "services/contracts/needs/forecast.h"

static Contracts__ForecastLine *line(struct arena *arena, const char *territory, int32_t month, const char *rome,
                                     uint32_t positions)
{
        Contracts__ForecastLine *row = pb_new(&contracts__forecast_line__descriptor, arena);
        row->territory = arena_text(arena, territory);
        row->month = month_to(arena, month_of_number(month));
        row->rome_code = arena_text(arena, rome);
        row->positions = positions;
        row->needs = 1;
        return row;
}

static void test_one_line_a_trade_and_month(void **state)
{
        struct arena arena = {0};
        Contracts__ForecastLine *lines[] = {line(&arena, "31", 682, "F1606", 2), line(&arena, "09", 682, "F1606", 1),
                                            line(&arena, "31", 681, "F1606", 4), line(&arena, "31", 682, "F1606", 3),
                                            line(&arena, "31", 682, "A1203", 1)};
        (void)state;
        assert_int_equal(forecast_add_up(lines, ARRAY_SIZE(lines)), 4);
        assert_string_equal(lines[0]->territory, "09");
        assert_int_equal(lines[1]->month->months, 681);
        assert_string_equal(lines[2]->rome_code, "A1203");
        assert_int_equal(lines[3]->positions, 5);
        assert_int_equal(lines[3]->needs, 2);
        assert_int_equal(forecast_add_up(lines, 0), 0);
        arena_fini(&arena);
}

static Contracts__ComingLine *coming(struct arena *arena, const Types__Month *month, const char *cpv, int64_t hours,
                                     bool awarded)
{
        Contracts__ComingLine *row = pb_new(&contracts__coming_line__descriptor, arena);
        row->territory = arena_text(arena, "31");
        row->month = month == NULL ? NULL : month_to(arena, month_of(month));
        row->cpv_division = arena_text(arena, cpv);
        row->hours = hours_to(arena, hours_of_hundredths(hours * 100));
        row->clauses = 1;
        row->awarded = awarded;
        return row;
}

static void test_clauses(void **state)
{
        struct arena arena = {0};
        Types__Month *month = month_to(&arena, month_of_number(682));
        Contracts__ComingLine *lines[] = {
                coming(&arena, NULL, "45", 100, false), coming(&arena, month, "45", 200, false),
                coming(&arena, month, "45", 300, true), coming(&arena, month, "45", 400, true),
                coming(&arena, month, "90", 50, true)};
        (void)state;
        assert_int_equal(forecast_add_up_coming(lines, ARRAY_SIZE(lines)), 4);
        assert_int_equal(lines[0]->hours->hundredths, 70000); /* what is awarded comes first */
        assert_int_equal(lines[0]->clauses, 2);
        assert_string_equal(lines[1]->cpv_division, "90");
        assert_false(lines[2]->awarded);
        assert_null(lines[3]->month); /* not known: last */
        arena_fini(&arena);
}

static void test_persons(void **state)
{
        struct hours quarter = hours_of_hundredths(45500);
        (void)state;
        assert_int_equal(forecast_persons(hours_of_hundredths(0), quarter), 0);
        assert_int_equal(forecast_persons(hours_of_hundredths(1), quarter), 1);
        assert_int_equal(forecast_persons(hours_of_hundredths(45500), quarter), 1);
        assert_int_equal(forecast_persons(hours_of_hundredths(45501), quarter), 2);
        assert_int_equal(forecast_persons(hours_of_hundredths(INT64_MAX), hours_of_hundredths(1)), UINT32_MAX);
}

static void test_months(void **state)
{
        struct month from = month_of_day(day_of_civil((struct civil){2026, 11, 1})), month;
        (void)state;
        assert_true(forecast_month(day_of_civil((struct civil){2026, 8, 3}), from, 3, &month));
        assert_int_equal(month_number(month), month_number(from)); /* it should have started already */
        assert_true(forecast_month(day_of_civil((struct civil){2027, 1, 31}), from, 3, &month));
        assert_int_equal(month_number(month), month_number(from) + 2);
        assert_false(forecast_month(day_of_civil((struct civil){2027, 2, 1}), from, 3, &month));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_one_line_a_trade_and_month),
                cmocka_unit_test(test_clauses),
                cmocka_unit_test(test_persons),
                cmocka_unit_test(test_months),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
