#include "tests/unit/services/contracts/fixture.h"

#include "services/contracts/record/telling.h"

static void test_a_sentence(void **state)
{
        struct arena arena = {0};
        struct telling telling = {.arena = &arena};
        (void)state;
        tell(&telling, "%s : %d lots", "Albi", 3);
        assert_string_equal(telling.text, "Albi : 3 lots");
        arena_fini(&arena);
}

static void test_a_sentence_ends_once(void **state)
{
        static const struct {
                const char *reason, *told;
        } cases[] = {
                {"Pluie", "Arrêt : Pluie."}, {"Pluie.", "Arrêt : Pluie."}, {"Et cetera...", "Arrêt : Et cetera...."}};
        struct arena arena = {0};
        struct telling telling = {.arena = &arena};
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                tell(&telling, "Arrêt : %s.", cases[i].reason);
                assert_string_equal(telling.text, cases[i].told);
        }
        tell(&telling, "Arrêt (%s).", "Pluie.");
        assert_string_equal(telling.text, "Arrêt (Pluie).");
        tell(&telling, "%s", ".");
        assert_string_equal(telling.text, ".");
        arena_fini(&arena);
}

static void test_what_is_absent_says_so(void **state)
{
        struct arena arena = {0};
        struct telling telling = {.arena = &arena};
        (void)state;
        assert_string_equal(told_hours(&telling, NULL), "non dit");
        assert_string_equal(told_money(&telling, NULL), "non dit");
        assert_string_equal(told_share(&telling, NULL), "non dit");
        assert_string_equal(told_day(&telling, NULL), "non dit");
        Types__Day day = TYPES__DAY__INIT;
        assert_string_equal(told_day(&telling, &day), "1er janvier 1970");
        Types__Hours hours = TYPES__HOURS__INIT;
        hours.hundredths = 3500;
        assert_string_equal(told_hours(&telling, &hours), french_hours(&arena, hours_of_hundredths(3500)));
        arena_fini(&arena);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_a_sentence),
                cmocka_unit_test(test_a_sentence_ends_once),
                cmocka_unit_test(test_what_is_absent_says_so),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
