/* Where a line of a list is done, as buyers write it. */
#include "tests/lib/engine_fixture.h"

#include "services/contracts/programming/place_cell.h"

static void test_places(void **state)
{
        static const struct {
                const char *text;
                Contracts__PlaceKind kind;
                const char *code;
        } vectors[] = {
                {"31000 Toulouse", CONTRACTS__PLACE_KIND__POSTCODE, "31000"},
                {"Toulouse (31)", CONTRACTS__PLACE_KIND__DEPARTMENT, "31"},
                {"31", CONTRACTS__PLACE_KIND__DEPARTMENT, "31"},
                {"2A", CONTRACTS__PLACE_KIND__DEPARTMENT, "2A"},
                {"974", CONTRACTS__PLACE_KIND__DEPARTMENT, "974"},
                {"12 rue des Lilas, 09100 Pamiers", CONTRACTS__PLACE_KIND__POSTCODE, "09100"},
                {"1000", CONTRACTS__PLACE_KIND__POSTCODE, "01000"}, /* a spreadsheet took the zero off */
                {"1", CONTRACTS__PLACE_KIND__DEPARTMENT, "01"},
                {"Rénovation 2027", CONTRACTS__PLACE_KIND__PLACE_KIND_UNKNOWN, ""},
                {"Toulouse", CONTRACTS__PLACE_KIND__PLACE_KIND_UNKNOWN, ""},
                {"Saint-Gaudens", CONTRACTS__PLACE_KIND__PLACE_KIND_UNKNOWN, ""},
                {"00000", CONTRACTS__PLACE_KIND__PLACE_KIND_UNKNOWN, ""},
        };
        struct arena arena = {0};
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                const Contracts__Place *place = cell_place(vectors[i].text, &arena);
                assert_int_equal(place->kind, vectors[i].kind);
                assert_string_equal(place->code, vectors[i].code);
                assert_string_equal(place->name, vectors[i].text);
        }
        arena_fini(&arena);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(test_places)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
