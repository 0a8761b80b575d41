/* Which column is which field: what is told, what is remembered, what the words say, in this order. The words of a real
 * list: services/contracts/programming/test_programme_columns.c. */
#include "tests/lib/engine_fixture.h"

#include "common/import/columns.h"

enum { NAME = 1, HOURS = 2, FIELDS };

static char *name_words[] = {(char *)"nom", (char *)"identité"}, *hours_words[] = {(char *)"heures", (char *)"total"};
static const struct words_of_field word_rows[] = {{NAME, name_words, 2}, {HOURS, hours_words, 2}};
static const struct column_words words = {word_rows, 2};
static const struct mapping none;

static char *header[] = {(char *)"Total général", (char *)"NOM", (char *)"Heures"};

static void test_whole_words_before_parts(void **state)
{
        struct columns columns = {.header = header, .count = 3, .fields = FIELDS};
        struct refusal refusal = {0};
        (void)state;
        assert_true(columns_resolve(words, &columns, none, none, &refusal));
        assert_int_equal(columns.of[NAME], 1);
        assert_int_equal(columns.of[HOURS], 2);
        columns.count = 2;
        assert_true(columns_resolve(words, &columns, none, none, &refusal));
        assert_int_equal(columns.of[HOURS], 0); /* "Total général" holds "total" */
        assert_true(columns_need(&columns, HOURS, "les heures", &refusal));
}

static void test_told_and_remembered(void **state)
{
        struct columns columns = {.header = header, .count = 3, .fields = FIELDS};
        struct column_field total = {"total general", HOURS}, name = {"Nom", HOURS};
        struct mapping told = {&total, 1}, remembered = {&name, 1};
        struct refusal refusal = {0};
        struct arena arena = {0};
        size_t unused;
        (void)state;
        assert_true(columns_resolve(words, &columns, told, remembered, &refusal));
        assert_int_equal(columns.of[HOURS], 0);
        assert_true(columns_resolve(words, &columns, none, remembered, &refusal));
        assert_int_equal(columns.of[HOURS], 1);
        assert_int_equal(columns.of[NAME], -1); /* its column is taken */
        assert_false(columns_need(&columns, NAME, "le nom", &refusal));
        assert_non_null(strstr(refusal.text, "Aucune colonne ne donne le nom"));
        assert_int_equal(columns_applied(&columns, &arena).count, 1);
        assert_string_equal(columns_unused(&columns, &arena, &unused)[0], "Total général");
        assert_int_equal(unused, 2);
        arena_fini(&arena);
}

static void test_fields_that_are_none(void **state)
{
        struct columns columns = {.header = header, .count = 3, .fields = FIELDS};
        struct column_field beyond = {"NOM", FIELDS}, below = {"NOM", -1}, twice[] = {{"NOM", NAME}, {"Heures", NAME}};
        struct refusal refusal = {0};
        (void)state;
        assert_false(columns_resolve(words, &columns, (struct mapping){&beyond, 1}, none, &refusal));
        assert_false(columns_resolve(words, &columns, (struct mapping){&below, 1}, none, &refusal));
        assert_true(columns_resolve(words, &columns, none, (struct mapping){&beyond, 1}, &refusal));
        assert_false(columns_resolve(words, &columns, (struct mapping){twice, 2}, none, &refusal));
        assert_string_equal(refusal.field, "mapping.field");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_whole_words_before_parts),
                cmocka_unit_test(test_told_and_remembered),
                cmocka_unit_test(test_fields_that_are_none),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
