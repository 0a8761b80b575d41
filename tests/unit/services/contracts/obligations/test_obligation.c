/* Who may owe the hours of a clause, without a store. */
#include "tests/unit/services/contracts/fixture.h"

#include "services/contracts/obligations/obligation.h"

static Contracts__ClausePut clause_of(struct fixture *f, int64_t hours)
{
        Contracts__ClausePut clause = CONTRACTS__CLAUSE_PUT__INIT;
        clause.hours = whole_hours(f, hours);
        return clause;
}

static void refused(const Contracts__RecordObligation *command, const Contracts__ClausePut *clause, const char *field)
{
        struct refusal refusal;
        struct hours hours;
        assert_false(obligation_check(command, clause, &hours, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal.field, field);
}

static void test_hours(void **state)
{
        struct fixture f = {0};
        struct refusal refusal;
        struct hours hours;
        (void)state;
        Contracts__ClausePut clause = clause_of(&f, 833);
        Contracts__RecordObligation *command = obligation_on(&f, NULL);
        assert_true(obligation_check(command, &clause, &hours, &refusal));
        assert_int_equal(hours_hundredths(hours), 83300);
        command->hours = whole_hours(&f, 400);
        assert_true(obligation_check(command, &clause, &hours, &refusal));
        assert_int_equal(hours_hundredths(hours), 40000);
        static const int64_t bad[] = {0, -1, OBLIGATION_HOURS_MAX + 1};
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
                command->hours = whole_hours(&f, bad[i]);
                refused(command, &clause, "hours");
        }
        command->hours = whole_hours(&f, OBLIGATION_HOURS_MAX);
        assert_true(obligation_check(command, &clause, &hours, &refusal));
        arena_fini(&f.arena);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_hours),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
