#include "tests/unit/common/import/organisation_text.h"

static Directory__Organisation *empty(struct reading *reading)
{
        reading_again(reading);
        return pb_new(&directory__organisation__descriptor, &reading->arena);
}

static void departments_have_one_form(void **state)
{
        static const struct {
                const char *json;
                const char *territory;
        } cases[] = {
                {"'31'", "31"},  {"'1'", "01"},  {"1", "01"},      {"'001'", "01"},
                {"'02a'", "2A"}, {"'2B'", "2B"}, {"'974'", "974"},
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                Directory__Organisation *to = empty(reading);
                struct node at = reading_node(reading, cases[i].json);
                row_territory(&reading->found, &at, to);
                assert_string_equal(to->territory, cases[i].territory);
                assert_int_equal(reading->found.warnings.count, 0);
        }
        Directory__Organisation *to = empty(reading);
        struct node wrong = reading_node(reading, "'99'");
        row_territory(&reading->found, &wrong, to);
        assert_string_equal(to->territory, "");
        assert_int_equal(reading_count(&reading->found.warnings, NOTE_TERRITORY), 1);
}

static void an_address_tells_its_department(void **state)
{
        static const struct {
                const char *commune;
                const char *postcode;
                const char *territory;
        } cases[] = {
                {"31555", "", "31"},  {"2A004", "", "2A"}, {"97411", "", "974"}, {"", "20090", "2A"},
                {"", "20137", "2A"},  {"", "20200", "2B"}, {"", "20600", "2B"},  {"", "97200", "972"},
                {"", "01000", "01"},  {"", "1000", "01"},  {"4004", "", "04"},   {"", "F-310", ""},
                {"x", "93000", "93"}, {"", "", ""},
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                Directory__Organisation *to = empty(reading);
                struct node absent = {.name = "department"};
                to->commune = arena_text(&reading->arena, cases[i].commune);
                to->postcode = arena_text(&reading->arena, cases[i].postcode);
                row_territory(&reading->found, &absent, to);
                assert_string_equal(to->territory, cases[i].territory);
                assert_int_equal(reading->found.warnings.count, cases[i].territory[0] == '\0' ? 1 : 0);
        }
}

static void points_are_read_to_the_millionth(void **state)
{
        static const char *const wrong[] = {
                "'SRID=4326;POINT (2.4)'",    "'SRID=4326;POINT (est nord)'", "'SRID=4326;POINT (0 0)'",
                "'SRID=4326;POINT (200 43)'", "'SRID=4326;POINT (2 93)'",     "'2.4 48.8'",
        };
        struct reading *reading = *state;
        Directory__Organisation *to = empty(reading);
        struct node point = reading_node(reading, "'SRID=4326;POINT (-2.4e-05 45.0128114)'");

        row_point(&reading->found, &point, to);
        assert_int_equal(to->coordinates->longitude, -24);
        assert_int_equal(to->coordinates->latitude, 45012811);
        assert_int_equal(reading->found.warnings.count, 0);
        for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
                to = empty(reading);
                struct node at = reading_node(reading, wrong[i]);
                row_point(&reading->found, &at, to);
                assert_null(to->coordinates);
                assert_int_equal(reading_count(&reading->found.warnings, NOTE_COORDINATES), 1);
        }
}

static void sirets_are_checked(void **state)
{
        static const struct {
                const char *json;
                bool drop_failing;
                const char *siret;
                size_t warnings;
        } cases[] = {
                {"'39281098200018'", true, "39281098200018", 0},
                {"'392 810 982 00018'", false, "39281098200018", 0},
                {"'39281098200019'", false, "39281098200019", 1},
                {"'39281098200019'", true, "", 1},
                {"'3928109820001'", false, "", 1},
                {"''", false, "", 0},
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                Directory__Organisation *to = empty(reading);
                struct node at = reading_node(reading, cases[i].json);
                row_siret(&reading->found, &at, cases[i].drop_failing, to);
                assert_string_equal(to->siret, cases[i].siret);
                assert_int_equal(reading->found.warnings.count, cases[i].warnings);
        }
}

static void null_island_is_no_place(void **state)
{
        struct reading *reading = *state;
        Directory__Organisation *to = empty(reading);
        struct node zero = reading_node(reading, "0.0"), absent = {.name = "longitude"},
                    here = reading_node(reading, "43.6");

        row_coordinates(&reading->found, &zero, &zero, to);
        assert_null(to->coordinates);
        assert_int_equal(reading->found.warnings.count, 1);
        row_coordinates(&reading->found, &absent, &absent, to);
        assert_int_equal(reading->found.warnings.count, 1);
        row_coordinates(&reading->found, &absent, &here, to);
        assert_int_equal(reading->found.warnings.count, 2);
        row_coordinates(&reading->found, &zero, &here, to);
        assert_int_equal(to->coordinates->latitude, 43600000);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                READING_TEST(departments_have_one_form),        READING_TEST(an_address_tells_its_department),
                READING_TEST(points_are_read_to_the_millionth), READING_TEST(sirets_are_checked),
                READING_TEST(null_island_is_no_place),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
