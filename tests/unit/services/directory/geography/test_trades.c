#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/directory/geography/trades.h"

static const struct day today = {20742};

static void test_of_this_network(void **state)
{
        struct trades *trades = NULL;
        struct best found;
        (void)state;
        assert_int_equal(trades_load("deploy/rules", &trades, &(struct err_info){0}), 0);
        assert_string_equal(trades_of_code(trades, today, "f1703")->label, "Maçonnerie");
        assert_null(trades_of_code(trades, today, "Z9999"));
        trades_find(trades, today, "macon", 5, &found);
        assert_string_equal(((const Tracking__RomeTrade *)found.offers[0].thing)->code, "F1703");
        trades_find(trades, today, "F17", 3, &found);
        assert_int_equal(found.count, 3);
        assert_true(found.more);
        trades_find(trades, today, "espaces verts", 5, &found);
        assert_string_equal(((const Tracking__RomeTrade *)found.offers[0].thing)->code, "A1203");
        assert_true(trades_version(trades, today)->n_trades > 500);
        trades_free(trades);
}

static void test_no_rules(void **state)
{
        struct trades *trades = NULL;
        (void)state;
        assert_int_not_equal(trades_load("/tmp/guichet-no-such-rules", &trades, &(struct err_info){0}), 0);
        trades_free(NULL);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(test_of_this_network), cmocka_unit_test(test_no_rules)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
