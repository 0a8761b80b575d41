/* Double entry: what leaves an account enters another. */
#include "tests/lib/engine_fixture.h"

#include "services/contracts/ledger/ledger.h"

static int64_t sum(const struct ledger *ledger)
{
        int64_t total = 0;
        for (size_t i = 0; i < ACCOUNT_COUNT; i++)
                total += hours_hundredths(ledger->balance[i]);
        return total;
}

static void post(struct ledger *ledger, enum account from, enum account to, int64_t hundredths)
{
        struct posting posting = {from, to, hours_of_hundredths(hundredths)};
        assert_int_equal(ledger_post(ledger, &posting), 0);
        assert_int_equal(sum(ledger), 0);
}

static void test_the_life_of_an_obligation(void **state)
{
        struct ledger ledger = {0};
        (void)state;
        post(&ledger, ACCOUNT_CLAUSE, ACCOUNT_DUE, 83300);
        post(&ledger, ACCOUNT_DUE, ACCOUNT_DONE, 15167);
        post(&ledger, ACCOUNT_DUE, ACCOUNT_CONVERTED, 5000);
        post(&ledger, ACCOUNT_DUE, ACCOUNT_DONE, -167); /* validated anew: less */
        assert_int_equal(hours_hundredths(ledger_demanded(&ledger)), 83300);
        assert_int_equal(hours_hundredths(ledger.balance[ACCOUNT_DONE]), 15000);
        assert_int_equal(hours_hundredths(ledger.balance[ACCOUNT_CONVERTED]), 5000);
        assert_int_equal(hours_hundredths(ledger.balance[ACCOUNT_DUE]), 63300);
        assert_int_equal(ledger.entries, 4);
        post(&ledger, ACCOUNT_DUE, ACCOUNT_DONE, 70000); /* more than was owed */
        assert_int_equal(hours_hundredths(ledger.balance[ACCOUNT_DUE]), -6700);
}

static void test_overflow_leaves_it_alone(void **state)
{
        struct ledger ledger = {0};
        (void)state;
        post(&ledger, ACCOUNT_CLAUSE, ACCOUNT_DUE, INT64_MAX);
        struct ledger before = ledger;
        struct posting posting = {ACCOUNT_CLAUSE, ACCOUNT_DUE, hours_of_hundredths(2)};
        assert_int_equal(ledger_post(&ledger, &posting), ERR_OVERFLOW);
        assert_memory_equal(&ledger, &before, sizeof(ledger));
        posting = (struct posting){ACCOUNT_DONE, ACCOUNT_DUE, hours_of_hundredths(1)}; /* the second leg */
        assert_int_equal(ledger_post(&ledger, &posting), ERR_OVERFLOW);
        assert_memory_equal(&ledger, &before, sizeof(ledger));
}

static void test_names_on_the_wire(void **state)
{
        (void)state;
        for (int i = 0; i < ACCOUNT_COUNT; i++)
                assert_int_equal(account_of(account_to((enum account)i)), i);
        assert_int_equal(account_to(ACCOUNT_DUE), CONTRACTS__ACCOUNT__DUE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_the_life_of_an_obligation),
                cmocka_unit_test(test_overflow_leaves_it_alone),
                cmocka_unit_test(test_names_on_the_wire),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
