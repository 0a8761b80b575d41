/* What somebody may have meant. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/base/attr.h"
#include "common/base/nearest.h"

static const char *const names[] = {"ContractFacts", "Contracts", "ContractHistory", "Progress", "call", "compact"};

static const char *meant(const char *asked)
{
        struct nearest nearest = nearest_of(asked);
        for (size_t i = 0; i < ARRAY_SIZE(names); i++)
                nearest_try(&nearest, names[i]);
        return nearest.name;
}

static void a_slip_of_the_hand_is_understood(void **state)
{
        (void)state;
        assert_string_equal(meant("ContratcFacts"), "ContractFacts");
        assert_string_equal(meant("contract-facts"), "ContractFacts");
        assert_string_equal(meant("contract_fact"), "ContractFacts");
        assert_string_equal(meant("Contrats"), "Contracts");
        assert_string_equal(meant("progrès"), "Progress");
        assert_string_equal(meant("History"), "ContractHistory");
        assert_string_equal(meant("Contract"), "Contracts"); /* not ContractFacts, in which it stands as well */
        assert_string_equal(meant("cal"), "call");
        assert_string_equal(meant("compat"), "compact");
}

static void what_is_like_nothing_is_not_guessed(void **state)
{
        (void)state;
        static const char *const asked[] = {"", "xyz", "Obligations", "a", "\xff\xfe", "zzzzzzzzzzzzzzzzzzzz"};
        for (size_t i = 0; i < ARRAY_SIZE(asked); i++)
                assert_null(meant(asked[i]));
}

static void any_length_is_borne(void **state)
{
        (void)state;
        char hint[NEAREST_HINT_SIZE], text[1000];
        memset(text, 'a', sizeof(text) - 1);
        text[sizeof(text) - 1] = '\0';
        struct nearest nearest = nearest_of(text);
        nearest_try(&nearest, "b");
        assert_string_equal(nearest_hint(&nearest, hint), "");
        nearest_try(&nearest, text);
        assert_ptr_equal(nearest.name, text);
        (void)nearest_hint(&nearest, hint);
        assert_int_equal(strlen(hint), NEAREST_HINT_SIZE - 1);
}

static void the_hint_ends_a_complaint(void **state)
{
        (void)state;
        char hint[NEAREST_HINT_SIZE];
        struct nearest nearest = nearest_of("Contratcs");
        nearest_try(&nearest, names[1]);
        assert_string_equal(nearest_hint(&nearest, hint), " ; vouliez-vous dire « Contracts » ?");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_slip_of_the_hand_is_understood),
                cmocka_unit_test(what_is_like_nothing_is_not_guessed),
                cmocka_unit_test(any_length_is_borne),
                cmocka_unit_test(the_hint_ends_a_complaint),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
