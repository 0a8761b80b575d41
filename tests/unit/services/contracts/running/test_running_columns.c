/* Columns of lists of running contracts: each field has its words, and titles that are months are found. */
#include "services/contracts/running/running_columns.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/codec/dated.h"

static void test_each_field_has_words(void **state)
{
        struct dated dated = {0};
        struct err_info info;
        (void)state;
        assert_int_equal(dated_load("deploy/rules", "running_words", &types__list_words__descriptor, &dated, &info), 0);
        const Types__ListWordsVersion *words = dated_on(&dated, day_of_civil((struct civil){2026, 10, 1}));
        bool told[RUNNING_FIELDS] = {false};
        for (size_t i = 0; i < words->n_columns; i++) {
                int field = column_field_named(running_fields, RUNNING_FIELDS, words->columns[i]->field);
                assert_true(field > 0 && words->columns[i]->n_words > 0);
                told[field] = true;
        }
        for (int field = 1; field < RUNNING_FIELDS; field++)
                assert_true(told[field]);
        dated_fini(&dated);
}

static void test_months(void **state)
{
        static char *header[] = {(char *)"Mois",  (char *)"janv. 2026", (char *)"2026",
                                 (char *)"46054", (char *)"T1 2026",    (char *)"Remarque"};
        struct columns columns = {.header = header, .count = ARRAY_SIZE(header), .fields = RUNNING_FIELDS};
        (void)state;
        for (int field = 0; field < RUNNING_FIELDS; field++)
                columns.of[field] = -1;
        columns.of[RUNNING_MONTH] = 0;
        struct month_columns months = running_months(&columns);
        assert_int_equal(months.count, 2);
        assert_int_equal(months.at[0].column, 1);
        assert_int_equal(months.at[1].column, 3);
        assert_int_equal(month_number(months.at[1].month), month_number(months.at[0].month) + 1);

        char *unused[] = {header[1], header[2], header[3], header[4], header[5]};
        assert_int_equal(running_unused(&columns, &months, unused, ARRAY_SIZE(unused)), 3);
        assert_string_equal(unused[2], "Remarque");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_each_field_has_words),
                cmocka_unit_test(test_months),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
