#include "common/codec/amount.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/attr.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

static Contracts__AmountRulesVersion *rules(struct arena *arena)
{
        Contracts__AmountRulesVersion *rules = pb_new(&contracts__amount_rules_version__descriptor, arena);
        rules->at_most = money_to(arena, money_of_cents(100));
        rules->from = money_to(arena, money_of_cents(300000000000));
        rules->same_digits = 6;
        rules->run_digits = 7;
        return rules;
}

static void test_which_they_are(void **state)
{
        static const struct {
                int64_t cents;
                bool doubtful;
        } cases[] = {
                {0, true},
                {100, true},
                {101, false},
                {12000000, false},
                {99999900, true},
                {99999999, true},
                {11111100, true},
                {9999900, false},
                {99999999900, true},
                {199999900, false},
                {1999999900, true},
                {10000000000, false},
                {1231111111100, true},
                {299999999999, true},
                {300000000000, true},
                {299000000000, false},
        };
        struct arena arena scoped(arena_fini) = {0};
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
                assert_int_equal(amount_stands_for_unknown(rules(&arena), money_of_cents(cases[i].cents)),
                                 cases[i].doubtful);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(test_which_they_are)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
